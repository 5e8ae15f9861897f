import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PrinterConfig, PrinterSlot } from "../../../../main/contract/printers.ts";
import { Button, Dialog } from "../../../ui/index.ts";
import styles from "../settings.module.css";
import { printerFormOf, readPrinterForm } from "./printer-form.ts";
import { PrinterPicker } from "./printer-picker.tsx";

interface ChoosePrinterProps {
  slot: PrinterSlot;
  isOpen: boolean;
  onClose: () => void;
  /** Chosen in this place now. */
  current: PrinterConfig | null;
  /** Chosen in the other place; the till refuses the same one twice. */
  other: PrinterConfig | null;
  onChoose: (printer: PrinterConfig) => void;
}

/** Finds the printers there are and lets one be chosen. Nothing is saved here. */
export function ChoosePrinter(props: ChoosePrinterProps) {
  // Mounted anew each time, so that it opens with what is chosen now.
  return props.isOpen ? <Choosing {...props} /> : null;
}

function Choosing({ slot, onClose, current, other, onChoose }: ChoosePrinterProps) {
  const { t } = useTranslation(["settings", "common"]);
  const [form, setForm] = useState(() => printerFormOf(current));
  const formId = useId();
  const [showsProblem, setShowsProblem] = useState(false);
  const read = readPrinterForm(form);
  const problem =
    showsProblem && "problem" in read
      ? { field: read.problem, text: t(`printer.problem.${read.problem}`) }
      : null;
  const use = () => {
    if ("problem" in read) return setShowsProblem(true);
    onChoose(read.printer);
    onClose();
  };
  const otherSlot = slot === "receipt" ? "backup" : "receipt";
  return (
    <Dialog
      title={t(`printer.chooseTitle.${slot}`)}
      size="wide"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t("common:cancel")}</Button>
          <Button
            type="submit"
            form={formId}
            variant="go"
            icon="check"
            isDisabled={form.choice === null}
          >
            {t("printer.use")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles["tall"]}
        onSubmit={(event) => {
          event.preventDefault();
          use();
        }}
      >
        <PrinterPicker
          label={t("printer.chooseLead")}
          form={form}
          onChange={setForm}
          problem={problem}
          current={current}
          taken={other && { printer: other, label: t(`printer.slot.${otherSlot}`) }}
        />
      </form>
    </Dialog>
  );
}
