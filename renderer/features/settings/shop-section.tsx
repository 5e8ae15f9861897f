import { useTranslation } from "react-i18next";
import { CURRENCIES, symbolOf } from "../../../main/domain/money.ts";
import { TAX_MODES } from "../../../main/domain/sale.ts";
import { Choice, Select, TextField } from "../../ui/index.ts";
import { ReceiptPreview } from "./receipt-preview.tsx";
import { SaveBar } from "./save-bar.tsx";
import { shopProblems, type OwnerSettings } from "./settings-draft.ts";
import styles from "./settings.module.css";
import { useOwnerDraft } from "./use-owner-draft.ts";

const DECIMAL_SIGNS = [".", ","] as const;
const FIELDS = ["name", "address", "phone", "footer"] as const;

/** Head and foot of every receipt, the currency and how tax is shown. */
export function ShopSection() {
  const { t } = useTranslation("settings");
  const draft = useOwnerDraft();
  const { shop, currency, decimalSign, taxMode } = draft.value;
  const problems = shopProblems(shop);
  const setShop = (patch: Partial<OwnerSettings["shop"]>) =>
    draft.change({ shop: { ...shop, ...patch } });
  return (
    <>
      <div className={styles["withPaper"]}>
        <div className={styles["form"]}>
          <p className={styles["lead"]}>{t("shop.lead")}</p>
          {FIELDS.map((field) => (
            <TextField
              key={field}
              label={t(`shop.${field}`)}
              value={shop[field]}
              onChange={(text) => setShop({ [field]: text })}
              isMultiline={field === "footer"}
              {...(field === "footer" ? { hint: t("shop.footerHint") } : {})}
              error={problems.includes(field) ? t(`shop.problem.${field}`) : null}
            />
          ))}
          <Select
            label={t("shop.currency")}
            value={currency}
            onChange={(code) => draft.change({ currency: code })}
            options={CURRENCIES.map((code) => ({
              value: code,
              label: `${code}  ${symbolOf(code)}`,
            }))}
          />
          <Choice
            label={t("shop.decimalSign")}
            value={decimalSign}
            onChange={(sign) => draft.change({ decimalSign: sign })}
            options={DECIMAL_SIGNS.map((sign) => ({ value: sign, label: `12${sign}50` }))}
          />
          <Choice
            label={t("shop.taxMode")}
            value={taxMode}
            onChange={(mode) => draft.change({ taxMode: mode })}
            options={TAX_MODES.map((mode) => ({ value: mode, label: t(`shop.tax.${mode}`) }))}
          />
        </div>
        <ReceiptPreview look={draft.value} />
      </div>
      <SaveBar draft={draft} onBeforeSave={() => problems.length === 0} />
    </>
  );
}
