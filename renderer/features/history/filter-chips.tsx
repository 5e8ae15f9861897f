import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button as AriaButton } from "react-aria-components/Button";
import { useCall, useSettings } from "../../bridge/index.ts";
import { typedMinor } from "../../../main/domain/typed-amount.ts";
import { Button, Choice, cx, Icon, TextField } from "../../ui/index.ts";
import { DateField } from "../../ui/date-field.tsx";
import { FilterChip } from "./filter-chip.tsx";
import styles from "./filter-chip.module.css";
import { STATES, TOLERANCES, type Filters } from "./filters.ts";

interface ChipProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** An amount and how far a sale may be from it. */
export function AmountChip({ filters, onChange }: ChipProps) {
  const { t } = useTranslation("history");
  const settings = useSettings();
  const { amount, tolerance } = filters;
  const isWrong = amount.trim() !== "" && typedMinor(amount, settings) === null;
  const isSet = amount.trim() !== "" && !isWrong;
  const reach = tolerance === "exact" ? "" : ` ${t(`amount.${tolerance}`)}`;
  return (
    <FilterChip
      label={t("amount.label")}
      value={isSet ? `${amount.trim()}${reach}` : null}
      icon="cash"
    >
      {(close) => (
        <form
          className={styles["form"]}
          onSubmit={(event) => {
            event.preventDefault();
            close();
          }}
        >
          <TextField
            label={t("amount.field")}
            value={amount}
            onChange={(next) => onChange({ ...filters, amount: next })}
            inputMode="decimal"
            isNumeric
            autoFocus
            error={isWrong ? t("amount.wrong") : null}
          />
          <Choice
            label={t("amount.tolerance")}
            look="chips"
            value={tolerance}
            onChange={(next) => onChange({ ...filters, tolerance: next })}
            options={TOLERANCES.map((each) => ({ value: each, label: t(`amount.${each}`) }))}
          />
          <div className={styles["keys"]}>
            {isSet && (
              <Button
                onPress={() => {
                  onChange({ ...filters, amount: "" });
                  close();
                }}
              >
                {t("amount.clear")}
              </Button>
            )}
            <Button type="submit" variant="go" isDisabled={isWrong}>
              {t("done")}
            </Button>
          </div>
        </form>
      )}
    </FilterChip>
  );
}

/** Who sold it, people who have left among them. */
export function CashierChip({ filters, onChange }: ChipProps) {
  const { t } = useTranslation(["history", "common"]);
  const people = useCall("history.cashiers", {});
  return (
    <FilterChip label={t("cashier.label")} value={filters.cashier} icon="user">
      {(close) => (
        <>
          {people.isError && <p role="alert">{t("common:noAnswer")}</p>}
          <Options
            chosen={filters.cashier ?? ""}
            options={[
              { value: "", label: t("cashier.any") },
              ...(people.data?.names ?? []).map((name) => ({ value: name, label: name })),
            ]}
            onChoose={(name) => {
              onChange({ ...filters, cashier: name === "" ? null : name });
              close();
            }}
          />
        </>
      )}
    </FilterChip>
  );
}

/** What became of the receipt. */
export function StateChip({ filters, onChange }: ChipProps) {
  const { t } = useTranslation("history");
  return (
    <FilterChip
      label={t("state.label")}
      value={filters.state === "any" ? null : t(`state.short.${filters.state}`)}
      icon="check"
    >
      {(close) => (
        <Options
          chosen={filters.state}
          options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
          onChoose={(state) => {
            onChange({ ...filters, state });
            close();
          }}
        />
      )}
    </FilterChip>
  );
}

/** Goes to a day without leaving anything out. */
export function JumpChip({ today, onJump }: { today: string; onJump: (date: string) => void }) {
  const { t } = useTranslation("history");
  return (
    <FilterChip label={t("jump.label")} value={null} icon="calendar">
      {(close) => (
        <JumpForm
          today={today}
          onJump={(date) => {
            onJump(date);
            close();
          }}
        />
      )}
    </FilterChip>
  );
}

function JumpForm({ today, onJump }: { today: string; onJump: (date: string) => void }) {
  const { t } = useTranslation("history");
  const [date, setDate] = useState(today);
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        onJump(date);
      }}
    >
      <DateField label={t("jump.date")} value={date} max={today} onChange={setDate} />
      <Button type="submit" variant="go" isDisabled={date === ""}>
        {t("jump.go")}
      </Button>
    </form>
  );
}

function Options<V extends string>({
  options,
  chosen,
  onChoose,
}: {
  options: readonly { value: V; label: string }[];
  chosen: V;
  onChoose: (value: V) => void;
}) {
  return (
    <div className={styles["options"]}>
      {options.map(({ value, label }) => (
        <AriaButton
          key={value}
          autoFocus={value === chosen}
          aria-pressed={value === chosen}
          className={cx(styles["option"], value === chosen && styles["chosen"])}
          onPress={() => onChoose(value)}
        >
          <span>{label}</span>
          {value === chosen && <Icon name="check" size={18} />}
        </AriaButton>
      ))}
    </div>
  );
}
