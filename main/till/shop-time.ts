import type { Clock } from "../clock.ts";
import { wallClock } from "../domain/receipt/time.ts";

/** Now, as the log keeps it: UTC milliseconds and the minutes to add for the shop's wall clock. */
export function shopNow(clock: Clock): { atMs: number; utcOffsetMin: number; date: string } {
  const atMs = clock.nowMs();
  // From zero, not with a minus: in London that would be -0, which no JSON carries.
  const utcOffsetMin = 0 - new Date(atMs).getTimezoneOffset();
  return { atMs, utcOffsetMin, date: wallClock(atMs, utcOffsetMin).slice(0, 10) };
}
