import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { salePlaces } from "../../../renderer/features/history/sale-places.ts";

describe("places of sales", () => {
  it("are the numbers from the newest down while none was left out", () => {
    const { count, numberAt, placeOf } = salePlaces(3, []);
    expect(count).toBe(3);
    expect([0, 1, 2, 3].map(numberAt)).toEqual([3, 2, 1, null]);
    expect([0, 1, 2, 3, 4].map(placeOf)).toEqual([null, 2, 1, 0, null]);
  });

  it("close up over numbers that no sale has", () => {
    const { count, numberAt, placeOf } = salePlaces(244, [{ from: 4, to: 242 }]);
    expect(count).toBe(5);
    expect([0, 1, 2, 3, 4, 5].map(numberAt)).toEqual([244, 243, 3, 2, 1, null]);
    expect([244, 243, 242, 4, 3, 1].map(placeOf)).toEqual([0, 1, null, null, 2, 4]);
  });

  it("agree with a list of the sales, whatever is left out", () => {
    const sizes = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 })),
    );
    fc.assert(
      fc.property(sizes, (runs) => {
        const sales: number[] = [];
        const leftOut: { from: number; to: number }[] = [];
        let next = 1;
        for (const [gap, sold] of runs) {
          leftOut.push({ from: next, to: next + gap - 1 });
          next += gap;
          for (let n = 0; n < sold; n += 1) sales.push(next++);
        }
        const newest = sales.at(-1) ?? 0;
        const places = salePlaces(newest, leftOut);
        const list = sales.toReversed();
        expect(places.count).toBe(list.length);
        expect(list.map((_, place) => places.numberAt(place))).toEqual(list);
        for (let id = 0; id <= newest + 1; id += 1)
          expect(places.placeOf(id)).toBe(list.includes(id) ? list.indexOf(id) : null);
      }),
    );
  });
});
