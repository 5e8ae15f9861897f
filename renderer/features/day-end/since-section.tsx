import { useTranslation } from "react-i18next";
import type { DayReport } from "../../../main/contract/day.ts";
import { cx, StateWord, useFormat } from "../../ui/index.ts";
import type { MoneyText } from "./report-money.ts";
import styles from "./report.module.css";

type Change = DayReport["since"][number];

const COLUMNS = [
  { name: "no", isNumber: false },
  { name: "when", isNumber: false },
  { name: "amount", isNumber: true },
  { name: "cashier", isNumber: false },
  { name: "from", isNumber: false },
  { name: "to", isNumber: false },
  { name: "by", isNumber: false },
  { name: "copies", isNumber: true },
] as const;

/** What became of receipts after the day had been closed: the report above stays as it was signed. */
export function SinceSection({ report, money }: { report: DayReport; money: MoneyText }) {
  const { t } = useTranslation("dayEnd");
  const format = useFormat();
  return (
    <section className={styles["section"]} aria-labelledby="day-since">
      <h3 id="day-since" className={styles["heading"]}>
        {t("since.title")}
      </h3>
      <p className={styles["quiet"]}>
        {t("since.lead", {
          count: report.sinceCount,
          time: format.dateTime(report.closedAtMs ?? 0),
        })}
      </p>
      <div className={styles["scroller"]}>
        <table className={cx(styles["table"], styles["dense"])} aria-labelledby="day-since">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th
                  key={column.name}
                  scope="col"
                  className={cx(column.isNumber && styles["number"])}
                >
                  {t(`since.${column.name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.since.map((change) => (
              <SinceRow key={change.saleId} change={change} money={money} />
            ))}
          </tbody>
        </table>
      </div>
      {report.sinceCount > report.since.length && (
        <p className={styles["quiet"]}>
          {t("unproven.more", { count: report.sinceCount - report.since.length })}
        </p>
      )}
    </section>
  );
}

function SinceRow({ change, money }: { change: Change; money: MoneyText }) {
  const { t } = useTranslation("dayEnd");
  const format = useFormat();
  return (
    <tr>
      <th scope="row">
        <a
          className={styles["link"]}
          href={`#/history/${change.saleId}`}
          aria-label={t("unproven.open", { no: change.saleId })}
        >
          {change.saleId}
        </a>
      </th>
      <td className={styles["nowrap"]}>{format.dateTime(change.atMs)}</td>
      <td className={styles["number"]}>{money(change.totalMinor)}</td>
      <td>{change.cashier}</td>
      <td>
        <StateWord state={change.from} />
      </td>
      <td>
        <StateWord state={change.to} />
      </td>
      <td>
        {change.settledBy ?? "—"}
        {change.reason !== null && change.reason !== "" && (
          <span className={styles["reason"]}>{change.reason}</span>
        )}
      </td>
      <td className={cx(styles["number"], change.copies === 0 && styles["zero"])}>
        {change.copies}
      </td>
    </tr>
  );
}
