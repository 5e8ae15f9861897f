import { useTranslation } from "react-i18next";
import { CURRENCIES, symbolOf } from "../../../main/domain/money.ts";
import { TAX_MODES } from "../../../main/domain/sale.ts";
import { Select, TextField } from "../../ui/index.ts";
import styles from "./first-start.module.css";
import type { StepProps } from "./step.ts";

export function StepShop({ draft, change, problems }: StepProps) {
  const { t } = useTranslation("setup");
  return (
    <div className={styles["fields"]}>
      <TextField
        className={styles["wide"]}
        label={t("shop.name")}
        hint={t("shop.nameHint")}
        error={problems.includes("shopName") ? t("problem.shopName") : null}
        value={draft.shopName}
        maxLength={60}
        // oxlint-disable-next-line no-autofocus -- the one field that has to be filled in
        autoFocus
        onChange={(shopName) => change({ shopName })}
      />
      <TextField
        className={styles["wide"]}
        label={t("shop.address")}
        value={draft.address}
        maxLength={120}
        onChange={(address) => change({ address })}
      />
      <TextField
        label={t("shop.phone")}
        value={draft.phone}
        maxLength={40}
        inputMode="tel"
        onChange={(phone) => change({ phone })}
      />
      <TextField
        label={t("shop.footer")}
        placeholder={t("shop.footerExample")}
        value={draft.footer}
        maxLength={200}
        onChange={(footer) => change({ footer })}
      />
      <Select
        label={t("shop.currency")}
        value={draft.currency}
        onChange={(currency) => change({ currency })}
        options={CURRENCIES.map((currency) => ({
          value: currency,
          label: `${t(`currency.${currency}`)} ${symbolOf(currency)}`,
        }))}
      />
      <Select
        label={t("shop.tax")}
        value={draft.taxMode}
        onChange={(taxMode) => change({ taxMode })}
        options={TAX_MODES.map((mode) => ({ value: mode, label: t(`tax.${mode}`) }))}
      />
    </div>
  );
}
