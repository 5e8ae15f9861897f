/** What has been read of the opening check. */
export interface Seen {
  /** The opening that was put away, `none` before the first. */
  day: string;
  /** The start of the till. */
  start: "none" | "seen";
}

/**
 * True when the check is to be shown.
 * @param opening names the day that has no sale yet; null when a day is open.
 */
export function isDue(seen: Seen, opening: string | null): boolean {
  return opening === null ? seen.start === "none" : seen.day !== opening;
}
