import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { useTranslation } from "react-i18next";
import type { CallOutput } from "../../../main/contract/calls.ts";
import { Icon, useFormat } from "../../ui/index.ts";
import styles from "./day-list.module.css";
import { useBusinessDate } from "./use-business-date.ts";

type Day = CallOutput<"day.list">["days"][number];

/** Business days, newest first; the open one says so. */
export function DayList({
  days,
  chosenId,
  onChoose,
}: {
  days: readonly Day[];
  chosenId: number;
  onChoose: (dayId: number) => void;
}) {
  const { t } = useTranslation("dayEnd");
  const { money } = useFormat();
  const dateOf = useBusinessDate();
  return (
    <ListBox
      aria-label={t("days.label")}
      className={styles["days"]}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosenId]}
      onSelectionChange={(keys) => {
        if (keys === "all") return;
        const [key] = keys;
        if (typeof key === "number") onChoose(key);
      }}
    >
      {days.map((day) => (
        <ListBoxItem
          key={day.dayId}
          id={day.dayId}
          textValue={`${dateOf(day.date)} ${money(day.totalMinor)}`}
          className={styles["day"]}
        >
          <span className={styles["date"]}>{dateOf(day.date)}</span>
          {day.closedAtMs === null ? (
            <span className={styles["open"]}>
              <Icon name="clock" size={16} />
              {t("days.open")}
            </span>
          ) : (
            <span className={styles["no"]}>{t("zNo", { no: day.dayId })}</span>
          )}
          <span className={styles["sales"]}>{t("days.sales", { count: day.sales })}</span>
          <span className={styles["total"]}>{money(day.totalMinor)}</span>
        </ListBoxItem>
      ))}
    </ListBox>
  );
}
