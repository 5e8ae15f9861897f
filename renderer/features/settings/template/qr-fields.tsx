import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { receiptWords } from "../../../../main/domain/receipt/words.ts";
import { Button, TextField } from "../../../ui/index.ts";
import { PLACEHOLDERS, type TemplateText } from "./template-draft.ts";
import type { TemplateFieldsProps } from "./template-fields.tsx";
import styles from "./template.module.css";

/** What the QR code says, and what stands above it. What belongs to a sale is put in by its key. */
export function QrFields({
  look,
  onChange,
  problemOf,
}: TemplateFieldsProps & { problemOf: (field: TemplateText) => string | null }) {
  const { t } = useTranslation("settings");
  const input = useRef<HTMLInputElement>(null);
  const { template, receiptLocale } = look;
  const ownWords = template.pack === "cn" ? receiptWords(receiptLocale).invoiceCode : null;
  const insert = (name: (typeof PLACEHOLDERS)[number]) => {
    const text = template.qrText;
    const start = input.current?.selectionStart ?? text.length;
    const end = input.current?.selectionEnd ?? start;
    onChange({ qrText: `${text.slice(0, start)}{${name}}${text.slice(end)}` });
    input.current?.focus();
  };
  return (
    <>
      <div className={styles["qr"]}>
        <TextField
          label={t("receipt.qrText")}
          hint={t("receipt.qrTextHint")}
          autoComplete="off"
          inputRef={input}
          value={template.qrText}
          onChange={(qrText) => onChange({ qrText })}
          error={problemOf("qrText") && t("receipt.qrTooLong")}
        />
        <div className={styles["insert"]} role="group" aria-label={t("receipt.insert.label")}>
          <span className={styles["hint"]}>{t("receipt.insert.label")}</span>
          {PLACEHOLDERS.map((name) => (
            <Button key={name} size="small" icon="plus" onPress={() => insert(name)}>
              {t(`receipt.insert.${name}`)}
            </Button>
          ))}
        </div>
      </div>
      {template.qrText.trim() !== "" && (
        <TextField
          label={t("receipt.qrCaption")}
          hint={
            ownWords === null
              ? t("receipt.qrCaptionHint")
              : t("receipt.qrCaptionOwn", { text: ownWords })
          }
          value={template.qrCaption}
          onChange={(qrCaption) => onChange({ qrCaption })}
          error={problemOf("qrCaption")}
        />
      )}
    </>
  );
}
