import { useTranslation } from "react-i18next";
import type { TillStatus } from "../../../main/contract/status.ts";
import { Spinner } from "../../ui/index.ts";
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
  return (
    <div className={styles["printing"]} role="status">
      <Spinner size={44} />
      <p className={styles["sentence"]}>{t("printing", { saleId })}</p>
      <p id="reminder-fix" className={styles["more"]}>
        {t("printingDetail")}
      </p>
      <div className={styles["track"]}>{progress && <PrintProgress progress={progress} />}</div>
    </div>
  );
}
