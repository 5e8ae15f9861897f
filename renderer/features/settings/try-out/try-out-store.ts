import { useSyncExternalStore } from "react";
import type { PrinterConfig, PrinterSlot } from "../../../../main/contract/printers.ts";
import { wayKey } from "../printer/printer-form.ts";
import { isAnswered, NOTHING_FOUND, stepsOf, type Findings, type TryOutStep } from "./try-out.ts";

/** Trying a printer out, as far as it has come. */
interface TryOutState {
  /** null: not begun. */
  step: TryOutStep | null;
  findings: Findings;
}

const NOT_BEGUN: TryOutState = { step: null, findings: NOTHING_FOUND };

// Outside of the components: the dialog is left to look after the printer, the page to sell something.
const states = new Map<string, TryOutState>();
const listeners = new Set<() => void>();

function set(key: string, next: TryOutState): void {
  states.set(key, next);
  for (const listener of listeners) listener();
}

function onTryOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface TryOut extends TryOutState {
  /** Opens at the step it was left at, or at the first open question. */
  begin: () => void;
  go: (step: TryOutStep) => void;
  note: (found: Partial<Findings>) => void;
  /** It was kept by the till; the next time begins from the start. */
  forget: () => void;
}

/** What was found out about one printer in one place and is not kept by the till yet. */
export function useTryOut(slot: PrinterSlot, printer: PrinterConfig): TryOut {
  const key = `${slot} ${wayKey(printer)}`;
  const now = () => states.get(key) ?? NOT_BEGUN;
  const state = useSyncExternalStore(onTryOut, now);
  return {
    ...state,
    begin: () => {
      const { step, findings } = now();
      const steps = stepsOf(printer, findings);
      const isStill = step !== null && steps.includes(step);
      const open = steps.find((one) => !isAnswered(one, findings)) ?? "summary";
      set(key, { findings, step: isStill ? step : open });
    },
    go: (step) => set(key, { ...now(), step }),
    note: (found) => set(key, { ...now(), findings: { ...now().findings, ...found } }),
    forget: () => set(key, NOT_BEGUN),
  };
}
