import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DayReport } from "../../../main/contract/day.ts";
import { newRequestId, useAct, useSetStatus, useSettings, useStatus } from "../../bridge/index.ts";
import { Button, Dialog, Icon, RefusalNote, Select, toast } from "../../ui/index.ts";
import { isPin, PinField } from "../../ui/pin-dialog.tsx";
import styles from "./day-end.module.css";
import { useReportMoney } from "./report-money.ts";
import { useBusinessDate } from "./use-business-date.ts";

/** Ends the day. With receipts owed a named person signs for them, and they stay owed. */
export function CloseDay({ report }: { report: DayReport }) {
  const { t } = useTranslation("dayEnd");
  const dateOf = useBusinessDate();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="go" size="big" icon="day" onPress={() => setIsOpen(true)}>
        {t("close.action")}
      </Button>
      <Dialog
        title={t("close.title", { date: dateOf(report.date) })}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
      >
        {isOpen && <CloseForm report={report} onDone={() => setIsOpen(false)} />}
      </Dialog>
    </>
  );
}

function CloseForm({ report, onDone }: { report: DayReport; onDone: () => void }) {
  const { t } = useTranslation("dayEnd");
  const { cashiers } = useSettings();
  const status = useStatus();
  const money = useReportMoney(report);
  const close = useCloseDay(onDone);
  const [name, setName] = useState(status.cashier ?? "");
  const [pin, setPin] = useState("");
  const owed = status.owedCount;
  const isReady = owed === 0 || (name !== "" && isPin(pin));

  return (
    <form
      className={styles["closeForm"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !close.isPending) close.run(owed === 0 ? null : { name, pin });
      }}
    >
      <p className={styles["closeLead"]}>
        {t("close.lead", { count: report.sales, amount: money(report.totalMinor) })}
      </p>
      {owed === 0 ? (
        <p className={styles["clean"]}>
          <Icon name="checkCircle" size={22} /> {t("close.clean")}
        </p>
      ) : (
        <>
          <div className={styles["sign"]}>
            <p className={styles["owedTitle"]}>
              <Icon name="alert" size={22} /> {t("close.owedTitle", { count: owed })}
            </p>
            <p>{t("close.owedBody")}</p>
          </div>
          <Select
            label={t("close.who")}
            value={name}
            onChange={setName}
            options={cashiers.map((cashier) => ({ value: cashier, label: cashier }))}
          />
          <PinField label={t("close.pin")} value={pin} onChange={setPin} />
        </>
      )}
      {close.error && <RefusalNote error={close.error} />}
      <div className={styles["closeKeys"]}>
        <Button onPress={onDone}>{t("close.cancel")}</Button>
        <Button
          type="submit"
          variant="go"
          size="big"
          isBusy={close.isPending}
          isDisabled={!isReady}
        >
          {t(owed === 0 ? "close.confirm" : "close.confirmSigned")}
        </Button>
      </div>
    </form>
  );
}

function useCloseDay(onDone: () => void) {
  const { t } = useTranslation("dayEnd");
  const client = useQueryClient();
  const setStatus = useSetStatus();
  const dateOf = useBusinessDate();
  const act = useAct("day.close");
  return {
    isPending: act.isPending,
    error: act.error,
    run: (signature: { name: string; pin: string } | null) =>
      act.mutate(
        { requestId: newRequestId(), signature },
        {
          onSuccess: ({ report, status }) => {
            client.setQueryData(["day.report", { dayId: report.dayId }], report);
            void client.invalidateQueries({ queryKey: ["day.list"] });
            setStatus(status);
            toast("go", t("close.done", { date: dateOf(report.date) }));
            onDone();
          },
        },
      ),
  };
}
