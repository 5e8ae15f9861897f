import { useTranslation } from "react-i18next";
import { formatAmount } from "../../../../main/domain/money.ts";
import { useSettings } from "../../../bridge/index.ts";
import { Money, useFormat } from "../../../ui/index.ts";
import styles from "./pay-form.module.css";

/** Due, tendered and change under each other, all of them live. */
export function PayAmounts({
  remainingMinor,
  isPart,
  typedMinor,
  isCash,
  amountText,
  onAmountText,
}: {
  remainingMinor: number;
  isPart: boolean;
  typedMinor: number | null;
  isCash: boolean;
  amountText: string;
  onAmountText: (text: string) => void;
}) {
  const { t } = useTranslation("sell");
  const { currency } = useSettings();
  const format = useFormat();
  const changeMinor = (typedMinor ?? remainingMinor) - remainingMinor;
  return (
    <div className={styles["amounts"]}>
      <p className={styles["due"]}>
        <span>{t(isPart ? "pay.remaining" : "pay.due")}</span>
        <Money minor={remainingMinor} isBig />
      </p>
      <label className={styles["tendered"]} {...(isCash ? { "data-first": "" } : {})}>
        <span>{t(isCash ? "pay.tendered" : "pay.amount")}</span>
        <input
          value={amountText}
          inputMode="decimal"
          autoComplete="off"
          placeholder={formatAmount(remainingMinor, currency)}
          onChange={(event) => onAmountText(event.target.value)}
        />
      </label>
      <p className={styles["change"]} role="status">
        {changeMinor < 0 ? (
          <span>{t("pay.part", { amount: format.money(typedMinor ?? 0) })}</span>
        ) : (
          <>
            <span>{t("pay.change")}</span>
            {isCash ? <Money minor={changeMinor} isBig /> : <span>–</span>}
          </>
        )}
      </p>
    </div>
  );
}
