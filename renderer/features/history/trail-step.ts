import type { TrailEntry } from "../../../main/contract/history.ts";

/** How a step of the paper trail is drawn: `go` is proof, `wait` is trouble, `owed` is no paper. */
export type TrailTone = "plain" | "go" | "wait" | "owed";

export interface TrailStep {
  /** Name of the sentence under `history:trail`. */
  sentence: string;
  tone: TrailTone;
  /** A person did this; otherwise the till or the printer did. */
  byPerson: boolean;
}

/** Which sentence tells a step of the log, and how loud. */
export function trailStep(entry: TrailEntry): TrailStep {
  switch (entry.type) {
    case "opened":
      return { sentence: "opened", tone: "plain", byPerson: true };
    case "attemptStarted":
      return { sentence: `started_${entry.mark ?? "original"}`, tone: "plain", byPerson: false };
    case "attemptBlocked":
      return { sentence: "blocked", tone: "wait", byPerson: false };
    case "attemptResumed":
      return { sentence: "resumed", tone: "plain", byPerson: false };
    case "attemptPrinted":
      return { sentence: entry.late ? "printedLate" : "printed", tone: "go", byPerson: false };
    case "attemptFailed":
      return { sentence: "failed", tone: "owed", byPerson: false };
    case "attemptNotTaken":
      return { sentence: "notTaken", tone: "owed", byPerson: false };
    case "attemptCleared":
      return { sentence: "cleared", tone: "owed", byPerson: false };
    case "attemptUnknown":
      return { sentence: "unknown", tone: "owed", byPerson: false };
    case "denied":
      return { sentence: "denied", tone: "owed", byPerson: true };
    case "settled":
      return { sentence: `settled_${entry.how ?? "person"}`, tone: "go", byPerson: true };
    case "deferred":
      return { sentence: "deferred", tone: "wait", byPerson: true };
    case "handedOver":
      return { sentence: "handedOver", tone: "go", byPerson: true };
    case "unclaimed":
      return { sentence: "unclaimed", tone: "wait", byPerson: false };
    case "notCut":
      return { sentence: "notCut", tone: "wait", byPerson: false };
  }
}
