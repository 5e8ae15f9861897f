import type { BackupReason } from "../contract/backup.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SELLING_MS = HOUR_MS;
const DAILY_MS = 24 * HOUR_MS;
/** The newest copy may be a working day and some hours old. */
export const LATE_MS = 26 * HOUR_MS;
export const AWAY_MS = 24 * HOUR_MS;
/** A till that was just switched on gets this long to make the copy that is overdue before it says so. */
const FAIR_CHANCE_MS = 5 * MINUTE_MS;
/** After a failure, so that a full disk is not filled every minute. */
const RETRY_MS = 10 * MINUTE_MS;
/** Trial restores wait until nobody sells. */
const QUIET_MS = 10 * MINUTE_MS;

/** What a copy holds of the books, or the books themselves. */
export interface Progress {
  newestSaleId: number;
  closedDays: number;
}

export interface CopyFacts {
  nowMs: number;
  books: Progress;
  /** The newest verified copy beside the books. */
  newest: (Progress & { atMs: number }) | null;
  /** When making a copy last failed in this run. */
  failedAtMs: number | null;
}

/**
 * Whether a copy is to be made now, and why. Worked out from the copies themselves, so a restart neither
 * forgets a copy nor makes one twice.
 */
export function copyDue(facts: CopyFacts): BackupReason | null {
  const { nowMs, books, newest, failedAtMs } = facts;
  const rests = failedAtMs !== null && nowMs >= failedAtMs && nowMs - failedAtMs < RETRY_MS;
  if (rests) return null;
  if (!newest) return books.newestSaleId > 0 ? "selling" : null;
  if (books.closedDays !== newest.closedDays) return "dayEnd";
  const ageMs = nowMs - newest.atMs;
  // A clock that was set back says nothing about the age.
  const isOld = (limitMs: number) => ageMs < 0 || ageMs >= limitMs;
  if (books.newestSaleId !== newest.newestSaleId && isOld(SELLING_MS)) return "selling";
  return ageMs >= DAILY_MS ? "daily" : null;
}

/** When something is to be looked at again even if nothing happens. */
export function isLate(
  nowMs: number,
  openForMs: number,
  facts: { newestAtMs: number | null; firstSaleAtMs: number | null; hasFailed: boolean },
): boolean {
  const sinceMs = facts.newestAtMs ?? facts.firstSaleAtMs;
  if (sinceMs === null || nowMs - sinceMs < LATE_MS) return false;
  return facts.hasFailed || openForMs >= FAIR_CHANCE_MS;
}

/** The second place has not been reached for a day. */
export function isAway(
  nowMs: number,
  openForMs: number,
  second: { reachedAtMs: number; isReachable: boolean },
): boolean {
  if (second.isReachable || nowMs - second.reachedAtMs < AWAY_MS) return false;
  return openForMs >= FAIR_CHANCE_MS;
}

/** Once in every calendar month of the shop, when nobody has sold for a while. */
export function drillDue(facts: {
  nowMs: number;
  utcOffsetMin: number;
  newestCopyAtMs: number | null;
  lastDrillAtMs: number | null;
  lastSaleAtMs: number | null;
}): boolean {
  const { nowMs, utcOffsetMin, newestCopyAtMs, lastDrillAtMs, lastSaleAtMs } = facts;
  if (newestCopyAtMs === null) return false;
  if (lastSaleAtMs !== null && nowMs >= lastSaleAtMs && nowMs - lastSaleAtMs < QUIET_MS)
    return false;
  const month = (atMs: number) =>
    new Date(atMs + utcOffsetMin * MINUTE_MS).toISOString().slice(0, "YYYY-MM".length);
  return lastDrillAtMs === null || month(lastDrillAtMs) !== month(nowMs);
}
