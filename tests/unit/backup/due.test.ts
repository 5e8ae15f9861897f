import { describe, expect, it } from "vitest";
import { copyDue, drillDue, isAway, isLate } from "../../../main/backup/due.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOW = Date.UTC(2026, 10, 23, 12, 0);

function due(change: Partial<Parameters<typeof copyDue>[0]> = {}) {
  return copyDue({
    nowMs: NOW,
    books: { newestSaleId: 10, closedDays: 3 },
    newest: { atMs: NOW - 10 * MINUTE_MS, newestSaleId: 10, closedDays: 3 },
    failedAtMs: null,
    ...change,
  });
}
const newest = (agoMs: number, newestSaleId = 10, closedDays = 3) => ({
  atMs: NOW - agoMs,
  newestSaleId,
  closedDays,
});

describe("a copy is due", () => {
  it("not when nothing has happened", () => {
    expect(due()).toBeNull();
    expect(due({ newest: newest(23 * HOUR_MS) })).toBeNull();
  });
  it("with the first sale, and not before", () => {
    expect(due({ newest: null })).toBe("selling");
    expect(due({ newest: null, books: { newestSaleId: 0, closedDays: 0 } })).toBeNull();
  });
  it("an hour after the last one, when something was sold since", () => {
    expect(due({ newest: newest(HOUR_MS - 1, 9) })).toBeNull();
    expect(due({ newest: newest(HOUR_MS, 9) })).toBe("selling");
    expect(due({ newest: newest(HOUR_MS, 10) })).toBeNull();
  });
  it("at once when a day was closed", () => {
    expect(due({ newest: newest(1000, 10, 2) })).toBe("dayEnd");
  });
  it("once a day even when nothing is sold", () => {
    expect(due({ newest: newest(24 * HOUR_MS) })).toBe("daily");
  });
  it("when the clock was set back behind the newest copy and something was sold", () => {
    expect(due({ newest: newest(-40 * HOUR_MS, 9) })).toBe("selling");
    expect(due({ newest: newest(-40 * HOUR_MS, 10) })).toBeNull();
  });
  it("not again within ten minutes of a failure", () => {
    expect(due({ newest: null, failedAtMs: NOW - 9 * MINUTE_MS })).toBeNull();
    expect(due({ newest: null, failedAtMs: NOW - 10 * MINUTE_MS })).toBe("selling");
    // The clock was set back since.
    expect(due({ newest: null, failedAtMs: NOW + HOUR_MS })).toBe("selling");
  });
});

describe("the red line", () => {
  const facts = { newestAtMs: NOW - 26 * HOUR_MS, firstSaleAtMs: null, hasFailed: false };
  it("stands when the newest copy is older than 26 hours", () => {
    expect(isLate(NOW, HOUR_MS, facts)).toBe(true);
    expect(isLate(NOW - 1, HOUR_MS, facts)).toBe(false);
  });
  it("gives a till that was just switched on time to make its copy, unless that failed", () => {
    expect(isLate(NOW, MINUTE_MS, facts)).toBe(false);
    expect(isLate(NOW, MINUTE_MS, { ...facts, hasFailed: true })).toBe(true);
  });
  it("counts from the first sale when there is no copy, and not at all before", () => {
    const never = { newestAtMs: null, firstSaleAtMs: NOW - 27 * HOUR_MS, hasFailed: true };
    expect(isLate(NOW, HOUR_MS, never)).toBe(true);
    expect(isLate(NOW, HOUR_MS, { ...never, firstSaleAtMs: null })).toBe(false);
  });
});

it("the second place is missed after a day, and only then", () => {
  const away = { reachedAtMs: NOW - 24 * HOUR_MS, isReachable: false };
  expect(isAway(NOW, HOUR_MS, away)).toBe(true);
  expect(isAway(NOW - 1, HOUR_MS, away)).toBe(false);
  expect(isAway(NOW, HOUR_MS, { ...away, isReachable: true })).toBe(false);
  expect(isAway(NOW, MINUTE_MS, away)).toBe(false);
});

describe("a drill is due", () => {
  const facts = {
    nowMs: NOW,
    utcOffsetMin: 480,
    newestCopyAtMs: NOW - HOUR_MS,
    lastDrillAtMs: null,
    lastSaleAtMs: NOW - HOUR_MS,
  };
  it("once a calendar month of the shop", () => {
    expect(drillDue(facts)).toBe(true);
    expect(drillDue({ ...facts, lastDrillAtMs: Date.UTC(2026, 10, 2) })).toBe(false);
    // 31 October, 15:59 UTC is still October in China; 16:01 is November.
    expect(drillDue({ ...facts, lastDrillAtMs: Date.UTC(2026, 9, 31, 15, 59) })).toBe(true);
    expect(drillDue({ ...facts, lastDrillAtMs: Date.UTC(2026, 9, 31, 16, 1) })).toBe(false);
  });
  it("not without a copy, and not while somebody sells", () => {
    expect(drillDue({ ...facts, newestCopyAtMs: null })).toBe(false);
    expect(drillDue({ ...facts, lastSaleAtMs: NOW - 5 * MINUTE_MS })).toBe(false);
  });
});
