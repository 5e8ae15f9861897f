import { useTranslation } from "react-i18next";
import type { DayReport } from "../../../main/contract/day.ts";
import { Bar } from "./bar.tsx";
import { CauseSection } from "./cause-section.tsx";
import { ReceiptsSection } from "./receipts-section.tsx";
import { useReportMoney, type MoneyText } from "./report-money.ts";
import styles from "./report.module.css";
import { SinceSection } from "./since-section.tsx";
import { UnclaimedSection } from "./unclaimed-section.tsx";
import { UnprovenSection } from "./unproven-section.tsx";

/** The body of a day's report, the same on the screen and on A4. */
export function ReportSections({ report }: { report: DayReport }) {
  const money = useReportMoney(report);
  return (
    <>
      <div className={styles["pair"]}>
        <Totals report={report} money={money} />
        <Tenders report={report} money={money} />
      </div>
      <ReceiptsSection receipts={report.receipts} />
      <UnprovenSection report={report} money={money} />
      {report.unclaimedCount > 0 && <UnclaimedSection report={report} money={money} />}
      {report.byCause.length > 0 && <CauseSection byCause={report.byCause} />}
      {report.since.length > 0 && <SinceSection report={report} money={money} />}
    </>
  );
}

interface SectionProps {
  report: DayReport;
  money: MoneyText;
}

function Totals({ report, money }: SectionProps) {
  const { t } = useTranslation("dayEnd");
  const average = report.sales === 0 ? 0 : Math.round(report.totalMinor / report.sales);
  const facts: [string, string][] = [
    [t("totals.salesLabel"), String(report.sales)],
    [t("totals.average"), money(average)],
    [t("totals.discount"), money(report.discountMinor)],
    [t("totals.tax"), money(report.taxMinor)],
  ];
  if (report.firstSaleId !== null && report.lastSaleId !== null)
    facts.push([t("totals.numbersLabel"), `${report.firstSaleId}–${report.lastSaleId}`]);
  const grand = { count: report.grandSales, total: money(report.grandTotalMinor) };
  facts.push([t("totals.grand"), t("totals.grandOf", grand)]);
  return (
    <section className={styles["section"]} aria-labelledby="day-totals">
      <h3 id="day-totals" className={styles["heading"]}>
        {t("totals.title")}
      </h3>
      <p className={styles["takings"]}>{money(report.totalMinor)}</p>
      <dl className={styles["facts"]}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Tenders({ report, money }: SectionProps) {
  const { t } = useTranslation(["dayEnd", "common"]);
  const largest = Math.max(1, ...report.tenders.map((tender) => tender.amountMinor));
  return (
    <section className={styles["section"]} aria-labelledby="day-tenders">
      <h3 id="day-tenders" className={styles["heading"]}>
        {t("tenders.title")}
      </h3>
      {report.tenders.length === 0 ? (
        <p className={styles["quiet"]}>{t("tenders.none")}</p>
      ) : (
        <table className={styles["table"]} aria-labelledby="day-tenders">
          <thead>
            <tr>
              <th scope="col">{t("tenders.method")}</th>
              <th scope="col" className={styles["number"]}>
                {t("tenders.count")}
              </th>
              <th scope="col" className={styles["number"]}>
                {t("tenders.amount")}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.tenders.map((tender) => (
              <tr key={tender.method}>
                <th scope="row">
                  {t(`common:tender.${tender.method}`)}
                  <Bar share={tender.amountMinor / largest} />
                </th>
                <td className={styles["number"]}>{tender.count}</td>
                <td className={styles["number"]}>{money(tender.amountMinor)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
