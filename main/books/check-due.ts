const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A till that was just switched on has better things to do. */
const SETTLE_MS = 2 * MINUTE_MS;
/** Nobody sells. */
const QUIET_MS = 10 * MINUTE_MS;
/** A shop that is never quiet is checked all the same. */
const OVERDUE_MS = 3 * DAY_MS;

export interface CheckFacts {
  nowMs: number;
  /** Since the till was opened. */
  openForMs: number;
  /** null: never. */
  lastCheckAtMs: number | null;
  /** null: nothing was ever sold. */
  lastSaleAtMs: number | null;
  /** When a day was last closed; null: never. */
  dayClosedAtMs: number | null;
}

/** Whether all of the books are to be checked now: after every day end and once a day, when nobody sells. */
export function checkDue(facts: CheckFacts): boolean {
  const { nowMs, openForMs, lastCheckAtMs, lastSaleAtMs, dayClosedAtMs } = facts;
  if (lastSaleAtMs === null || openForMs < SETTLE_MS) return false;
  // A clock that was set back says nothing about the age.
  const ageMs = lastCheckAtMs === null || nowMs < lastCheckAtMs ? DAY_MS : nowMs - lastCheckAtMs;
  const isDayEnd =
    dayClosedAtMs !== null && dayClosedAtMs >= lastSaleAtMs && dayClosedAtMs > (lastCheckAtMs ?? 0);
  if (isDayEnd) return true;
  if (ageMs < DAY_MS) return false;
  const isQuiet = nowMs < lastSaleAtMs || nowMs - lastSaleAtMs >= QUIET_MS;
  return isQuiet || (lastCheckAtMs !== null && ageMs >= OVERDUE_MS);
}
