import { useTranslation } from "react-i18next";
import type { DayReport } from "../../../main/contract/day.ts";
import { cx } from "../../ui/index.ts";
import { causeTable } from "./cause-table.ts";
import { Bar } from "./bar.tsx";
import styles from "./report.module.css";

/** Causes down, cashiers across, with a bar for the sum of each cause. */
export function CauseSection({ byCause }: { byCause: DayReport["byCause"] }) {
  const { t } = useTranslation(["dayEnd", "causes"]);
  const table = causeTable(byCause);
  const largest = Math.max(1, ...table.rows.map((row) => row.total));
  return (
    <section className={styles["section"]} aria-labelledby="day-causes">
      <h3 id="day-causes" className={styles["heading"]}>
        {t("causes.title")}
      </h3>
      <div className={styles["scroller"]}>
        <table className={styles["table"]} aria-labelledby="day-causes">
          <thead>
            <tr>
              <th scope="col">{t("causes.cause")}</th>
              {table.cashiers.map((cashier) => (
                <th key={cashier} scope="col" className={styles["number"]}>
                  {cashier}
                </th>
              ))}
              <th scope="col" className={styles["number"]}>
                {t("causes.total")}
              </th>
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.cause ?? "none"}>
                <th scope="row">
                  <span className={styles["cause"]}>
                    <span>
                      {row.cause === null ? t("causes.noCause") : t(`causes:${row.cause}.name`)}
                    </span>
                    <span className={styles["class"]}>
                      {t(`causeClass.${row.causeClass ?? "none"}`)}
                    </span>
                  </span>
                  <Bar share={row.total / largest} />
                </th>
                {row.counts.map((count, index) => (
                  <td
                    key={table.cashiers[index]}
                    className={cx(styles["number"], count === 0 && styles["zero"])}
                  >
                    {count}
                  </td>
                ))}
                <td className={cx(styles["number"], styles["sum"])}>{row.total}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
