import { useTranslation } from "react-i18next";
import type { TillStatus } from "../../../main/contract/status.ts";
import { useStatus } from "../../bridge/index.ts";
import { Spinner } from "../../ui/index.ts";
import { useStatusWords } from "../frame/status-words.ts";
import { PrintProgress } from "../sell/strip/print-progress.tsx";
import styles from "./reminder-body.module.css";

export function PrintingNow({
  saleId,
  progress,
}: {
  saleId: number;
  progress: TillStatus["progress"];
}) {
  const { t } = useTranslation("reminder");
  const { backupPrinter } = useStatus();
  const words = useStatusWords();
  const isAtBackup = progress?.slot === "backup" && backupPrinter !== null;
  return (
    <div className={styles["printing"]} role="status">
      <Spinner size={44} />
      <p className={styles["sentence"]}>{t("printing", { saleId })}</p>
      <p id="reminder-fix" className={styles["more"]}>
        {isAtBackup && `${words(backupPrinter).name} · `}
        {t("printingDetail")}
      </p>
      <div className={styles["track"]}>{progress && <PrintProgress progress={progress} />}</div>
    </div>
  );
}
