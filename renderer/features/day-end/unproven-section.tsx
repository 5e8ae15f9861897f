import { useTranslation } from "react-i18next";
import type { DayReport, UnprovenReceipt } from "../../../main/contract/day.ts";
import { CauseWord, cx, StateWord, useFormat } from "../../ui/index.ts";
import { durationText } from "./duration.ts";
import type { MoneyText } from "./report-money.ts";
import styles from "./report.module.css";
import { isOnDate } from "./is-on-date.ts";
import { inReportOrder, settledHow } from "./settled-how.ts";

const COLUMNS = [
  { name: "no", isNumber: false },
  { name: "time", isNumber: false },
  { name: "amount", isNumber: true },
  { name: "cashier", isNumber: false },
  { name: "cause", isNumber: false },
  { name: "how", isNumber: false },
  { name: "by", isNumber: false },
  { name: "owedFor", isNumber: true },
] as const;

/** One row for every receipt the printer did not prove: why, what was done about it, by whom, how late. */
export function UnprovenSection({ report, money }: { report: DayReport; money: MoneyText }) {
  const { t } = useTranslation("dayEnd");
  const rows = inReportOrder(report.unproven);
  return (
    <section className={styles["section"]} aria-labelledby="day-unproven">
      <h3 id="day-unproven" className={styles["heading"]}>
        {t("unproven.title")}
      </h3>
      {rows.length === 0 ? (
        <p className={styles["quiet"]}>{t("unproven.none.body")}</p>
      ) : (
        <>
          <p className={styles["quiet"]}>{t("unproven.lead", { count: report.unprovenCount })}</p>
          <div className={styles["scroller"]}>
            <table className={cx(styles["table"], styles["dense"])} aria-labelledby="day-unproven">
              <thead>
                <tr>
                  {COLUMNS.map((column) => (
                    <th
                      key={column.name}
                      scope="col"
                      className={cx(column.isNumber && styles["number"])}
                    >
                      {t(`unproven.${column.name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((receipt) => (
                  <UnprovenRow
                    key={receipt.saleId}
                    receipt={receipt}
                    date={report.date}
                    money={money}
                  />
                ))}
              </tbody>
            </table>
          </div>
          {report.unprovenCount > rows.length && (
            <p className={styles["quiet"]}>
              {t("unproven.more", { count: report.unprovenCount - rows.length })}
            </p>
          )}
        </>
      )}
    </section>
  );
}

function UnprovenRow({
  receipt,
  date,
  money,
}: {
  receipt: UnprovenReceipt;
  /** Business date of the report; receipts of earlier days show theirs. */
  date: string;
  money: MoneyText;
}) {
  const { t } = useTranslation("dayEnd");
  const format = useFormat();
  const how = settledHow(receipt);
  const owedFor = durationText(receipt.owedMs);
  return (
    <tr className={cx(how === "owed" && styles["owedRow"])}>
      <th scope="row">
        <a
          className={styles["link"]}
          href={`#/history/${receipt.saleId}`}
          aria-label={t("unproven.open", { no: receipt.saleId })}
        >
          {receipt.saleId}
        </a>
      </th>
      <td className={styles["nowrap"]}>
        {isOnDate(receipt.atMs, date) ? format.time(receipt.atMs) : format.dateTime(receipt.atMs)}
      </td>
      <td className={styles["number"]}>{money(receipt.totalMinor)}</td>
      <td>{receipt.cashier}</td>
      <td>
        {receipt.cause === null ? (
          t("causes.noCause")
        ) : (
          <span className={styles["cause"]}>
            <CauseWord cause={receipt.cause} className={styles["causeWord"]} />
            <span className={styles["class"]}>
              {t(`causeClass.${receipt.causeClass ?? "none"}`)}
            </span>
          </span>
        )}
      </td>
      <td>
        {how === "owed" ? (
          <StateWord state={receipt.state} className={styles["owedWord"]} />
        ) : (
          t(`how.${how}`)
        )}
      </td>
      <td>
        {receipt.settledBy ?? "—"}
        {receipt.reason !== null && receipt.reason !== "" && (
          <span className={styles["reason"]}>{receipt.reason}</span>
        )}
      </td>
      <td className={cx(styles["number"], styles["nowrap"])}>
        {t(`duration.${owedFor.unit}`, owedFor.values)}
      </td>
    </tr>
  );
}
