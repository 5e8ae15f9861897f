import type { KeyboardEvent, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { Choice } from "../../ui/index.ts";
import { DateField } from "../../ui/date-field.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { AmountChip, CashierChip, JumpChip, StateChip } from "./filter-chips.tsx";
import type { Filters } from "./filters.ts";
import styles from "./history.module.css";
import { TimeField } from "./time-field.tsx";
import { dateInputOf, RANGE_PRESETS, type DateSpan, type RangePreset } from "./time-range.ts";

export function HistoryFilters({
  filters,
  onChange,
  searchRef,
  onJump,
  onLeaveDown,
}: {
  filters: Filters;
  onChange: (filters: Filters) => void;
  searchRef: RefObject<HTMLInputElement | null>;
  /** Goes to the end of a date, `YYYY-MM-DD`. */
  onJump: (date: string) => void;
  /** The arrow key out of the search box, into what was found. */
  onLeaveDown: () => void;
}) {
  const { t } = useTranslation("history");
  const today = dateInputOf(useStatus().nowMs);
  const setPreset = (preset: RangePreset) =>
    onChange({
      ...filters,
      preset,
      span:
        preset === "custom" && filters.span.from === ""
          ? { ...filters.span, from: today, to: today }
          : filters.span,
    });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" || event.target !== searchRef.current) return;
    event.preventDefault();
    onLeaveDown();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- listens to the box inside
    <div className={styles["filters"]} onKeyDown={onKeyDown}>
      <SearchField
        label={t("search.label")}
        clearLabel={t("search.clear")}
        placeholder={t("search.placeholder")}
        keyHint="F2"
        value={filters.text}
        onChange={(text) => onChange({ ...filters, text })}
        inputRef={searchRef}
      />
      <Choice
        label={t("range.label")}
        isLabelHidden
        look="chips"
        className={styles["range"]}
        value={filters.preset}
        onChange={setPreset}
        options={RANGE_PRESETS.map((value) => ({ value, label: t(`range.${value}`) }))}
      />
      {filters.preset === "custom" && (
        <Span
          span={filters.span}
          today={today}
          onChange={(span) => onChange({ ...filters, span })}
        />
      )}
      <div className={styles["chips"]}>
        <AmountChip filters={filters} onChange={onChange} />
        <CashierChip filters={filters} onChange={onChange} />
        <StateChip filters={filters} onChange={onChange} />
        <JumpChip today={today} onJump={onJump} />
      </div>
    </div>
  );
}

/** From one day to another, and from one time of day to another for those who remember it. */
function Span({
  span,
  today,
  onChange,
}: {
  span: DateSpan;
  today: string;
  onChange: (span: DateSpan) => void;
}) {
  const { t } = useTranslation("history");
  return (
    <div className={styles["span"]}>
      <DateField
        label={t("range.from")}
        className={styles["beside"]}
        value={span.from}
        max={today}
        onChange={(from) => onChange({ ...span, from })}
      />
      <TimeField
        label={t("range.fromTime")}
        value={span.fromTime}
        onChange={(fromTime) => onChange({ ...span, fromTime })}
      />
      <DateField
        label={t("range.to")}
        className={styles["beside"]}
        value={span.to}
        max={today}
        onChange={(to) => onChange({ ...span, to })}
      />
      <TimeField
        label={t("range.toTime")}
        value={span.toTime}
        onChange={(toTime) => onChange({ ...span, toTime })}
      />
    </div>
  );
}
