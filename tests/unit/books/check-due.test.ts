import { describe, expect, it } from "vitest";
import { checkDue, type CheckFacts } from "../../../main/books/check-due.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const NOW = Date.UTC(2026, 10, 23, 12);

/** A till that has been open and quiet for long, last checked two days ago. */
function isDue(change: Partial<CheckFacts> = {}): boolean {
  return checkDue({
    nowMs: NOW,
    openForMs: 60 * MINUTE_MS,
    lastCheckAtMs: NOW - 2 * DAY_MS,
    lastSaleAtMs: NOW - 30 * MINUTE_MS,
    dayClosedAtMs: NOW - 3 * DAY_MS,
    ...change,
  });
}

describe("the books are checked", () => {
  it("once a day, when nobody sells", () => {
    expect(isDue()).toBe(true);
    expect(isDue({ lastCheckAtMs: NOW - DAY_MS })).toBe(true);
    expect(isDue({ lastCheckAtMs: NOW - DAY_MS + 1 })).toBe(false);
    expect(isDue({ lastSaleAtMs: NOW - 9 * MINUTE_MS })).toBe(false);
  });

  it("after a day end at once, and once", () => {
    const dayClosedAtMs = NOW - MINUTE_MS;
    const closed = { dayClosedAtMs, lastSaleAtMs: NOW - 2 * MINUTE_MS };
    expect(isDue({ ...closed, lastCheckAtMs: NOW - 20 * MINUTE_MS })).toBe(true);
    expect(isDue({ ...closed, lastCheckAtMs: NOW - 1000 })).toBe(false);
    // Somebody sells again already.
    const next = { lastSaleAtMs: NOW - 1000, lastCheckAtMs: NOW - 20 * MINUTE_MS };
    expect(isDue({ dayClosedAtMs, ...next })).toBe(false);
  });

  it("for the first time when there is something to check", () => {
    expect(isDue({ lastCheckAtMs: null })).toBe(true);
    expect(isDue({ lastCheckAtMs: null, lastSaleAtMs: null })).toBe(false);
  });

  it("not while the till has just been switched on", () => {
    expect(isDue({ openForMs: MINUTE_MS })).toBe(false);
  });

  it("in a shop that is never quiet too, after three days", () => {
    const busy = { lastSaleAtMs: NOW - 1000 };
    expect(isDue({ ...busy, lastCheckAtMs: NOW - 3 * DAY_MS })).toBe(true);
    expect(isDue({ ...busy, lastCheckAtMs: NOW - 3 * DAY_MS + 1 })).toBe(false);
  });

  it("when the clock was set back behind the last check or sale", () => {
    expect(isDue({ lastCheckAtMs: NOW + DAY_MS })).toBe(true);
    expect(isDue({ lastSaleAtMs: NOW + DAY_MS })).toBe(true);
  });
});
