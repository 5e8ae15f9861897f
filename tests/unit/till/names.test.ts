import { expect, it } from "vitest";
import type { TillStatus } from "../../../main/contract/status.ts";
import { line } from "../support/sale-samples.ts";
import { PRICE_MINOR, TillBench } from "../support/till-bench.ts";

/** Private use: no printer and no font of any system has a sign for it. */
const NAME = "鲜\ue000面";

it("an article whose name can't be shown is sold, printed with a question mark, and told of once", async () => {
  const bench = await TillBench.open();
  const sell = (nameZh: string) =>
    bench.call(
      "sale.complete",
      bench.saleInput({
        basket: { lines: [line({ nameZh, priceMinor: PRICE_MINOR })], discountMinor: 0 },
      }),
    );
  const isTold = (status: TillStatus) =>
    status.notices.some(({ code }) => code === "unprintableName");
  await sell("农夫山泉");
  expect(isTold(await bench.untilState(1, "printed"))).toBe(false);
  await sell(NAME);
  const { notices } = await bench.until(isTold);
  const notice = notices.find(({ code }) => code === "unprintableName");
  expect(notice?.article).toEqual({ name: NAME, printed: "鲜？面" });
  await bench.untilState(2, "printed");
  const text = bench.device.paper.slips().at(-1)?.text() ?? "";
  expect(text).toContain("鲜？面");
  expect(text).not.toContain("□");
  await bench.call("notice.read", { id: notice?.id ?? 0 });
  await sell(NAME);
  expect(isTold(await bench.untilState(3, "printed"))).toBe(false);
  expect(bench.incidents).toEqual([]);
});
