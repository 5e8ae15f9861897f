import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AT_TOP,
  placeAt,
  revealed,
  rowsInView,
  scrolled,
  spacePx,
  type ScrollSize,
} from "../../../renderer/features/history/scroll-map.ts";

const SHORT: ScrollSize = { rows: 1_000, rowPx: 60, viewPx: 480 };
const LONG: ScrollSize = { rows: 5_000_000, rowPx: 76, viewPx: 500 };

describe("a list that fits the browser", () => {
  it("scrolls as any other", () => {
    expect(spacePx(SHORT)).toBe(60_000);
    expect(scrolled(SHORT, AT_TOP, 1_234)).toEqual({ topPx: 1_234, barPx: 1_234 });
    expect(rowsInView(SHORT, { topPx: 1_230, barPx: 1_230 }, 0)).toEqual({ first: 20, last: 28 });
  });

  it("shows a row by moving as little as it can", () => {
    const place = placeAt(SHORT, 6_000);
    expect(revealed(SHORT, place, 103)).toBe(place);
    expect(revealed(SHORT, place, 99).topPx).toBe(99 * 60);
    expect(revealed(SHORT, place, 108).topPx).toBe(109 * 60 - 480);
  });
});

describe("a list of five million rows", () => {
  it("stays within what a browser lays out", () => {
    expect(spacePx(LONG)).toBeLessThan(16_000_000);
  });

  it("goes to the same share of the list when the bar is dragged, to both ends", () => {
    const end = spacePx(LONG) - LONG.viewPx;
    const middle = scrolled(LONG, AT_TOP, end / 2);
    expect(rowsInView(LONG, middle, 0).first).toBeCloseTo(2_500_000, -1);
    expect(rowsInView(LONG, scrolled(LONG, middle, end), 0).last).toBe(LONG.rows - 1);
    expect(scrolled(LONG, middle, 0)).toEqual(AT_TOP);
  });

  it("moves pixel by pixel under a wheel, however long it is turned", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: LONG.rows - 100 }),
        fc.array(fc.integer({ min: -900, max: 900 }), { maxLength: 200 }),
        (row, steps) => {
          let place = placeAt(LONG, row * LONG.rowPx);
          for (const step of steps) {
            const end = LONG.rows * LONG.rowPx - LONG.viewPx;
            const expected = Math.min(Math.max(0, place.topPx + step), end);
            const barEnd = spacePx(LONG) - LONG.viewPx;
            // What the browser can do: its bar stops at both ends.
            const bar = Math.min(Math.max(0, place.barPx + step), barEnd);
            const stopped = bar - (place.barPx + step);
            place = scrolled(LONG, place, bar);
            if (stopped === 0) expect(place.topPx).toBeCloseTo(expected, 3);
            expect(place.barPx).toBeGreaterThanOrEqual(0);
            expect(place.barPx).toBeLessThanOrEqual(barEnd);
          }
        },
      ),
    );
  });

  it("reaches the first and the last row by the wheel alone", () => {
    for (const [row, step] of [
      [40, -400],
      [LONG.rows - 60, 400],
    ] as const) {
      let place = placeAt(LONG, row * LONG.rowPx);
      const barEnd = spacePx(LONG) - LONG.viewPx;
      for (let turn = 0; turn < 20; turn += 1)
        place = scrolled(LONG, place, Math.min(Math.max(0, place.barPx + step), barEnd));
      const { first, last } = rowsInView(LONG, place, 0);
      expect(step < 0 ? first : last).toBe(step < 0 ? 0 : LONG.rows - 1);
    }
  });
});
