import type { CallInput, CallOutput } from "../../../main/contract/calls.ts";

export type PracticeAct = CallInput<"practice.act">["act"];
export type PracticePaper = CallOutput<"practice.paper">;

/** A thing on the printer that is one way or the other: a switch that shows how it stands. */
export interface PracticeSwitch {
  name: "paper" | "cover" | "cutter" | "power";
  /** True when the printer can print as far as this is concerned. */
  isGood: (paper: PracticePaper) => boolean;
  makeGood: PracticeAct;
  makeBad: PracticeAct;
}

export const SWITCHES: readonly PracticeSwitch[] = [
  { name: "paper", isGood: (p) => p.paper !== "out", makeGood: "loadPaper", makeBad: "paperOut" },
  {
    name: "cover",
    isGood: (p) => p.cover === "closed",
    makeGood: "closeCover",
    makeBad: "openCover",
  },
  {
    name: "cutter",
    isGood: (p) => p.cutter === "ok",
    makeGood: "clearCutter",
    makeBad: "jamCutter",
  },
  { name: "power", isGood: (p) => p.power === "on", makeGood: "powerOn", makeBad: "powerOff" },
];

/** What goes wrong with the next job or with the answers; `clearFaults` ends all of them. */
export const FAULTS = [
  "paperOutSoon",
  "halfPrint",
  "powerCycle",
  "reset",
  "slow",
  "silence",
  "lyingOk",
  "foreignId",
  "lateId",
  "noIds",
] as const satisfies readonly PracticeAct[];

/** True while a fault is set. Paper that will run out is told as `paperOut` before it has. */
export function isFaultOn(paper: PracticePaper, fault: (typeof FAULTS)[number]): boolean {
  if (fault === "paperOutSoon") return paper.faults.includes("paperOut") && paper.paper !== "out";
  return paper.faults.includes(fault);
}
