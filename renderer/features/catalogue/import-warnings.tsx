import { useTranslation } from "react-i18next";
import type { ImportPreviewResult, ImportWarning } from "../../../main/contract/catalogue.ts";
import { Icon } from "../../ui/index.ts";
import styles from "./catalogue.module.css";
import { warningSentence } from "./import-fields.ts";

/** What comes in all the same, but should be looked at: one sentence for the file, with examples. */
export function ImportWarnings({ preview }: { preview: ImportPreviewResult }) {
  const { t } = useTranslation("catalogue");
  if (preview.warnings.length === 0) return null;
  return (
    <section className={styles["part"]} aria-labelledby="import-warnings">
      <h4 id="import-warnings" className={styles["partTitle"]}>
        {t("warning.title")}
      </h4>
      <ul className={styles["warnings"]}>
        {preview.warnings.map((warning) => (
          <li key={warning.code}>
            <details className={styles["folded"]}>
              <summary>
                <Icon name="alert" size={18} />{" "}
                {t(`warning.${warningSentence(warning.code)}`, { count: warning.count })}{" "}
                <Icon name="down" size={18} />
              </summary>
              <Examples warning={warning} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Examples({ warning }: { warning: ImportWarning }) {
  const { t } = useTranslation("catalogue");
  return (
    <ul>
      {warning.examples.map(({ row, name, value, otherRow }) => (
        <li key={row}>
          {t("warning.row", { row })} · {name}
          {value !== "" && value !== name && ` · ${value}`}
          {otherRow !== undefined && ` · ${t("warning.otherRow", { otherRow })}`}
        </li>
      ))}
      {warning.count > warning.examples.length && (
        <li>{t("warning.more", { count: warning.count - warning.examples.length })}</li>
      )}
    </ul>
  );
}
