/** How many copies of each age stay: the newest of every hour, day and month that has one. */
export const KEPT: Kept = { hours: 24, days: 14, months: 24 };
/** What still stays when there is no room for the next copy. */
export const KEPT_WHEN_SHORT: Kept = { hours: 2, days: 7, months: 12 };

export interface Kept {
  hours: number;
  days: number;
  months: number;
}

const MINUTE_MS = 60_000;
/** A copy from further ahead than this was made while the clock was wrong. */
const AHEAD_MS = 10 * MINUTE_MS;

export interface Rotated {
  name: string;
  /** Moment of the snapshot. */
  atMs: number;
  isVerified: boolean;
}

/**
 * Names that may go, by the time of the snapshot on the shop's wall clock. Hours, days and months without
 * a copy do not count, so a shop that was closed for a year loses nothing. The newest verified copy always
 * stays, and so does what seems to come from the future: it would push the real ones out.
 */
export function copiesToRemove(
  copies: readonly Rotated[],
  nowMs: number,
  utcOffsetMin: number,
  most: Kept = KEPT,
): string[] {
  const newestFirst = copies
    .filter(({ atMs }) => atMs <= nowMs + AHEAD_MS)
    .toSorted((a, b) => b.atMs - a.atMs);
  const verified = newestFirst.filter(({ isVerified }) => isVerified);
  const [newest] = verified;
  // Without one good copy a damaged one may be all there is.
  if (!newest) return [];
  const kept = new Set([newest.name]);
  const rules = [
    { spans: most.hours, length: "YYYY-MM-DDTHH".length },
    { spans: most.days, length: "YYYY-MM-DD".length },
    { spans: most.months, length: "YYYY-MM".length },
  ];
  for (const { spans, length } of rules) {
    const seen = new Set<string>();
    for (const { name, atMs } of verified) {
      const span = new Date(atMs + utcOffsetMin * MINUTE_MS).toISOString().slice(0, length);
      if (seen.has(span)) continue;
      if (seen.size === spans) break;
      seen.add(span);
      kept.add(name);
    }
  }
  return newestFirst.filter(({ name }) => !kept.has(name)).map(({ name }) => name);
}
