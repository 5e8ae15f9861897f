import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PrinterConfig, PrinterSlot } from "../../../main/contract/printers.ts";
import { useSettings, useStatus } from "../../bridge/index.ts";
import { Icon, Switch } from "../../ui/index.ts";
import { ChoosePrinter } from "./printer/choose-printer.tsx";
import { NoBackup, PrinterCard } from "./printer/printer-card.tsx";
import { SaveBar } from "./save-bar.tsx";
import styles from "./settings.module.css";
import { useOwnerDraft } from "./use-owner-draft.ts";

/** Where receipts come out, what else can take over, and whether they print by themselves. */
export function PrinterSection() {
  const { t } = useTranslation("settings");
  const draft = useOwnerDraft();
  const saved = useSettings();
  const status = useStatus();
  const [choosing, setChoosing] = useState<PrinterSlot | null>(null);
  const { printer, backupPrinter, autoPrint } = draft.value;
  const isSaved = (draftOf: PrinterConfig, savedOf: PrinterConfig | null) =>
    JSON.stringify(draftOf) === JSON.stringify(savedOf);
  const backupStatus =
    backupPrinter && isSaved(backupPrinter, saved.backupPrinter) ? status.backupPrinter : null;
  const chosen = { receipt: printer, backup: backupPrinter };
  return (
    <>
      <div className={styles["form"]}>
        <p className={styles["lead"]}>{t("printer.lead")}</p>
        <div className={styles["printers"]}>
          <PrinterCard
            slot="receipt"
            printer={printer}
            status={isSaved(printer, saved.printer) ? status.printer : null}
            onChoose={() => setChoosing("receipt")}
          />
          {backupPrinter ? (
            <PrinterCard
              slot="backup"
              printer={backupPrinter}
              status={backupStatus}
              onChoose={() => setChoosing("backup")}
              onRemove={() => draft.change({ backupPrinter: null })}
            />
          ) : (
            <NoBackup onChoose={() => setChoosing("backup")} />
          )}
        </div>
        <section className={styles["card"]}>
          <Switch
            label={t("printer.auto.label")}
            {...(autoPrint ? { detail: t("printer.auto.on") } : {})}
            isSelected={autoPrint}
            onChange={(next) => draft.change({ autoPrint: next })}
          />
          {!autoPrint && (
            <p className={styles["note"]}>
              <Icon name="alert" size={20} />
              {t("printer.auto.off")}
            </p>
          )}
        </section>
      </div>
      <SaveBar draft={draft} />
      {(["receipt", "backup"] as const).map((slot) => (
        <ChoosePrinter
          key={slot}
          slot={slot}
          isOpen={choosing === slot}
          onClose={() => setChoosing(null)}
          current={chosen[slot]}
          other={chosen[slot === "receipt" ? "backup" : "receipt"]}
          onChoose={(config) =>
            draft.change(slot === "receipt" ? { printer: config } : { backupPrinter: config })
          }
        />
      ))}
    </>
  );
}
