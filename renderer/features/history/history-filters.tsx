import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { Choice, Switch } from "../../ui/index.ts";
import { DateField } from "../../ui/date-field.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import styles from "./history.module.css";
import { dateInputOf, RANGE_PRESETS, type DateSpan, type RangePreset } from "./time-range.ts";

export interface Filters {
  text: string;
  preset: RangePreset;
  span: DateSpan;
  onlyUnproven: boolean;
}

export const NO_FILTERS: Filters = {
  text: "",
  preset: "all",
  span: { from: "", to: "" },
  onlyUnproven: false,
};

export function HistoryFilters({
  filters,
  onChange,
  searchRef,
}: {
  filters: Filters;
  onChange: (filters: Filters) => void;
  searchRef: RefObject<HTMLInputElement | null>;
}) {
  const { t } = useTranslation("history");
  const today = dateInputOf(useStatus().nowMs);
  const setPreset = (preset: RangePreset) =>
    onChange({
      ...filters,
      preset,
      span:
        preset === "custom" && filters.span.from === "" ? { from: today, to: today } : filters.span,
    });
  return (
    <div className={styles["filters"]}>
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
        <div className={styles["span"]}>
          <DateField
            label={t("range.from")}
            value={filters.span.from}
            max={today}
            onChange={(from) => onChange({ ...filters, span: { ...filters.span, from } })}
          />
          <DateField
            label={t("range.to")}
            value={filters.span.to}
            max={today}
            onChange={(to) => onChange({ ...filters, span: { ...filters.span, to } })}
          />
        </div>
      )}
      <Switch
        label={t("onlyUnproven")}
        isSelected={filters.onlyUnproven}
        onChange={(onlyUnproven) => onChange({ ...filters, onlyUnproven })}
      />
    </div>
  );
}
