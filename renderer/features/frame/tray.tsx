import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newRequestId, useAct, useStatus } from "../../bridge/index.ts";
import { Button, Dialog, RefusalNote, useFormat } from "../../ui/index.ts";
import styles from "./tray.module.css";

/** Receipts printed late lie here until they are handed over; nothing is shown when there are none. */
export function Tray() {
  const { t } = useTranslation("common");
  const { tray, trayCount } = useStatus();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const handOver = useAct("receipt.handOver");
  if (tray.length === 0 && !isOpen) return null;
  return (
    <>
      <Button
        className={styles["button"]}
        variant="quiet"
        icon="tray"
        onPress={() => setOpen(true)}
        preventFocusOnPress
      >
        {t("tray.open", { count: trayCount })}
      </Button>
      <Dialog title={t("tray.title")} isOpen={isOpen} onClose={() => setOpen(false)}>
        {handOver.error && <RefusalNote error={handOver.error} />}
        {tray.length === 0 && <p>{t("tray.empty")}</p>}
        <ul className={styles["list"]}>
          {tray.map((item) => (
            <li key={item.saleId} className={styles["item"]}>
              <b className={styles["number"]}>{item.saleId}</b>
              <span className={styles["facts"]}>
                <span>{format.money(item.totalMinor)}</span>
                <span className={styles["when"]}>
                  {format.dateTime(item.atMs)} ·{" "}
                  {t("tray.printedAt", { time: format.time(item.printedAtMs) })}
                </span>
              </span>
              <Button
                icon="hand"
                isBusy={handOver.isPending && handOver.variables.saleId === item.saleId}
                onPress={() => handOver.mutate({ requestId: newRequestId(), saleId: item.saleId })}
              >
                {t("tray.handOver")}
              </Button>
            </li>
          ))}
        </ul>
        {trayCount > tray.length && (
          <p className={styles["when"]}>{t("tray.more", { count: trayCount - tray.length })}</p>
        )}
      </Dialog>
    </>
  );
}
