import { useEffect, useId, useRef, type ReactNode } from "react";
import type { CallRefused } from "../../../bridge/index.ts";
import { RefusalNote } from "../../../ui/index.ts";
import { PracticePaper } from "./practice-paper.tsx";
import type { StepProps } from "./step.ts";
import styles from "./try-out.module.css";

/**
 * One question: on the left what to do and the key that makes the printer do it, on the right what to look at. When the
 * printer is done the focus goes on to the answer, so that Enter and the arrow keys are enough.
 */
export function StepFrame({
  of: { slot, printer },
  title,
  lead,
  isBusy,
  error,
  keys,
  note,
  children,
}: {
  of: Pick<StepProps, "slot" | "printer">;
  title: string;
  lead: ReactNode;
  /** The printer has been asked and is not done. */
  isBusy: boolean;
  error: CallRefused | null;
  /** What makes the printer do it. */
  keys: ReactNode;
  note?: ReactNode;
  /** The answer. */
  children: ReactNode;
}) {
  const id = useId();
  const keysRef = useRef<HTMLDivElement>(null);
  const answerRef = useRef<HTMLDivElement>(null);
  const wasBusy = useRef(false);
  useEffect(() => {
    if (wasBusy.current && !isBusy) {
      const answer =
        error === null ? (focusable(answerRef.current) ?? nextKey(keysRef.current)) : null;
      (answer ?? focusable(keysRef.current))?.focus();
    }
    wasBusy.current = isBusy;
  }, [isBusy, error]);
  return (
    <section className={styles["frame"]} aria-labelledby={id}>
      <div className={styles["do"]}>
        <h3 id={id} className={styles["question"]}>
          {title}
        </h3>
        <div className={styles["lead"]}>{lead}</div>
        <div ref={keysRef} className={styles["keys"]}>
          {keys}
        </div>
        {error && !isBusy && <RefusalNote error={error} />}
        {note}
        {slot === "receipt" && printer.kind === "practice" && <PracticePaper />}
      </div>
      <div ref={answerRef} className={styles["look"]}>
        {children}
      </div>
    </section>
  );
}

/** The chosen answer, or else the first thing that can be pressed. */
function focusable(room: HTMLElement | null): HTMLElement | null {
  return (
    room?.querySelector<HTMLElement>("input:checked") ??
    room?.querySelector<HTMLElement>("input, button:not(:disabled)") ??
    null
  );
}

/** The key that goes on, when there is nothing left to answer; it stands outside of the form, below it. */
function nextKey(room: HTMLElement | null): HTMLElement | null {
  const form = room?.closest("form");
  const submits = form ? [...form.elements] : [];
  return (
    submits.find(
      (element): element is HTMLButtonElement =>
        element instanceof HTMLButtonElement && element.type === "submit" && !element.disabled,
    ) ?? null
  );
}
