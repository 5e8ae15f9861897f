import type { IconName } from "../../../ui/index.ts";

/** Ways out of the reminder that do not print: each is a decision by a named person, with a reason. */
export type ExitKind = "seen" | "declined" | "handwritten" | "defer";

export const EXIT_ICON: Record<ExitKind, IconName> = {
  seen: "check",
  declined: "user",
  handwritten: "pencil",
  defer: "clock",
};

/** Ready-made reasons by exit; keys of `reminder:reason.*`. */
export const EXIT_REASONS: Record<ExitKind, readonly string[]> = {
  seen: ["sawWhole", "customerHasIt"],
  declined: ["customerLeft", "notWanted"],
  handwritten: ["printerBroken", "noPaper", "noPower"],
  defer: ["queueWaiting", "fetchingPaper", "callingManager"],
};

/** Deferrals that need no manager. */
export const FREE_DEFERRALS = 2;

/** The two digits an exit asks for: the end of the amount in minor units. */
export function lastDigitsOf(totalMinor: number): string {
  return String(totalMinor).padStart(2, "0").slice(-2);
}
