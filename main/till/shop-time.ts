import type { Clock } from "../clock.ts";
import { wallClock } from "../domain/receipt/time.ts";

/** Now, as the log keeps it: UTC milliseconds and the minutes to add for the shop's wall clock. */
export function shopNow(clock: Clock): { atMs: number; utcOffsetMin: number; date: string } {
  const atMs = clock.nowMs();
  const utcOffsetMin = -new Date(atMs).getTimezoneOffset();
  return { atMs, utcOffsetMin, date: wallClock(atMs, utcOffsetMin).slice(0, 10) };
}
