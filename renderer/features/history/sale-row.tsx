import { useTranslation } from "react-i18next";
import type { SaleHead } from "../../../main/contract/history.ts";
import { nameOf } from "../../../main/domain/receipt/layout.ts";
import { isSettled } from "../../../main/domain/receipt/state.ts";
import { cx, Icon, Money, StateWord } from "../../ui/index.ts";
import styles from "./sale-list.module.css";

/** How a sale is recognised: its first product, and how many more there are. */
export function useSaleName(): (sale: SaleHead) => string {
  const { t, i18n } = useTranslation("history");
  return (sale) => {
    const name = nameOf(
      { nameZh: sale.firstNameZh, nameEn: sale.firstNameEn },
      i18n.language === "en" ? "en" : "zh-CN",
    );
    return sale.lineCount > 1 ? t("list.moreItems", { name, count: sale.lineCount }) : name;
  };
}

/** One sale of the list: number and amount carry it, the rest helps to be sure. */
export function SaleRow({ sale, time }: { sale: SaleHead; time: string }) {
  const { t } = useTranslation(["history", "common"]);
  const name = useSaleName()(sale);
  return (
    <div className={cx(styles["row"], !isSettled(sale.state) && styles["owed"])}>
      <div className={styles["upper"]}>
        <span className={styles["no"]}>{sale.saleId}</span>
        <span className={styles["name"]}>{name}</span>
        <Money minor={sale.totalMinor} className={styles["amount"]} />
      </div>
      <div className={styles["lower"]}>
        <span>{time}</span>
        <span className={styles["who"]}>
          {sale.cashier} · {t(`common:tender.${sale.method}`)}
          {sale.copies > 0 && ` · ${t("list.copies", { count: sale.copies })}`}
        </span>
        {sale.state === "printed" && sale.proof === "person" ? (
          // The full words are longer than a row has room for; the trail has them.
          <span className={styles["seen"]}>
            <Icon name="user" size={18} />
            {t("list.seen")}
          </span>
        ) : (
          <StateWord state={sale.state} proof={sale.proof} className={styles["state"]} />
        )}
      </div>
    </div>
  );
}
