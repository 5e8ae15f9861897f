import { useTranslation } from "react-i18next";
import type { DayReport } from "../../../main/contract/day.ts";
import { cx, Icon, type IconName } from "../../ui/index.ts";
import styles from "./report.module.css";

type Receipts = DayReport["receipts"];

const PARTS = [
  { name: "device", key: "provenByDevice", icon: "check" },
  { name: "person", key: "settledByPerson", icon: "user" },
  { name: "declined", key: "declined", icon: "close" },
  { name: "handwritten", key: "handwritten", icon: "pencil" },
  { name: "owed", key: "owed", icon: "alert" },
] as const satisfies readonly { name: string; key: keyof Receipts; icon: IconName }[];

/** Every receipt of the day in one line: how many stand on proof, on a person's word, or on nothing yet. */
export function ReceiptsSection({ receipts }: { receipts: Receipts }) {
  const { t } = useTranslation("dayEnd");
  const total = PARTS.reduce((sum, part) => sum + receipts[part.key], 0);
  const shown = PARTS.filter((part) => part.name === "device" || receipts[part.key] > 0);
  return (
    <section className={styles["section"]} aria-labelledby="day-receipts">
      <h3 id="day-receipts" className={styles["heading"]}>
        {t("accounted.title")}
      </h3>
      {total > 0 && (
        <svg
          className={styles["stack"]}
          viewBox={`0 0 ${total} 10`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {shown.map((part, index) => (
            <rect
              key={part.name}
              x={shown.slice(0, index).reduce((sum, before) => sum + receipts[before.key], 0)}
              width={receipts[part.key]}
              height={10}
              className={styles[`fill_${part.name}`]}
            />
          ))}
        </svg>
      )}
      <ul className={styles["parts"]}>
        {shown.map((part) => (
          <li key={part.name} className={cx(styles["part"], styles[`part_${part.name}`])}>
            <Icon name={part.icon} size={18} />
            <strong>{receipts[part.key]}</strong>
            <span>{t(`accounted.${part.name}`)}</span>
          </li>
        ))}
        {receipts.copies > 0 && (
          <li className={styles["copies"]}>{t("accounted.copies", { count: receipts.copies })}</li>
        )}
      </ul>
      {total > 0 && receipts.owed === 0 && (
        <p className={styles["all"]}>
          <Icon name="checkCircle" size={18} /> {t("accounted.all")}
        </p>
      )}
    </section>
  );
}
