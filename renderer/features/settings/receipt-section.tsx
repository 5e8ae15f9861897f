import { useTranslation } from "react-i18next";
import { Choice } from "../../ui/index.ts";
import { ReceiptPreview } from "./receipt-preview.tsx";
import { SaveBar } from "./save-bar.tsx";
import styles from "./settings.module.css";
import { useOwnerDraft } from "./use-owner-draft.ts";

/** Paper width and language of receipts, with the paper beside it. */
export function ReceiptSection() {
  const { t } = useTranslation("settings");
  const draft = useOwnerDraft();
  const { widthMm, receiptLocale } = draft.value;
  return (
    <>
      <div className={styles["withPaper"]}>
        <div className={styles["form"]}>
          <p className={styles["lead"]}>{t("receipt.lead")}</p>
          <Choice
            label={t("receipt.width")}
            look="cards"
            value={String(widthMm) as "58" | "80"}
            onChange={(width) => draft.change({ widthMm: width === "58" ? 58 : 80 })}
            options={[
              { value: "80", label: t("receipt.width80"), detail: t("receipt.width80Note") },
              { value: "58", label: t("receipt.width58"), detail: t("receipt.width58Note") },
            ]}
          />
          <Choice
            label={t("receipt.locale")}
            value={receiptLocale}
            onChange={(locale) => draft.change({ receiptLocale: locale })}
            options={[
              { value: "zh-CN", label: <span lang="zh-CN">{t("appearance.zh")}</span> },
              { value: "en", label: <span lang="en">{t("appearance.en")}</span> },
            ]}
          />
        </div>
        <ReceiptPreview look={draft.value} />
      </div>
      <SaveBar draft={draft} />
    </>
  );
}
