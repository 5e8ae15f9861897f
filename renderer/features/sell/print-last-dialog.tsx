import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { newRequestId, useAct, useCall, useSetStatus, useStatus } from "../../bridge/index.ts";
import { Button, Dialog, Money, RefusalNote, toast, useFormat } from "../../ui/index.ts";
import { labelOf } from "./keys/keymap.ts";
import styles from "./print-last-dialog.module.css";
import { useSell } from "./sell-context.ts";

/** A numbered copy of the last receipt; says first which one it is, so that nobody prints the wrong one. */
export function PrintLastDialog() {
  const { t } = useTranslation("sell");
  const { lastSale } = useStatus();
  const { dialog, setDialog } = useSell();
  const isOpen = dialog === "printLast" && lastSale !== null;
  const format = useFormat();
  const setStatus = useSetStatus();
  const print = useAct("receipt.print");
  const sale = useCall("history.sale", { saleId: lastSale?.saleId ?? 1 }, { enabled: isOpen });
  const close = () => {
    print.reset();
    setDialog(null);
  };
  const start = () => {
    if (lastSale === null || print.isPending) return;
    print.mutate(
      { requestId: newRequestId(), saleId: lastSale.saleId, seen: null },
      {
        onSuccess: ({ status }) => {
          setStatus(status);
          toast("plain", t("printLast.sent", { saleId: lastSale.saleId }));
          close();
        },
      },
    );
  };
  const onKey = useEffectEvent(start);

  useEffect(() => {
    if (!isOpen) return;
    const listener = (event: KeyboardEvent) => {
      if (event.code !== "F9" || event.repeat) return;
      event.preventDefault();
      onKey();
    };
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [isOpen]);

  return (
    <Dialog
      title={t("printLast.title")}
      isOpen={isOpen}
      onClose={close}
      size="small"
      footer={
        <Button
          size="big"
          icon="printer"
          keyHint={labelOf("printLast")}
          isBusy={print.isPending}
          onPress={start}
        >
          {t("printLast.print")}
        </Button>
      }
    >
      {lastSale && (
        <p className={styles["sale"]}>
          <b className={styles["number"]}>{lastSale.saleId}</b>
          <Money minor={lastSale.totalMinor} isBig className={styles["amount"]} />
          <span className={styles["when"]}>
            {sale.data ? format.dateTime(sale.data.head.atMs) : " "}
          </span>
        </p>
      )}
      <p>{t("printLast.detail", { copy: sale.data?.nextCopy ?? 1 })}</p>
      {print.error && <RefusalNote error={print.error} />}
    </Dialog>
  );
}
