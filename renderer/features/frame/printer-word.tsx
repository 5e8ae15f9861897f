import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { cx, Icon } from "../../ui/index.ts";
import { printerLook } from "./printer-look.ts";
import styles from "./printer-word.module.css";

/** How the printer is, at the same place on every screen; leads to its settings. */
export function PrinterWord() {
  const { t } = useTranslation(["common", "causes"]);
  const { printer } = useStatus();
  const look = printerLook(printer);
  return (
    <a
      href="#/settings/printer"
      className={cx(styles["printer"], styles[look.tone])}
      title={t(printer.kind === "practice" ? "printer.practice" : "printer.label")}
    >
      <span className={styles["lamp"]} aria-hidden="true" />
      <Icon name={look.icon} />
      <span className={styles["words"]}>
        <span>
          {printer.cause !== null && printer.state !== "ready"
            ? t(`causes:${printer.cause}.name`)
            : t(`printer.${printer.state}`)}
        </span>
        <span className={styles["detail"]}>
          {printer.kind === "practice" ? t("printer.practice") : printer.address} ·{" "}
          {t(`printer.paper.${printer.paper}`)}
          {printer.queue > 0 && ` · ${t("printer.queue", { count: printer.queue })}`}
        </span>
      </span>
    </a>
  );
}
