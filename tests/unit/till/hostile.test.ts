import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CALLS, type CallName } from "../../../main/contract/calls.ts";
import { TillBench } from "../support/till-bench.ts";
import { line } from "../support/sale-samples.ts";

const NAMES = Object.keys(CALLS) as CallName[];
const withInput = NAMES.filter(
  (name) => !["settings.get", "status.get", "basket.get"].includes(name),
);

const FREE_LOOKS = [
  "settings.appearance",
  "printer.find",
  "device.get",
  "device.support",
  "history.cashiers",
  "backup.state",
  "backup.find",
  "books.state",
  "books.stop",
  "updates.state",
  "updates.check",
];

describe("hostile calls", () => {
  it("that are none are refused", async () => {
    const bench = await TillBench.open();
    for (const name of [
      "__proto__",
      "constructor",
      "toString",
      "hasOwnProperty",
      "",
      "status.get ",
      "x".repeat(1e6),
    ])
      expect(await bench.till.dispatch(name, {})).toEqual({
        ok: false,
        refusal: { code: "NO_SUCH_CALL", details: {} },
      });
  });

  it("with input of the wrong shape are BAD_INPUT, never an error", async () => {
    const bench = await TillBench.open();
    const nothing = [
      undefined,
      null,
      0,
      "",
      "x".repeat(100_000),
      true,
      Symbol("x"),
      1n,
      () => 1,
      NaN,
    ];
    for (const name of withInput)
      for (const input of [
        ...nothing,
        { requestId: {}, saleId: "1" },
        JSON.parse('{"__proto__":{"requestId":"12345678","saleId":1}}'),
      ]) {
        const reply = await bench.till.dispatch(name, input);
        // Looks are free, everything optional is left out of an empty patch; and looking is free.
        if (reply.ok) expect(FREE_LOOKS).toContain(name);
        else expect([name, reply.refusal.code]).toEqual([name, "BAD_INPUT"]);
      }
    expect(bench.incidents).toEqual([]);
  });

  it("with anything at all answer, and change nothing", async () => {
    const bench = await TillBench.open();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...withInput),
        fc.anything({ withBigInt: true, withNullPrototype: true }),
        async (name, input) => {
          const reply = await bench.till.dispatch(name, input);
          if (!reply.ok)
            expect(["BAD_INPUT", "NO_SUCH_SALE", "NO_SUCH_DAY", "BACKUP_BUSY"]).toContain(
              reply.refusal.code,
            );
        },
      ),
      { numRuns: 300 },
    );
    expect(bench.incidents).toEqual([]);
    expect((await bench.call("status.get", {})).newestSaleId).toBe(0);
  });

  it.each<[string, object]>([
    ["a fraction of a fen", { lines: [line({ priceMinor: 0.5 })], discountMinor: 0 }],
    ["a negative price", { lines: [line({ priceMinor: -1 })], discountMinor: 0 }],
    ["nothing of something", { lines: [line({ quantityMilli: 0 })], discountMinor: 0 }],
    ["an endless name", { lines: [line({ nameZh: "长".repeat(201) })], discountMinor: 0 }],
    ["too many lines", { lines: Array.from({ length: 501 }, () => line()), discountMinor: 0 }],
    ["Infinity", { lines: [line({ priceMinor: Number.POSITIVE_INFINITY })], discountMinor: 0 }],
  ])("a basket with %s is refused", async (_what, basket) => {
    const bench = await TillBench.open();
    const reply = await bench.till.dispatch("sale.complete", { ...bench.saleInput(), basket });
    expect(reply).toMatchObject({ ok: false, refusal: { code: "BAD_INPUT" } });
  });

  it("amounts too large to show again are refused, so the till stays usable", async () => {
    const bench = await TillBench.open();
    const most = 10_000_000_000_000;
    const cash = { method: "cash" as const, amountMinor: most, reference: null };
    expect(
      (await bench.refusal("sale.complete", bench.saleInput({ tenders: [cash, cash] }))).code,
    ).toBe("AMOUNT_TOO_LARGE");
    const huge = {
      lines: [line({ priceMinor: most, quantityMilli: 2000, discountMinor: most })],
      discountMinor: 0,
    };
    expect(
      (
        await bench.refusal(
          "sale.complete",
          bench.saleInput({ basket: huge, expectedTotalMinor: most, tenders: [cash] }),
        )
      ).code,
    ).toBe("AMOUNT_TOO_LARGE");
    const over = {
      lines: [line({ priceMinor: most, quantityMilli: 100_000_000 })],
      discountMinor: 0,
    };
    expect((await bench.refusal("sale.complete", bench.saleInput({ basket: over }))).code).toBe(
      "AMOUNT_TOO_LARGE",
    );
    expect((await bench.call("status.get", {})).newestSaleId).toBe(0);
    expect(bench.incidents).toEqual([]);
  });

  it.each<[string, object]>([
    ["EMPTY_BASKET", { basket: { lines: [], discountMinor: 0 } }],
    ["TOTAL_CHANGED", { expectedTotalMinor: 1 }],
    ["NOT_ENOUGH", { tenders: [{ method: "cash", amountMinor: 1, reference: null }] }],
    ["CHANGE_WITHOUT_CASH", { tenders: [{ method: "card", amountMinor: 5000, reference: null }] }],
    ["EMPTY_TENDER", { tenders: [{ method: "cash", amountMinor: 0, reference: null }] }],
    [
      "DISCOUNT_TOO_LARGE",
      { basket: { lines: [line({ discountMinor: 999_999 })], discountMinor: 0 } },
    ],
  ])("%s burns no number", async (code, change) => {
    const bench = await TillBench.open();
    expect((await bench.refusal("sale.complete", { ...bench.saleInput(), ...change })).code).toBe(
      code,
    );
    expect(await bench.sell()).toBe(1);
    await bench.untilPapers(1);
  });

  it("names and reasons with anything in them are kept and printed", async () => {
    const bench = await TillBench.open();
    const evil = "'; DROP TABLE event; --\u001b@\u0000🍎";
    const basket = { lines: [line({ priceMinor: 1234, nameZh: evil })], discountMinor: 0 };
    await bench.call("sale.complete", { ...bench.saleInput(), basket });
    await bench.untilState(1, "printed");
    const detail = await bench.call("history.sale", { saleId: 1 });
    expect(
      detail.receipt.some(
        (each) =>
          each.kind === "text" && each.segments.some(({ text }) => text.includes("DROP TABLE")),
      ),
    ).toBe(true);
    expect(bench.papers()).toEqual(["1"]);
    expect(bench.device.unknownCommands).toEqual([]);
  });
});
