import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ReceiptTemplate } from "../../../../main/contract/template.ts";
import { receiptWords } from "../../../../main/domain/receipt/words.ts";
import { newRequestId, useAct, useStatus } from "../../../bridge/index.ts";
import { Button, Choice, RefusalNote, Switch, TextField } from "../../../ui/index.ts";
import type { OwnerSettings } from "../settings-draft.ts";
import { LogoField } from "./logo-field.tsx";
import { QrFields } from "./qr-fields.tsx";
import { maxCharsOf, type TemplateText } from "./template-draft.ts";
import styles from "./template.module.css";

export interface TemplateFieldsProps {
  look: OwnerSettings;
  columns: number;
  problems: readonly TemplateText[];
  onChange: (patch: Partial<ReceiptTemplate>) => void;
}

/** A part of the receipt, in the order it has on paper. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles["group"]} aria-labelledby={id}>
      <h3 id={id} className={styles["groupTitle"]}>
        {title}
      </h3>
      {children}
    </section>
  );
}

/** Everything of the template, from the head of the receipt down to its foot. */
export function TemplateFields(props: TemplateFieldsProps) {
  return (
    <>
      <Head {...props} />
      <Goods {...props} />
      <Foot {...props} />
      <Device {...props} />
    </>
  );
}

/** Which country's customs and rules the receipt follows. */
export function PackChoice({ look, onChange }: Omit<TemplateFieldsProps, "problems" | "columns">) {
  const { t } = useTranslation("settings");
  return (
    <Choice
      label={t("receipt.pack.label")}
      look="cards"
      value={look.template.pack}
      onChange={(pack) => onChange({ pack })}
      options={(["cn", "eu", "uk"] as const).map((pack) => ({
        value: pack,
        label: t(`receipt.pack.${pack}`),
        detail: t(`receipt.pack.${pack}Note`),
      }))}
    />
  );
}

function useProblemText(problems: readonly TemplateText[]) {
  const { t } = useTranslation("settings");
  return (field: TemplateText) =>
    problems.includes(field) ? t("receipt.tooLong", { count: maxCharsOf(field) }) : null;
}

function Head({ look, columns, problems, onChange }: TemplateFieldsProps) {
  const { t } = useTranslation("settings");
  const problemOf = useProblemText(problems);
  const { template } = look;
  const isVat = template.pack !== "cn";
  return (
    <Group title={t("receipt.group.head")}>
      <LogoField logo={template.logo} columns={columns} onChange={(logo) => onChange({ logo })} />
      <TextField
        label={t("receipt.header")}
        hint={t("receipt.headerHint")}
        isMultiline
        value={template.header}
        onChange={(header) => onChange({ header })}
        error={problemOf("header")}
      />
      <TextField
        label={t(isVat ? "receipt.vatNumber" : "receipt.taxId")}
        hint={t(isVat ? "receipt.vatNumberHint" : "receipt.taxIdHint")}
        autoComplete="off"
        value={template.taxId}
        onChange={(taxId) => onChange({ taxId })}
        error={problemOf("taxId")}
      />
      {isVat && look.taxMode === "none" && (
        <p className={styles["hint"]}>
          {t("receipt.noTax")} <a href="#/settings/shop">{t("sections.shop")}</a>
        </p>
      )}
    </Group>
  );
}

function Goods({ look, onChange }: TemplateFieldsProps) {
  const { t } = useTranslation("settings");
  return (
    <Group title={t("receipt.group.goods")}>
      <Switch
        label={t("receipt.showCodes")}
        detail={t("receipt.showCodesNote")}
        isSelected={look.template.showCodes}
        onChange={(showCodes) => onChange({ showCodes })}
      />
    </Group>
  );
}

function Foot(props: TemplateFieldsProps) {
  const { look, problems, onChange } = props;
  const { t } = useTranslation("settings");
  const problemOf = useProblemText(problems);
  const { template, receiptLocale } = look;
  const words = receiptWords(receiptLocale);
  return (
    <Group title={t("receipt.group.foot")}>
      {(["returns", "notes"] as const).map((field) => (
        <TextField
          key={field}
          label={t(`receipt.${field}`)}
          hint={t(`receipt.${field}Hint`)}
          isMultiline
          value={template[field]}
          onChange={(text) => onChange({ [field]: text })}
          error={problemOf(field)}
        />
      ))}
      <Switch
        label={t("receipt.invoiceHint")}
        detail={t("receipt.invoiceHintNote", {
          text: template.pack === "cn" ? words.invoiceHint : words.fullInvoice,
        })}
        isSelected={template.invoiceHint}
        onChange={(invoiceHint) => onChange({ invoiceHint })}
      />
      <QrFields {...props} problemOf={problemOf} />
      <Switch
        label={t("receipt.slipBarcode")}
        detail={t("receipt.slipBarcodeNote")}
        isSelected={template.slipBarcode}
        onChange={(slipBarcode) => onChange({ slipBarcode })}
      />
    </Group>
  );
}

/** What the printer does besides printing. */
function Device({ look, onChange }: TemplateFieldsProps) {
  const { t } = useTranslation("settings");
  const { printer } = useStatus();
  const buzz = useAct("printer.sample");
  const drawer = printer.qualification?.drawer ?? "unknown";
  return (
    <Group title={t("receipt.group.device")}>
      <Switch
        label={t("receipt.drawerOnCash")}
        detail={t(`receipt.drawerNote.${drawer}`)}
        isSelected={look.template.drawerOnCash}
        onChange={(drawerOnCash) => onChange({ drawerOnCash })}
      />
      <div className={styles["withKey"]}>
        <Switch
          label={t("receipt.buzzer")}
          detail={t("receipt.buzzerNote")}
          isSelected={look.template.buzzer}
          onChange={(buzzer) => onChange({ buzzer })}
        />
        <Button
          size="small"
          icon="sound"
          isBusy={buzz.isPending}
          onPress={() =>
            buzz.mutate({ requestId: newRequestId(), slot: "receipt", sample: "buzzer" })
          }
        >
          {t("receipt.buzzerTry")}
        </Button>
      </div>
      {buzz.error && <RefusalNote error={buzz.error} />}
    </Group>
  );
}
