import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PrinterConfig, PrinterSlot } from "../../../../main/contract/printers.ts";
import type { PrinterStatus } from "../../../../main/contract/status.ts";
import { useStatus } from "../../../bridge/index.ts";
import { Button, cx, Dialog, Icon } from "../../../ui/index.ts";
import { dismissToast, toasts } from "../../../ui/toast-store.ts";
import { printerLook } from "../../frame/printer-look.ts";
import { PracticePrinterPanel } from "../../practice-printer/practice-printer-panel.tsx";
import { useReach } from "../try-out/use-reach.ts";
import { TryOutDialog } from "../try-out/try-out-dialog.tsx";
import { useTryOut } from "../try-out/try-out-store.ts";
import { progressOf } from "../try-out/try-out.ts";
import styles from "./printer-card.module.css";
import { PrinterFacts } from "./printer-facts.tsx";
import { PaperLeft } from "./paper-left.tsx";
import { TestOutcome } from "./test-outcome.tsx";

interface PrinterCardProps {
  slot: PrinterSlot;
  /** As the draft has it. */
  printer: PrinterConfig;
  /** The till's word about the saved one; null when another is chosen and not saved yet. */
  status: PrinterStatus | null;
  onChoose: () => void;
  /** Takes it out of this place; only a backup can be done without. */
  onRemove?: () => void;
}

/** One printer in its place: the machine with its lamp, and a slip from it that says what is known of it. */
export function PrinterCard({ slot, printer, status, onChoose, onRemove }: PrinterCardProps) {
  const { t } = useTranslation("settings");
  const id = `printer-${slot}`;
  return (
    <section className={styles["card"]} aria-labelledby={id}>
      <Machine slot={slot} id={id} status={status} />
      <div className={styles["well"]}>
        <PrinterFacts printer={status?.config ?? printer} status={status} />
      </div>
      {status ? (
        <Saved slot={slot} status={status} onChoose={onChoose} onRemove={onRemove} />
      ) : (
        <>
          <p className={styles["unsaved"]}>
            <Icon name="pencil" size={18} />
            {t("printer.unsaved")}
          </p>
          <div className={styles["actions"]}>
            <ChooseKeys onChoose={onChoose} onRemove={onRemove} />
          </div>
        </>
      )}
    </section>
  );
}

interface ChooseKeysProps {
  onChoose: () => void;
  onRemove: (() => void) | undefined;
}

function ChooseKeys({ onChoose, onRemove }: ChooseKeysProps) {
  const { t } = useTranslation("settings");
  return (
    <>
      <Button icon="printer" onPress={onChoose}>
        {t("printer.choose")}
      </Button>
      {onRemove && (
        <Button variant="quiet" size="small" icon="close" onPress={onRemove}>
          {t("printer.remove")}
        </Button>
      )}
    </>
  );
}

/** What can be done with a printer the till is using. */
function Saved({
  slot,
  status,
  ...choose
}: { slot: PrinterSlot; status: PrinterStatus } & ChooseKeysProps) {
  const reach = useReach(slot, status.config);
  const { t } = useTranslation("settings");
  return (
    <>
      <Warnings slot={slot} status={status} />
      <div className={styles["actions"]}>
        <TryOutKey slot={slot} status={status} />
        <Button icon="paper" isBusy={reach.isBusy} onPress={reach.run}>
          {t("printer.test.action")}
        </Button>
        <ChooseKeys {...choose} />
        {status.config.kind === "practice" && <PracticeKey />}
      </div>
      <TestOutcome reach={reach} />
      <PaperLeft status={status} />
    </>
  );
}

function Machine({
  slot,
  id,
  status,
}: {
  slot: PrinterSlot;
  id: string;
  status: PrinterStatus | null;
}) {
  const { t } = useTranslation(["settings", "common", "causes"]);
  const look = status ? printerLook(status) : ({ icon: "pencil", tone: "wait" } as const);
  const word =
    status === null
      ? t("printer.notSaved")
      : status.cause !== null && status.state !== "ready" && status.state !== "printing"
        ? t(`causes:${status.cause}.name`)
        : t(`common:printer.${status.state}`);
  return (
    <header className={cx(styles["machine"], styles[look.tone])}>
      <h3 id={id} className={styles["place"]}>
        {t(`printer.slot.${slot}`)}
      </h3>
      <p className={styles["state"]}>
        <span className={styles["lamp"]} aria-hidden="true" />
        <Icon name={look.icon} size={18} />
        {word}
      </p>
      <span className={styles["mouth"]} aria-hidden="true" />
    </header>
  );
}

/** Settings that will cost a receipt, in a sentence each; what the slip above says already is left out. */
function Warnings({ slot, status }: { slot: PrinterSlot; status: PrinterStatus }) {
  const { t } = useTranslation("settings");
  const { warnings } = useStatus();
  const codes = warnings
    .filter((warning) => warning.slot === slot)
    .map(({ code }) => code)
    .filter((code) => code !== "notQualified" && code !== "practicePrinter");
  if (codes.length === 0) return null;
  const values = { mm: status.widthMm, columns: status.qualification?.columns ?? 0 };
  return (
    <ul className={styles["warnings"]}>
      {codes.map((code) => (
        <li key={code}>
          <Icon name="alert" size={20} />
          {t(
            slot === "backup" && code === "wrongWidth"
              ? "printer.warning.backupWidth"
              : `printer.warning.${code}`,
            values,
          )}
        </li>
      ))}
    </ul>
  );
}

function TryOutKey({ slot, status }: { slot: PrinterSlot; status: PrinterStatus }) {
  const { t } = useTranslation("settings");
  const [isOpen, setOpen] = useState(false);
  const tryOut = useTryOut(slot, status.config);
  const { done, of } = progressOf(status.config, tryOut.findings);
  return (
    <>
      <Button
        icon="checkCircle"
        onPress={() => {
          // "Saved" would lie on the keys of the dialog.
          for (const { id } of toasts()) dismissToast(id);
          tryOut.begin();
          setOpen(true);
        }}
      >
        {tryOut.step !== null
          ? t("printer.tryOn", { done, of })
          : t(status.qualification ? "printer.tryAgain" : "printer.tryOut")}
      </Button>
      {isOpen && (
        <TryOutDialog slot={slot} printer={status.config} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

function PracticeKey() {
  const { t } = useTranslation("settings");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="quiet" icon="paper" onPress={() => setOpen(true)}>
        {t("printer.openPractice")}
      </Button>
      <Dialog
        title={t("printer.practice")}
        size="wide"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      >
        <div className={styles["practice"]}>
          <PracticePrinterPanel />
        </div>
      </Dialog>
    </>
  );
}

/** The place of the second printer while there is none: a normal state, not a gap. */
export function NoBackup({ onChoose }: { onChoose: () => void }) {
  const { t } = useTranslation("settings");
  return (
    <section className={cx(styles["card"], styles["none"])} aria-labelledby="printer-backup">
      <h3 id="printer-backup" className={styles["place"]}>
        {t("printer.slot.backup")}
      </h3>
      <p className={styles["noneWord"]}>
        <Icon name="check" size={18} />
        {t("printer.noBackup")}
      </p>
      <p className={styles["lead"]}>{t("printer.noBackupMore")}</p>
      <Button icon="plus" onPress={onChoose}>
        {t("printer.chooseBackup")}
      </Button>
    </section>
  );
}
