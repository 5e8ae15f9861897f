import { VisuallyHidden } from "react-aria-components/VisuallyHidden";
import { useTranslation } from "react-i18next";
import type { PrinterStatus } from "../../../main/contract/status.ts";
import { useStatus } from "../../bridge/index.ts";
import { cx, Icon } from "../../ui/index.ts";
import { printerLook } from "./printer-look.ts";
import { isOut } from "./printer-state.ts";
import { useStatusWords } from "./status-words.ts";
import styles from "./printer-bar.module.css";

/** How the printers are, at the same place on every screen; each leads to the printer settings. */
export function PrinterBar() {
  const { printer, backupPrinter } = useStatus();
  return (
    <div className={styles["bar"]}>
      <PrinterWord printer={printer} />
      {backupPrinter !== null && <BackupWord printer={backupPrinter} />}
    </div>
  );
}

function PrinterWord({ printer }: { printer: PrinterStatus }) {
  const { t } = useTranslation("common");
  const words = useStatusWords()(printer);
  const look = printerLook(printer);
  const isBad = look.tone === "bad";
  const detail = [words.paper, words.queue].filter((word) => word !== null).join(" · ");
  return (
    <a
      href="#/settings/printer"
      className={cx(styles["printer"], styles[look.tone])}
      title={words.label}
    >
      <span className={styles["lamp"]} aria-hidden="true" />
      <Icon name={look.icon} />
      {/* What is to be seen and what is only heard make one sentence, in this order. */}
      <span className={styles["words"]}>
        <VisuallyHidden elementType="span">{t("printer.is", { name: words.name })}</VisuallyHidden>
        <span className={cx(styles["state"], isBad && detail === "" && styles["long"])}>
          {words.state}
        </span>
        {detail !== "" && (
          <>
            <VisuallyHidden elementType="span">{t("printer.and")}</VisuallyHidden>
            <span className={cx(styles["detail"], printer.paper === "nearEnd" && styles["low"])}>
              {detail}
            </span>
          </>
        )}
      </span>
    </a>
  );
}

/** The second printer: the same in fewer words to be seen. */
function BackupWord({ printer }: { printer: PrinterStatus }) {
  const { t } = useTranslation("common");
  const words = useStatusWords()(printer);
  const look = printerLook(printer);
  const unseen = [isOut(printer) ? words.state : null, words.paper, words.queue];
  return (
    <a
      href="#/settings/printer"
      className={cx(styles["printer"], styles["backup"], styles[look.tone])}
      title={words.label}
    >
      <Icon name={look.icon} size={16} />
      <span className={styles["words"]}>
        <span className={styles["slot"]}>{t("printer.short")}</span>
        <VisuallyHidden elementType="span">
          {t("printer.shortIs", { name: words.own })}
        </VisuallyHidden>
        <span className={styles["brief"]}>
          <span className={styles["lamp"]} aria-hidden="true" />
          {words.brief}
        </span>
        <VisuallyHidden elementType="span">
          {unseen
            .filter((word) => word !== null)
            .map((word) => `${t("printer.and")}${word}`)
            .join("")}
        </VisuallyHidden>
      </span>
    </a>
  );
}
