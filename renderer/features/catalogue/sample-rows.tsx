import { useTranslation } from "react-i18next";
import type { ImportPreviewResult } from "../../../main/contract/catalogue.ts";
import { codeToShow } from "../../../main/domain/product-code.ts";
import { Money } from "../../ui/index.ts";
import styles from "./catalogue.module.css";

/** The first products as the till understood them: the eye finds a wrong column at once. */
export function SampleRows({ preview }: { preview: ImportPreviewResult }) {
  const { t } = useTranslation("catalogue");
  return (
    <div className={styles["part"]}>
      <h4 id="import-sample" className={styles["partTitle"]}>
        {t("sample.title")}
      </h4>
      {preview.sample.length === 0 ? (
        <p className={styles["hint"]}>{t("sample.none")}</p>
      ) : (
        <div
          className={styles["sampleBox"]}
          tabIndex={0}
          role="region"
          aria-labelledby="import-sample"
        >
          <table className={styles["sample"]}>
            <thead>
              <tr>
                <th scope="col">{t("field.nameZh")}</th>
                <th scope="col">{t("field.nameEn")}</th>
                <th scope="col" className={styles["number"]}>
                  {t("field.price")}
                </th>
                <th scope="col">{t("field.barcode")}</th>
                <th scope="col">{t("field.code")}</th>
                <th scope="col">{t("field.unit")}</th>
                <th scope="col">{t("field.category")}</th>
                <th scope="col" className={styles["number"]}>
                  {t("field.taxRate")}
                </th>
              </tr>
            </thead>
            <tbody>
              {preview.sample.map((product) => (
                <tr key={product.code}>
                  <th scope="row">{product.nameZh}</th>
                  <td>{product.nameEn}</td>
                  <td className={styles["number"]}>
                    {product.hasOpenPrice === true ? (
                      t("sample.openPrice")
                    ) : (
                      <Money minor={product.priceMinor} />
                    )}
                  </td>
                  <td>{[product.barcode, ...(product.moreBarcodes ?? [])].join(" ")}</td>
                  <td>{product.code === product.barcode ? "" : codeToShow(product.code)}</td>
                  <td>{product.unit}</td>
                  <td>{product.category}</td>
                  <td className={styles["number"]}>
                    {product.taxRateBp !== null &&
                      t("table.tax", { percent: product.taxRateBp / 100 })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
