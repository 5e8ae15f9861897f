import { useTranslation } from "react-i18next";
import { useStatus } from "../../../bridge/index.ts";
import { cx, Icon } from "../../../ui/index.ts";
import { printerLook } from "../../frame/printer-look.ts";
import { useSell } from "../sell-context.ts";
import { PrintProgress } from "./print-progress.tsx";
import styles from "./slot.module.css";

/** The printer's front: a lamp with its word, what is printing now, the paper, and the slot itself. */
export function Slot({ onPractice }: { onPractice?: () => void }) {
  const { t } = useTranslation(["common", "causes", "sell"]);
  const { printer, progress, lastSale } = useStatus();
  const { completed } = useSell();
  const look = printerLook(printer);
  const printingId = printer.state === "printing" ? (progress?.saleId ?? null) : null;
  const isProven =
    completed !== null && lastSale?.saleId === completed.saleId && lastSale.state === "printed";
  const word =
    printer.cause !== null && printer.state !== "ready" && printer.state !== "printing"
      ? t(`causes:${printer.cause}.name`)
      : t(`printer.${printer.state}`);
  return (
    <div className={cx(styles["slot"], styles[look.tone])}>
      <div className={styles["face"]}>
        <span className={styles["lamp"]} aria-hidden="true" />
        {isProven && printer.state === "ready" ? (
          <span className={styles["word"]}>
            <Icon name="check" size={18} />
            {t("sell:strip.proven", { saleId: completed.saleId })}
          </span>
        ) : (
          <span className={styles["word"]}>
            <Icon name={look.icon} size={18} />
            {printingId === null ? word : t("sell:strip.printing", { saleId: printingId })}
          </span>
        )}
        <span className={styles["paper"]}>
          <Icon name={printer.paper === "out" ? "paperOut" : "paper"} size={16} />
          {t(`printer.paper.${printer.paper}`)}
          <span className={styles["width"]}> · {printer.widthMm} mm</span>
        </span>
        {onPractice && (
          <button type="button" className={styles["practice"]} onClick={onPractice}>
            {t("sell:strip.practice")}
          </button>
        )}
      </div>
      <div className={styles["mouth"]}>{progress && <PrintProgress progress={progress} />}</div>
    </div>
  );
}
