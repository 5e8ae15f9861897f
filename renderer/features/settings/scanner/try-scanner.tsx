import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { mayBePayment } from "../../../../main/domain/scan/meaning.ts";
import { useAct, useSetSettings, useSettings } from "../../../bridge/index.ts";
import { Icon, PaperStrip, RefusalNote } from "../../../ui/index.ts";
import styles from "../settings.module.css";
import own from "./scanner.module.css";
import { learn, triedKey, type Learned, type TriedKey } from "./learn.ts";

/** Holds what other keyboards put elsewhere: German Y, Z and -, French A, Q, W, Z, M and the digits. */
const SAMPLE = "YZ-QAWM-105";
/** Longer than the slowest scanner waits inside of a code. */
const OVER_MS = 500;

/** A field to scan into: says what came and keeps what it tells of the scanner, for this PC. */
export function TryScanner() {
  const { t } = useTranslation("settings");
  const { scanner } = useSettings();
  const setSettings = useSetSettings();
  const act = useAct("settings.scanner");
  const [result, setResult] = useState<Learned | null>(null);
  const keys = useRef<TriedKey[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const finish = () => {
    const learned = learn(keys.current, SAMPLE, scanner);
    keys.current = [];
    setResult(learned);
    if (learned.verdict === "typed") return;
    act.mutate({ scanner: learned.scanner }, { onSuccess: setSettings });
  };
  const onKeyDown = ({ nativeEvent: event }: KeyboardEvent) => {
    const key = triedKey(event);
    // Tab on its own goes on to the next field.
    if (key.end !== null && keys.current.length === 0) return;
    event.preventDefault();
    keys.current.push(key);
    clearTimeout(timer.current);
    timer.current = setTimeout(finish, OVER_MS);
  };

  return (
    <section className={styles["card"]} aria-labelledby="scanner-try">
      <h3 id="scanner-try" className={styles["cardTitle"]}>
        {t("scanner.tryTitle")}
      </h3>
      <p className={styles["lead"]}>{t("scanner.lead")}</p>
      <div className={own["try"]}>
        <PaperStrip
          lines={[{ kind: "code128", role: "code", data: SAMPLE }]}
          columns={32}
          edge="straight"
        />
        <label className={own["box"]}>
          <Icon name="scan" size={28} />
          <input
            readOnly
            data-scanner-trial=""
            className={own["input"]}
            value={result === null ? "" : shownText(result, t("scanner.payment"))}
            placeholder={t("scanner.placeholder")}
            aria-label={t("scanner.field")}
            onKeyDown={onKeyDown}
          />
        </label>
      </div>
      {act.error && <RefusalNote error={act.error} />}
      <div role="status" className={own["facts"]}>
        {result !== null && <Facts result={result} />}
      </div>
    </section>
  );
}

/** A payment code is worth money for a minute: never shown. */
function shownText({ text }: Learned, payment: string): string {
  return mayBePayment(text) ? payment : text;
}

function Facts({ result }: { result: Learned }) {
  const { t } = useTranslation("settings");
  const { verdict, scanner } = result;
  const isGood = verdict === "right" || verdict === "us";
  return (
    <>
      <p className={own["verdict"]}>
        <Icon name={isGood ? "check" : "alert"} size={22} />
        <b>{t(`scanner.verdict.${verdict}`)}</b>
      </p>
      <p>{t(`scanner.now.${verdict}`)}</p>
      {verdict !== "typed" && (
        <p className={styles["lead"]}>
          {t(`scanner.suffix.${scanner.suffix ?? "none"}`)}{" "}
          {t("scanner.pace", { ms: scanner.paceMs })} {t("scanner.kept")}
        </p>
      )}
    </>
  );
}
