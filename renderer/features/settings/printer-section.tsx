import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSettings } from "../../bridge/index.ts";
import { Choice, TextField } from "../../ui/index.ts";
import { PrinterNow } from "./printer-now.tsx";
import { PrinterTests } from "./printer-tests.tsx";
import { SaveBar } from "./save-bar.tsx";
import {
  printerFormOf,
  readPrinterForm,
  type PrinterForm,
  type PrinterProblem,
} from "./settings-draft.ts";
import styles from "./settings.module.css";
import { useOwnerDraft } from "./use-owner-draft.ts";

/** Which printer, and what it can prove. */
export function PrinterSection() {
  const { t } = useTranslation("settings");
  const draft = useOwnerDraft();
  const { printer } = useSettings();
  const [form, setForm] = useState<PrinterForm>(() => printerFormOf(printer));
  const [showsProblem, setShowsProblem] = useState(false);
  const read = readPrinterForm(form);
  const problem = showsProblem && "problem" in read ? read.problem : null;

  const edit = (patch: Partial<PrinterForm>) => {
    const next = { ...form, ...patch };
    setForm(next);
    const result = readPrinterForm(next);
    draft.change({ printer: "printer" in result ? result.printer : printer });
  };
  const isChanged = "problem" in read || draft.isChanged;

  return (
    <>
      <div className={styles["form"]}>
        <p className={styles["lead"]}>{t("printer.lead")}</p>
        <Choice
          label={t("printer.kind")}
          look="cards"
          value={form.kind}
          onChange={(kind) => edit({ kind })}
          options={[
            {
              value: "practice",
              label: t("printer.practice"),
              detail: t("printer.practiceNote"),
              icon: "paper",
            },
            {
              value: "tcp",
              label: t("printer.tcp"),
              detail: t("printer.tcpNote"),
              icon: "printer",
            },
          ]}
        />
        {form.kind === "tcp" && <Address form={form} problem={problem} onEdit={edit} />}
        <PrinterNow />
        <PrinterTests isUnsaved={isChanged} />
      </div>
      <SaveBar
        draft={draft}
        isChanged={isChanged}
        onBeforeSave={() => {
          setShowsProblem(true);
          return "printer" in read;
        }}
        onDiscard={() => {
          setForm(printerFormOf(printer));
          setShowsProblem(false);
        }}
      />
    </>
  );
}

function Address({
  form,
  problem,
  onEdit,
}: {
  form: PrinterForm;
  problem: PrinterProblem | null;
  onEdit: (patch: Partial<PrinterForm>) => void;
}) {
  const { t } = useTranslation("settings");
  return (
    <div className={styles["address"]}>
      <TextField
        label={t("printer.host")}
        hint={t("printer.hostHint")}
        value={form.host}
        onChange={(host) => onEdit({ host })}
        error={problem === "host" ? t("printer.problem.host") : null}
      />
      <TextField
        label={t("printer.port")}
        inputMode="numeric"
        value={form.port}
        onChange={(port) => onEdit({ port })}
        error={problem === "port" ? t("printer.problem.port") : null}
      />
    </div>
  );
}
