import { useTranslation } from "react-i18next";
import { formatAmount } from "../../../../main/domain/money.ts";
import { useSettings } from "../../../bridge/index.ts";
import { Button, useFormat } from "../../../ui/index.ts";
import { NOTES } from "./notes.ts";
import styles from "./pay-form.module.css";

/** One press for what customers usually hand over. */
export function CashNotes({
  remainingMinor,
  onAmountText,
}: {
  remainingMinor: number;
  onAmountText: (text: string) => void;
}) {
  const { t } = useTranslation("sell");
  const { currency } = useSettings();
  const format = useFormat();
  return (
    <div className={styles["notes"]} role="group" aria-label={t("pay.notes")}>
      <Button
        preventFocusOnPress
        onPress={() => onAmountText(formatAmount(remainingMinor, currency))}
      >
        {t("pay.exact", { amount: format.money(remainingMinor) })}
      </Button>
      {NOTES[currency].map((note) => (
        <Button key={note} preventFocusOnPress onPress={() => onAmountText(String(note))}>
          {note}
        </Button>
      ))}
    </div>
  );
}
