import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BackupPreview } from "../../../../main/contract/backup.ts";
import { useSettings } from "../../../bridge/index.ts";
import {
  Button,
  cx,
  Icon,
  RefusalNote,
  screenMoney,
  useFormat,
  type IconName,
} from "../../../ui/index.ts";
import { isPin, PinField } from "../../../ui/pin-dialog.tsx";
import { ReadingStep } from "./reading-step.tsx";
import styles from "./restore.module.css";
import type { Restore } from "./use-restore.ts";
import { consequencesOf } from "./consequences.ts";
import { GivenUp } from "./given-up.tsx";
import { asksLastOnPaper, LastOnPaper, readLastOnPaper } from "./last-on-paper.tsx";

interface PreviewProps {
  restore: Restore;
  preview: BackupPreview;
  /** The till's when the backup was read. */
  newestSaleId: number;
}

/** What the backup holds, what going back to it would cost, and the key for it. */
export function PreviewStep({ restore, preview, newestSaleId }: PreviewProps) {
  const { ready, currency } = useSettings();
  if (restore.isRunning) return <ReadingStep isRestoring />;
  return (
    <div className={styles["preview"]}>
      <Slip preview={preview} />
      <div className={styles["decision"]}>
        <Consequences preview={preview} isEmptyHere={!ready} />
        {ready && preview.here && (
          <GivenUp here={preview.here} currency={currency} newestSaleId={newestSaleId} />
        )}
        <Agree restore={restore} preview={preview} needsPin={ready} />
      </div>
    </div>
  );
}

function Slip({ preview }: { preview: BackupPreview }) {
  const { t } = useTranslation("backup");
  const format = useFormat();
  const { facts, currency, atMs, reason, by, shop, tillId } = preview;
  const rows: [word: string, value: string][] = [
    [
      t("restore.made"),
      t("restore.madeBy", { time: format.dateTime(atMs), reason: t(`list.reason.${reason}`), by }),
    ],
    [
      t("restore.sales"),
      t("restore.salesValue", {
        count: facts.sales,
        money: screenMoney(facts.totalMinor, currency),
      }),
    ],
    [
      t("restore.days"),
      t("restore.daysValue", { count: facts.days, date: facts.newestDay ?? t("list.unknown") }),
    ],
    [
      t("restore.newestSale"),
      facts.newestSaleAtMs === null
        ? t("list.unknown")
        : t("restore.newestSaleValue", {
            id: facts.newestSaleId,
            time: format.dateTime(facts.newestSaleAtMs),
          }),
    ],
    [t("restore.till"), tillId.slice(0, 8)],
    [t("restore.head"), `${facts.head.seq} · ${facts.head.hash.slice(0, 10)}`],
  ];
  return (
    <div className={styles["well"]}>
      <div className={styles["slip"]}>
        <h3 className={styles["shop"]}>{shop}</h3>
        <dl className={styles["facts"]}>
          {rows.map(([word, value]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className={styles["checked"]}>
          <Icon name="checkCircle" size={20} />
          {t("restore.checked")}
        </p>
      </div>
    </div>
  );
}

function Consequences({ preview, isEmptyHere }: { preview: BackupPreview; isEmptyHere: boolean }) {
  const { t } = useTranslation("backup");
  const { here, facts } = preview;
  return (
    <ul className={styles["consequences"]}>
      {consequencesOf(preview, isEmptyHere).map(({ key, tone }) => (
        <li key={key} className={cx(styles["consequence"], styles[tone])}>
          <Icon name={ICON[tone]} size={20} />
          <span>
            {t(`restore.${key}`, {
              count: countOf(key, preview),
              from: here?.lostFromSaleId ?? facts.newestSaleId,
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}

const ICON: Record<"calm" | "wait" | "bad", IconName> = {
  calm: "check",
  wait: "alert",
  bad: "alert",
};

function countOf(key: string, { here, facts, findings }: BackupPreview): number {
  if (key === "flagged") return findings.length;
  if (key === "newer") return facts.sales - (here?.facts?.sales ?? 0);
  if (key === "carried") return here?.carried?.sales ?? 0;
  return here?.lostSales ?? 0;
}

interface AgreeProps {
  restore: Restore;
  preview: BackupPreview;
  needsPin: boolean;
}

function Agree({ restore, preview, needsPin }: AgreeProps) {
  const { t } = useTranslation(["backup", "settings"]);
  const [pin, setPin] = useState("");
  const [paper, setPaper] = useState("");
  const asked = asksLastOnPaper(preview, !needsPin) ? paper : "";
  const lastOnPaper = readLastOnPaper(asked, preview.facts.newestSaleId);
  const isReady = (!needsPin || isPin(pin)) && typeof lastOnPaper !== "string";
  return (
    <form
      className={styles["agree"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        restore.run(needsPin ? pin : null, lastOnPaper);
        setPin("");
      }}
    >
      {asksLastOnPaper(preview, !needsPin) && (
        <LastOnPaper
          value={paper}
          onChange={setPaper}
          problem={typeof lastOnPaper === "string" ? lastOnPaper : null}
          newestSaleId={preview.facts.newestSaleId}
        />
      )}
      {needsPin && (
        <>
          <p>{t("restore.pinLead")}</p>
          <PinField value={pin} onChange={setPin} label={t("settings:pin.field")} />
        </>
      )}
      {restore.runError && <RefusalNote error={restore.runError} />}
      <div className={styles["keys"]}>
        <Button variant="quiet" icon="left" onPress={restore.back}>
          {t("restore.back")}
        </Button>
        <Button variant="go" size="big" type="submit" isDisabled={!isReady}>
          {t(needsPin ? "restore.confirm" : "restore.confirmEmpty")}
        </Button>
      </div>
    </form>
  );
}
