import { Radio } from "react-aria-components/RadioGroup";
import { useTranslation } from "react-i18next";
import type { FoundPrinter, PrinterConfig } from "../../../../main/contract/printers.ts";
import { Icon, type IconName } from "../../../ui/index.ts";
import { isQueue } from "./printer-form.ts";
import styles from "./printer-picker.module.css";
import { usePrinterWords, WAY_ICON } from "./use-printer-words.ts";

type PrinterOptionProps =
  | {
      value: string;
      printer: PrinterConfig;
      /** null: it was not found just now. */
      found: FoundPrinter | null;
      /** In use in this place now. */
      isCurrent: boolean;
      takenBy: string | null;
    }
  | { value: string; icon: IconName; name: string; way: string; takenBy?: string | null };

/** One printer or way to be picked: what it is, how it is connected, and what stands in the way. */
export function PrinterOption(props: PrinterOptionProps) {
  const { t } = useTranslation("settings");
  const look = useLook(props);
  const notes: { icon: IconName; text: string }[] = [
    ...(look.hint === null ? [] : [{ icon: "alert" as const, text: look.hint }]),
    ...(look.takenBy === null
      ? []
      : [{ icon: "alert" as const, text: t("printer.find.taken", { place: look.takenBy }) }]),
  ];
  return (
    <Radio value={props.value} className={styles["option"]}>
      <span className={styles["dot"]} aria-hidden="true" />
      <span className={styles["text"]}>
        <span className={styles["name"]}>
          <Icon name={look.icon} size={18} />
          <span>{look.name}</span>
          {look.isCurrent && <span className={styles["tag"]}>{t("printer.find.inUse")}</span>}
        </span>
        <span className={styles["way"]}>{look.way}</span>
        {notes.map(({ icon, text }) => (
          <span key={text} className={styles["hint"]}>
            <Icon name={icon} size={18} />
            <span>{text}</span>
          </span>
        ))}
      </span>
    </Radio>
  );
}

function useLook(props: PrinterOptionProps) {
  const { t } = useTranslation("settings");
  const words = usePrinterWords();
  if (!("printer" in props))
    return { ...props, takenBy: props.takenBy ?? null, hint: null, isCurrent: false };
  const { printer, found, isCurrent, takenBy } = props;
  const hint = found ? found.hint && t(`printer.hint.${found.hint}`) : t("printer.find.notFound");
  const where = found && found.detail !== "" && found.detail !== found.name ? found.detail : null;
  const way = words.way(printer);
  return {
    icon: WAY_ICON[printer.kind],
    name: found?.name ?? words.name(printer),
    way: [
      // A serial port's speed is set below and its path is its detail.
      printer.kind === "serial" ? t("printer.kinds.serialPort") : way,
      ...(where === null || way.includes(where) ? [] : [where]),
      ...(isQueue(printer) ? [t("printer.find.queue")] : []),
    ].join(" · "),
    hint,
    isCurrent,
    takenBy,
  };
}
