import { useTranslation } from "react-i18next";
import type { PrinterStatus } from "../../../../main/contract/status.ts";
import { useStatus } from "../../../bridge/index.ts";
import { cx, Icon } from "../../../ui/index.ts";
import { printerLook } from "../../frame/printer-look.ts";
import { useStatusWords } from "../../frame/status-words.ts";
import { useSell } from "../sell-context.ts";
import { PrintProgress } from "./print-progress.tsx";
import styles from "./slot.module.css";

/** The printer's front: a lamp with its word, what is printing now, the paper, and the slot itself. */
export function Slot({
  at,
  onPractice,
}: {
  /** Default: the receipt printer. */
  at?: PrinterStatus;
  onPractice?: () => void;
}) {
  const { t } = useTranslation("sell");
  const status = useStatus();
  const { lastSale } = status;
  const printer = at ?? status.printer;
  const { completed } = useSell();
  const look = printerLook(printer);
  const words = useStatusWords()(printer);
  const progress = status.progress?.slot === printer.slot ? status.progress : null;
  const printingId = printer.state === "printing" ? (progress?.saleId ?? null) : null;
  const isProven =
    completed !== null && lastSale?.saleId === completed.saleId && lastSale.state === "printed";
  return (
    <div className={cx(styles["slot"], styles[look.tone])}>
      <div className={styles["face"]}>
        <span className={styles["lamp"]} aria-hidden="true" />
        {isProven && printer.state === "ready" ? (
          <span className={styles["word"]}>
            <Icon name="check" size={18} />
            {t("strip.proven", { saleId: completed.saleId })}
          </span>
        ) : (
          <span className={styles["word"]}>
            <Icon name={look.icon} size={18} />
            {printer.slot === "backup" && `${words.name} · `}
            {printingId === null ? words.state : t("strip.printing", { saleId: printingId })}
          </span>
        )}
        <span className={styles["paper"]}>
          <Icon name={printer.paper === "out" ? "paperOut" : "paper"} size={16} />
          {words.paper}
          <span className={cx(words.paper !== null && styles["width"])}>
            {words.paper !== null && " · "}
            {printer.widthMm} mm
          </span>
        </span>
        {onPractice && (
          <button type="button" className={styles["practice"]} onClick={onPractice}>
            {t("strip.practice")}
          </button>
        )}
      </div>
      <div className={styles["mouth"]}>{progress && <PrintProgress progress={progress} />}</div>
    </div>
  );
}
