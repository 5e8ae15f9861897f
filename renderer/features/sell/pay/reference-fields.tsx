import { useTranslation } from "react-i18next";
import type { TenderMethod } from "../../../../main/domain/sale.ts";
import { Icon, TextField } from "../../../ui/index.ts";
import styles from "./pay-form.module.css";

/** The other side's number. The till cannot see whether the money arrived, and says so. */
export function ReferenceFields({
  method,
  value,
  onChange,
}: {
  method: TenderMethod;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation(["sell", "common"]);
  return (
    <div className={styles["reference"]} data-first="">
      <TextField
        label={t("pay.reference")}
        hint={t("pay.referenceHint")}
        value={value}
        onChange={(text) => onChange(text.slice(0, 64))}
        inputMode="numeric"
        autoComplete="off"
        isNumeric
      />
      <p className={styles["note"]}>
        <Icon name="phone" />
        <span>{t("pay.referenceNote", { method: t(`common:tender.${method}`) })}</span>
      </p>
    </div>
  );
}
