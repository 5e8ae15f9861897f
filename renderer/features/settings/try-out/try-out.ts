import type { CallInput } from "../../../../main/contract/calls.ts";
import type { Columns, PrinterConfig, Qualification } from "../../../../main/contract/printers.ts";
import { isQueue } from "../printer/printer-form.ts";

/** Rulers on the sample slip, in the order they are printed. The contract has the same four. */
export const RULERS = [32, 35, 42, 48] as const satisfies readonly Columns[];

export type TryOutStep = "reach" | "cover" | "width" | "chinese" | "cutter" | "drawer" | "summary";

/** What trying a printer out has shown so far; null: not seen yet. */
export interface Findings {
  reach: Pick<Qualification, "answers" | "fence" | "fenceMs" | "fingerprint"> | null;
  cover: Qualification["cover"] | null;
  columns: Columns | null;
  chinese: Qualification["chinese"] | null;
  cutter: boolean | null;
  drawer: Qualification["drawer"] | null;
}

export const NOTHING_FOUND: Findings = {
  reach: null,
  cover: null,
  columns: null,
  chinese: null,
  cutter: null,
  drawer: null,
};

/**
 * The steps for this printer, in order. A print queue can't answer, so nothing is asked of it; the cover test is
 * only for a printer that answers without the slip's own id.
 */
export function stepsOf(printer: PrinterConfig, findings: Findings): TryOutStep[] {
  const toAnswer: TryOutStep[] = isQueue(printer)
    ? []
    : findings.reach?.fence === "paperStatus"
      ? ["reach", "cover"]
      : ["reach"];
  return [...toAnswer, "width", "chinese", "cutter", "drawer", "summary"];
}

/** True when the step has nothing left to find out. */
export function isAnswered(step: TryOutStep, findings: Findings): boolean {
  switch (step) {
    case "reach":
      return findings.reach !== null;
    case "cover":
      return findings.cover !== null;
    case "width":
      return findings.columns !== null;
    case "chinese":
      return findings.chinese !== null;
    case "cutter":
      return findings.cutter !== null;
    case "drawer":
      return findings.drawer !== null;
    case "summary":
      return false;
  }
}

/** How many of the questions are answered. */
export function progressOf(
  printer: PrinterConfig,
  findings: Findings,
): { done: number; of: number } {
  const questions = stepsOf(printer, findings).filter((step) => step !== "summary");
  return {
    done: questions.filter((step) => isAnswered(step, findings)).length,
    of: questions.length,
  };
}

/** What the till keeps about the printer; null while a question is open. */
export function qualificationOf(
  printer: PrinterConfig,
  findings: Findings,
): CallInput<"printer.qualify">["found"] | null {
  const { columns, chinese, cutter, drawer } = findings;
  const reach = isQueue(printer)
    ? ({ answers: false, fence: "none", fenceMs: null, fingerprint: null } as const)
    : findings.reach;
  const cover = reach?.fence === "paperStatus" ? findings.cover : "skipped";
  if (reach === null || cover === null) return null;
  if (columns === null || chinese === null || cutter === null || drawer === null) return null;
  return { ...reach, cover, columns, chinese, cutter, drawer };
}

/** The roll that a line of so many characters stands on. */
export function widthOf(columns: Columns): 58 | 80 {
  return columns <= 35 ? 58 : 80;
}
