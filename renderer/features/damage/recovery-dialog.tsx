import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DamageReport } from "../../../main/contract/damage.ts";
import { call, CallRefused, useSettings, useStatus } from "../../bridge/index.ts";
import { go } from "../../routing.ts";
import {
  Button,
  Dialog,
  Icon,
  RefusalNote,
  screenMoney,
  Spinner,
  useFormat,
} from "../../ui/index.ts";
import { isPin, PinField } from "../../ui/pin-dialog.tsx";
import { saveFile } from "../day-end/save-file.ts";
import styles from "./damage.module.css";
import { DoubtfulList } from "./doubtful-list.tsx";
import { recoveredNote } from "./recovered-note.ts";

/** Look first, then agree: what is proved goes back into the books, and nothing else does. */
export function RecoveryDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation("damage");
  return (
    <Dialog title={t("recovery.title")} size="wide" isOpen={isOpen} onClose={onClose}>
      {isOpen && <Steps />}
    </Dialog>
  );
}

type Step =
  | { name: "pin"; error: CallRefused | null }
  | { name: "busy"; word: "reading" | "merging" }
  | { name: "report"; report: DamageReport; pin: string; error: CallRefused | null };

function Steps() {
  const [step, setStep] = useState<Step>({ name: "pin", error: null });
  const look = async (pin: string) => {
    setStep({ name: "busy", word: "reading" });
    try {
      setStep({ name: "report", report: await call("damage.inspect", { pin }), pin, error: null });
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error;
      setStep({ name: "pin", error });
    }
  };
  const merge = async (report: DamageReport, pin: string) => {
    setStep({ name: "busy", word: "merging" });
    try {
      const { fingerprint } = report;
      recoveredNote.keep(await call("damage.recover", { pin, fingerprint }));
      go("#/history");
      // Nothing this page has read before is true of the books it shows now.
      window.location.reload();
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error;
      setStep({ name: "report", report, pin, error });
    }
  };
  switch (step.name) {
    case "pin":
      return <PinStep error={step.error} onPin={(pin) => void look(pin)} />;
    case "busy":
      return <Busy word={step.word} />;
    case "report":
      return (
        <Report
          report={step.report}
          pin={step.pin}
          error={step.error}
          onMerge={() => void merge(step.report, step.pin)}
        />
      );
  }
}

function PinStep({ error, onPin }: { error: CallRefused | null; onPin: (pin: string) => void }) {
  const { t } = useTranslation(["damage", "settings"]);
  const [pin, setPin] = useState("");
  return (
    <form
      className={styles["narrow"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (isPin(pin)) onPin(pin);
      }}
    >
      <p>{t("recovery.lead")}</p>
      <PinField value={pin} onChange={setPin} label={t("settings:pin.field")} autoFocus />
      {error && <RefusalNote error={error} />}
      <Button variant="go" size="big" type="submit" isDisabled={!isPin(pin)}>
        {t("recovery.look")}
      </Button>
    </form>
  );
}

function Busy({ word }: { word: "reading" | "merging" }) {
  const { t } = useTranslation("damage");
  const { damage } = useStatus();
  const share = damage?.progress ?? null;
  return (
    <div className={styles["busy"]} role="status">
      <Spinner size={32} />
      <p>{t(`recovery.${word}`)}</p>
      {share !== null && <p className={styles["share"]}>{Math.round(share * 100)} %</p>}
    </div>
  );
}

function Report({
  report,
  pin,
  error,
  onMerge,
}: {
  report: DamageReport;
  pin: string;
  error: CallRefused | null;
  onMerge: () => void;
}) {
  const { t } = useTranslation("damage");
  const format = useFormat();
  const { currency } = useSettings();
  const { sales, firstSaleId, lastSaleId, totalMinor, newestAtMs, fromBackups, lost } = report;
  const isAll = lost === 0 && report.doubtfulCount === 0;
  const rows: [word: string, value: string][] = [
    [
      t("report.sales"),
      firstSaleId === null
        ? t("report.none")
        : t("report.salesValue", { count: sales, first: firstSaleId, last: lastSaleId }),
    ],
    [t("report.total"), screenMoney(totalMinor, currency)],
    ...(newestAtMs === null
      ? []
      : [[t("report.newest"), format.dateTime(newestAtMs)] as [string, string]]),
    ...(fromBackups === 0
      ? []
      : [
          [t("report.fromBackups"), t("report.entries", { count: fromBackups })] as [
            string,
            string,
          ],
        ]),
  ];
  return (
    <div className={styles["report"]}>
      <section className={styles["proved"]} aria-labelledby="damage-proved">
        <h3 id="damage-proved">
          <Icon name="checkCircle" size={22} />
          {t("report.proved")}
        </h3>
        <dl>
          {rows.map(([word, value]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className={styles["small"]}>{t("report.provedMore")}</p>
      </section>
      <section className={styles["rest"]} aria-labelledby="damage-rest">
        <h3 id="damage-rest">
          <Icon name={isAll ? "check" : "question"} size={22} />
          {t(isAll ? "report.allProved" : "report.notProved")}
        </h3>
        {isAll ? <p>{t("report.allProvedMore")}</p> : <Doubts report={report} pin={pin} />}
      </section>
      {error && <RefusalNote error={error} />}
      <div className={styles["keys"]}>
        <Button
          variant="go"
          size="big"
          icon="check"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- what is left to do; else the dialog's cross has the focus
          autoFocus
          onPress={onMerge}
        >
          {t("report.merge", { count: sales })}
        </Button>
      </div>
    </div>
  );
}

function Doubts({ report, pin }: { report: DamageReport; pin: string }) {
  const { t } = useTranslation("damage");
  const [error, setError] = useState<CallRefused | null>(null);
  const save = async () => {
    try {
      const { fileName, text } = await call("damage.export", { pin });
      saveFile(fileName, text, "application/x-ndjson");
    } catch (problem) {
      if (!(problem instanceof CallRefused)) throw problem;
      setError(problem);
    }
  };
  return (
    <>
      <p>{t("report.lost", { count: report.lost, doubtful: report.doubtfulCount })}</p>
      {report.doubtful.length > 0 && <DoubtfulList doubtful={report.doubtful} />}
      <div>
        <Button icon="download" onPress={() => void save()}>
          {t("report.export")}
        </Button>
      </div>
      {error && <RefusalNote error={error} />}
    </>
  );
}
