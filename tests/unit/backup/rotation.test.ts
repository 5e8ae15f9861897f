import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copiesToRemove, KEPT, type Rotated } from "../../../main/backup/rotation.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.UTC(2026, 10, 23, 12, 30);
const CHINA_MIN = 480;

function copy(atMs: number, isVerified = true): Rotated {
  return { name: `copy-${atMs}-${isVerified}`, atMs, isVerified };
}

function kept(copies: Rotated[], nowMs = NOW, utcOffsetMin = CHINA_MIN): Rotated[] {
  const gone = new Set(copiesToRemove(copies, nowMs, utcOffsetMin));
  return copies.filter(({ name }) => !gone.has(name));
}

describe("rotation", () => {
  it("keeps 24 hours, 14 days and 24 months of a till that makes copies for years", () => {
    const all: Rotated[] = [];
    let left: Rotated[] = [];
    const times = [
      ...Array.from({ length: 3192 }, (_, n) => NOW - 800 * DAY_MS + n * 6 * HOUR_MS),
      ...Array.from({ length: 96 }, (_, n) => NOW - 2 * DAY_MS + ((n + 1) * HOUR_MS) / 2),
    ];
    for (const atMs of times) {
      all.push(copy(atMs));
      left = kept([...left, copy(atMs)], atMs);
    }
    expect(left).toEqual(kept(all));
    const wall = (each: Rotated, length: number) =>
      new Date(each.atMs + CHINA_MIN * 60_000).toISOString().slice(0, length);
    const spans = (length: number) => new Set(left.map((each) => wall(each, length)));
    expect(spans(10).size).toBeGreaterThanOrEqual(KEPT.days);
    expect(spans(7).size).toBe(KEPT.months);
    const newest24 = left.toSorted((a, b) => b.atMs - a.atMs).slice(0, KEPT.hours);
    expect(newest24.at(-1)?.atMs).toBe(NOW - 23 * HOUR_MS);
    expect(left.length).toBeLessThanOrEqual(KEPT.hours + KEPT.days + KEPT.months);
  });

  it("loses nothing of a shop that was closed for a year", () => {
    const old = [copy(NOW - 400 * DAY_MS), copy(NOW - 401 * DAY_MS), copy(NOW - 460 * DAY_MS)];
    expect(kept([...old, copy(NOW)])).toHaveLength(4);
  });

  it("counts days as the shop's clock shows them", () => {
    // 15:59 and 16:01 UTC: two days in China, one in London.
    const day = Date.UTC(2026, 5, 10);
    const pair = [copy(day + 15.98 * HOUR_MS), copy(day + 16.02 * HOUR_MS)];
    const fill = Array.from({ length: 30 }, (_, n) => copy(NOW - n * HOUR_MS));
    expect(kept([...pair, ...fill]).filter((each) => pair.includes(each))).toHaveLength(2);
    expect(kept([...pair, ...fill], NOW, 0).filter((each) => pair.includes(each))).toHaveLength(1);
  });

  it("keeps the newest verified copy whatever lies around it", () => {
    const anyCopy = fc.record({
      atMs: fc.integer({ min: NOW - 1000 * DAY_MS, max: NOW + 400 * DAY_MS }),
      isVerified: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyCopy, { maxLength: 120 }), (list) => {
        const copies = list.map((each, n) => ({ ...each, name: `c${n}` }));
        const gone = new Set(copiesToRemove(copies, NOW, CHINA_MIN));
        const past = copies.filter(({ atMs }) => atMs <= NOW);
        const newestMs = Math.max(
          ...past.filter(({ isVerified }) => isVerified).map(({ atMs }) => atMs),
        );
        if (Number.isFinite(newestMs))
          expect(copies.some((c) => c.atMs === newestMs && c.isVerified && !gone.has(c.name))).toBe(
            true,
          );
        else expect(gone.size).toBe(0);
      }),
    );
  });

  it("removes damaged copies only when a good one is there", () => {
    expect(kept([copy(NOW, false), copy(NOW - DAY_MS, false)])).toHaveLength(2);
    expect(kept([copy(NOW, false), copy(NOW - DAY_MS)])).toEqual([copy(NOW - DAY_MS)]);
  });

  it("is not pushed out by copies from a clock that ran ahead", () => {
    const ahead = Array.from({ length: 200 }, (_, n) => copy(NOW + 300 * DAY_MS + n * HOUR_MS));
    const real = Array.from({ length: 20 }, (_, n) => copy(NOW - n * HOUR_MS));
    const left = kept([...ahead, ...real]);
    for (const each of real) expect(left).toContain(each);
  });
});
