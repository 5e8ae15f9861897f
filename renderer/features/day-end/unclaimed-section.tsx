import { useTranslation } from "react-i18next";
import type { DayReport } from "../../../main/contract/day.ts";
import { cx, useFormat } from "../../ui/index.ts";
import type { MoneyText } from "./report-money.ts";
import styles from "./report.module.css";

/** Receipts printed late that nobody has fetched: in the claim tray, or out of it by their age. */
export function UnclaimedSection({ report, money }: { report: DayReport; money: MoneyText }) {
  const { t } = useTranslation("dayEnd");
  const format = useFormat();
  const more = report.unclaimedCount - report.unclaimed.length;
  return (
    <section className={styles["section"]} aria-labelledby="day-unclaimed">
      <h3 id="day-unclaimed" className={styles["heading"]}>
        {t("unclaimed.title")}
      </h3>
      <p className={styles["quiet"]}>{t("unclaimed.lead", { count: report.unclaimedCount })}</p>
      <div className={styles["scroller"]}>
        <table className={cx(styles["table"], styles["dense"])} aria-labelledby="day-unclaimed">
          <thead>
            <tr>
              <th scope="col">{t("unproven.no")}</th>
              <th scope="col">{t("unproven.time")}</th>
              <th scope="col" className={styles["number"]}>
                {t("unproven.amount")}
              </th>
              <th scope="col">{t("unproven.cashier")}</th>
              <th scope="col">{t("unclaimed.printedAt")}</th>
              <th scope="col">{t("unproven.how")}</th>
            </tr>
          </thead>
          <tbody>
            {report.unclaimed.map((receipt) => (
              <tr key={receipt.saleId}>
                <th scope="row">
                  <a
                    className={styles["link"]}
                    href={`#/history/${receipt.saleId}`}
                    aria-label={t("unproven.open", { no: receipt.saleId })}
                  >
                    {receipt.saleId}
                  </a>
                </th>
                <td className={styles["nowrap"]}>{format.dateTime(receipt.atMs)}</td>
                <td className={styles["number"]}>{money(receipt.totalMinor)}</td>
                <td>{receipt.cashier}</td>
                <td className={styles["nowrap"]}>{format.dateTime(receipt.printedAtMs)}</td>
                <td>{t(`unclaimed.${receipt.state}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && <p className={styles["quiet"]}>{t("unclaimed.more", { count: more })}</p>}
    </section>
  );
}
