import { useTranslation } from "react-i18next";
import type { ReceiptTemplate } from "../../../main/contract/template.ts";
import { Choice } from "../../ui/index.ts";
import { ReceiptPreview } from "./receipt-preview.tsx";
import { SaveBar } from "./save-bar.tsx";
import styles from "./settings.module.css";
import { templateProblems } from "./template/template-draft.ts";
import { PackChoice, TemplateFields } from "./template/template-fields.tsx";
import { useOwnerDraft } from "./use-owner-draft.ts";
import { usePreviewColumns } from "./use-preview-columns.ts";

/** What stands on a receipt and how, with the paper beside it. */
export function ReceiptSection() {
  const { t } = useTranslation("settings");
  const draft = useOwnerDraft();
  const look = draft.value;
  const { widthMm, receiptLocale, template } = look;
  const { columns } = usePreviewColumns(widthMm);
  const problems = templateProblems(template);
  const change = (patch: Partial<ReceiptTemplate>) =>
    draft.change({ template: { ...template, ...patch } });
  return (
    <>
      <div className={styles["withPaper"]}>
        <div className={styles["form"]}>
          <p className={styles["lead"]}>{t("receipt.lead")}</p>
          <PackChoice look={look} onChange={change} />
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
          <TemplateFields look={look} columns={columns} problems={problems} onChange={change} />
        </div>
        <ReceiptPreview look={look} />
      </div>
      <SaveBar draft={draft} onBeforeSave={() => problems.length === 0} />
    </>
  );
}
