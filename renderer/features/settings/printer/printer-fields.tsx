import { useTranslation } from "react-i18next";
import { Choice, Select, TextField } from "../../../ui/index.ts";
import { baudRates } from "./printer-form.ts";
import type { PrinterPickerProps } from "./printer-picker.tsx";
import styles from "./printer-picker.module.css";

type FieldsProps = Pick<PrinterPickerProps, "form" | "onChange" | "problem">;

const FLOWS = ["hardware", "software", "none"] as const;

/** Where in the network it is. */
export function NetworkFields({ form, onChange, problem }: FieldsProps) {
  const { t } = useTranslation("settings");
  return (
    <div className={styles["address"]}>
      <TextField
        label={t("printer.host")}
        hint={t("printer.hostHint")}
        autoComplete="off"
        value={form.host}
        onChange={(host) => onChange({ ...form, host })}
        error={problem?.field === "host" ? problem.text : null}
      />
      <TextField
        label={t("printer.port")}
        hint={t("printer.portHint")}
        inputMode="numeric"
        autoComplete="off"
        value={form.port}
        onChange={(port) => onChange({ ...form, port })}
        error={problem?.field === "port" ? problem.text : null}
      />
    </div>
  );
}

/** A serial port's name, and the speed and manners both ends have to agree on. */
export function SerialFields({ form, onChange, problem }: FieldsProps) {
  const { t } = useTranslation("settings");
  return (
    <div className={styles["serial"]}>
      {form.choice === "serial" && (
        <TextField
          label={t("printer.path")}
          hint={t("printer.pathHint")}
          autoComplete="off"
          value={form.path}
          onChange={(path) => onChange({ ...form, path })}
          error={problem?.field === "path" ? problem.text : null}
        />
      )}
      <Select
        label={t("printer.baud")}
        value={String(form.baudRate)}
        onChange={(rate) => onChange({ ...form, baudRate: Number(rate) })}
        options={baudRates(form.baudRate).map((rate) => ({
          value: String(rate),
          label: String(rate),
        }))}
      />
      <Choice
        className={styles["flow"]}
        label={t("printer.flow")}
        value={form.flow}
        onChange={(flow) => onChange({ ...form, flow })}
        options={FLOWS.map((flow) => ({ value: flow, label: t(`printer.flowNames.${flow}`) }))}
      />
      <p className={styles["note"]}>{t("printer.serialMore")}</p>
    </div>
  );
}
