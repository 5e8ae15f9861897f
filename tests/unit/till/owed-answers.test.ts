import { describe, expect, it } from "vitest";
import { line } from "../support/sale-samples.ts";
import { PIN, PRICE_MINOR, TillBench } from "../support/till-bench.ts";

const LONG = 12;

/** A till whose printer knows no ids: its proof is GS r 1, tried out as in the settings. */
async function openTill(): Promise<TillBench> {
  const bench = await TillBench.open({ device: { speedMmPerS: 100 } });
  bench.device.setFault({ kind: "noIds" });
  const to = { requestId: bench.requestId(), slot: "receipt" as const };
  expect((await bench.call("printer.test", to)).fence).toBe("paperStatus");
  bench.device.openCover();
  expect((await bench.call("printer.coverTest", to)).qualified).toBe(true);
  bench.device.closeCover();
  await bench.until(({ printer }) => printer.state === "ready");
  return bench;
}

/** The roll ends in a long receipt, and a short one waits behind it. */
async function rollEnds(bench: TillBench): Promise<void> {
  bench.device.setFault({ kind: "paperOut", afterMm: 20 });
  const lines = Array.from({ length: LONG }, () => line({ priceMinor: PRICE_MINOR }));
  const totalMinor = PRICE_MINOR * LONG;
  await bench.call("sale.complete", {
    ...bench.saleInput(),
    basket: { lines, discountMinor: 0 },
    tenders: [{ method: "wechat", amountMinor: totalMinor, reference: null }],
    expectedTotalMinor: totalMinor,
  });
  await bench.untilState(1, "blocked");
  const exit = { ...bench.exit(1), digits: String(totalMinor).slice(-2) };
  await bench.call("receipt.defer", { ...exit, pin: null });
  await bench.sell();
  await bench.untilState(2, "failed");
}

describe("an answer that an earlier receipt waited for proves no other one", () => {
  it.each<[string, (bench: TillBench) => Promise<unknown>]>([
    ["after the till was closed and opened", (bench) => bench.restart()],
    [
      "after a setting was changed and changed back",
      async (bench) => {
        for (const widthMm of [80, 58] as const)
          await bench.call("settings.change", { patch: { widthMm }, pin: PIN });
      },
    ],
  ])("%s", async (_name, begins) => {
    const bench = await openTill();
    await rollEnds(bench);
    await begins(bench);
    bench.device.loadPaper();
    await bench.untilState(2, "printed");
    expect(bench.papers()).toEqual(["1", "2"]);
    // Asked about, because the till that sent it ended; and no piece of paper has both.
    expect(await bench.state(1)).toBe("unknown");
    const pieces = bench.device.paper.slips().map((slip) => slip.text());
    expect(pieces.filter((text) => /- 1 小票完 -/.test(text) && /- 2 小票完 -/.test(text))).toEqual(
      [],
    );
  });
});
