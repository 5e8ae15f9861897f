import type { WayName } from "./ways/way.ts";

/** Where the till calls a receipt printed and the paper is not whole: it can't know better yet, or never. */
export interface Limit {
  /** null: the table of clones, over TCP. */
  way: WayName | null;
  row: string;
  why: string;
}

/** Each is seen by the test as it stands here: one that has gone makes it fail as one that is new. */
export const LIMITS: readonly Limit[] = [
  {
    way: "serial",
    row: "says “printed” with the cover open",
    why:
      "Sending takes longer on a slow line than the paper would, so an answer on arrival comes no sooner than a " +
      "true one. Only the cover test can tell such a printer.",
  },
  {
    way: "serial",
    row: "loses the second half",
    why:
      "What the printer had received is lost, what is still on the line is printed, and the answer comes from " +
      "behind all of it: a hole in the middle. No answer of an ESC/POS printer can show it.",
  },
  {
    way: null,
    row: "another printer answers, after the time a receipt takes",
    why:
      "A right id at a plausible time. Only the cover test can tell, and it is asked for only where the proof " +
      "is to be `GS r 1`.",
  },
];

export function limitOf(way: WayName | null, row: string): Limit | null {
  return LIMITS.find((limit) => limit.way === way && limit.row === row) ?? null;
}
