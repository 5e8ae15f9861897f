import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useCall, useFeed, type CallRefused } from "../../bridge/index.ts";
import { Button, cx, EmptyState, Icon, RefusalNote, Spinner, Switch } from "../../ui/index.ts";
import { LoadError } from "../../ui/load-error.tsx";
import { FAULTS, isFaultOn, SWITCHES, type PracticeAct, type PracticePaper } from "./acts.ts";
import styles from "./practice-printer.module.css";

const SLIPS = { slips: 6 };
/** The paper moves in many small steps; one look per pause is enough. */
const LOOK_PAUSE_MS = 300;

/** A printer made of nothing but paper on the screen, with everything that can go wrong on switches. */
export function PracticePrinterPanel() {
  const { t } = useTranslation("practice");
  const client = useQueryClient();
  const paper = useCall("practice.paper", SLIPS);
  const act = useAct("practice.act");
  const look = () => void client.invalidateQueries({ queryKey: ["practice.paper"] });
  usePaperMoves(look);

  const run = (name: PracticeAct) => act.mutate({ act: name }, { onSettled: look });

  if (paper.isError) return <NoPractice onRetry={() => void paper.refetch()} error={paper.error} />;
  if (!paper.data)
    return (
      <p className={styles["waiting"]} role="status">
        <Spinner /> {t("loading")}
      </p>
    );
  return (
    <div className={styles["room"]}>
      <div className={styles["panel"]}>
        <Machine paper={paper.data} />
        <div className={styles["desk"]}>
          <p className={styles["lead"]}>{t("lead")}</p>
          {act.error && <RefusalNote error={act.error} />}
          <Switches paper={paper.data} onAct={run} />
          <Faults paper={paper.data} onAct={run} />
        </div>
      </div>
    </div>
  );
}

function usePaperMoves(look: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useFeed("paper", () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      look();
    }, LOOK_PAUSE_MS);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}

function NoPractice({ error, onRetry }: { error: CallRefused; onRetry: () => void }) {
  const { t } = useTranslation("practice");
  if (error.code === "NOT_A_PRACTICE_PRINTER")
    return (
      <EmptyState icon="printer" title={t("notPractice.title")}>
        <p>{t("notPractice.body")}</p>
        <a href="#/settings/printer">{t("notPractice.open")}</a>
      </EmptyState>
    );
  return (
    <LoadError title={t("error.title")} error={error} retry={t("error.retry")} onRetry={onRetry} />
  );
}

/** The printer as seen from the front, its newest paper hanging out of it. */
function Machine({ paper }: { paper: PracticePaper }) {
  const { t } = useTranslation("practice");
  const isOff = paper.power === "off";
  const canPrint = SWITCHES.every((entry) => entry.isGood(paper));
  const lamp = isOff ? "off" : canPrint ? "ready" : "stopped";
  const newestFirst = paper.slips.toReversed();
  return (
    <div className={styles["machine"]}>
      <div className={cx(styles["body"], paper.cover === "open" && styles["open"])}>
        <span className={cx(styles["lamp"], styles[lamp])} />
        <span className={styles["lampWord"]}>{t(`lamp.${lamp}`)}</span>
        {paper.cover === "open" && <Icon name="coverOpen" size={22} />}
        {paper.paper === "out" && <Icon name="paperOut" size={22} />}
        {paper.cutter === "jammed" && <Icon name="cutter" size={22} />}
        <span className={styles["slot"]} />
      </div>
      <div className={styles["paper"]} role="region" aria-label={t("paper")} tabIndex={0}>
        {newestFirst.length === 0 && <p className={styles["noPaper"]}>{t("noPaper")}</p>}
        {newestFirst.map((slip, index) => (
          <img
            key={slip.id}
            className={cx(styles["slip"], !slip.cut && index === 0 && styles["hanging"])}
            src={`data:image/png;base64,${slip.png}`}
            alt={t("slip", {
              id: slip.id,
              mm: Math.round(slip.heightMm),
              text: slip.text.replace(/\s+/g, " ").trim(),
            })}
          />
        ))}
      </div>
    </div>
  );
}

interface ActProps {
  paper: PracticePaper;
  onAct: (act: PracticeAct) => void;
}

function Switches({ paper, onAct }: ActProps) {
  const { t } = useTranslation("practice");
  return (
    <section aria-labelledby="practice-switches">
      <h3 id="practice-switches" className={styles["heading"]}>
        {t("switches")}
      </h3>
      <ul className={styles["switches"]}>
        {SWITCHES.map((entry) => {
          const isGood = entry.isGood(paper);
          const isLow = entry.name === "paper" && paper.paper === "nearEnd";
          return (
            <li key={entry.name} className={cx(styles["switch"], !isGood && styles["bad"])}>
              <span className={styles["what"]}>{t(`switch.${entry.name}.name`)}</span>
              <span className={styles["how"]}>
                <Icon name={isGood ? "check" : "alert"} size={18} />
                {t(`switch.${entry.name}.${isLow ? "nearEnd" : isGood ? "good" : "bad"}`)}
              </span>
              <Button size="small" onPress={() => onAct(isGood ? entry.makeBad : entry.makeGood)}>
                {t(`switch.${entry.name}.${isGood ? "makeBad" : "makeGood"}`)}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A fault is set with its switch; the printer ends all of them at once, as a repair does. */
function Faults({ paper, onAct }: ActProps) {
  const { t } = useTranslation("practice");
  return (
    <section aria-labelledby="practice-faults">
      <div className={styles["faultsHead"]}>
        <h3 id="practice-faults" className={styles["heading"]}>
          {t("faults")}
        </h3>
        <Button
          size="small"
          icon="refresh"
          isDisabled={paper.faults.length === 0}
          onPress={() => onAct("clearFaults")}
        >
          {t("act.clearFaults")}
        </Button>
      </div>
      <div className={styles["faults"]}>
        {FAULTS.map((name) => {
          const isOn = isFaultOn(paper, name);
          return (
            <Switch
              key={name}
              label={t(`act.${name}`)}
              detail={t(`note.${name}`)}
              isSelected={isOn}
              isDisabled={isOn}
              onChange={(next) => {
                if (next) onAct(name);
              }}
            />
          );
        })}
      </div>
    </section>
  );
}
