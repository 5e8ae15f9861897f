import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { witnessPath } from "../../../main/sale-log/witness.ts";
import { line } from "../support/sale-samples.ts";
import { PIN, PRICE_MINOR, TillBench } from "../support/till-bench.ts";
import { asideIn, sumsOf } from "./support/damage.ts";

const BASKET = { lines: [line({ priceMinor: PRICE_MINOR })], discountMinor: 0 };

/** A till at work whose file goes bad under it: tables lead to pages that are not there. */
async function spoiled(sales: number): Promise<TillBench> {
  const bench = await TillBench.open();
  await bench.call("session.signIn", { cashier: "小王" });
  for (let sale = 1; sale <= sales; sale += 1) {
    await bench.sell();
    await bench.untilState(sale, "printed");
  }
  const db = new DatabaseSync(logPath(bench.dataDir), { defensive: false });
  db.exec("PRAGMA writable_schema=ON");
  db.exec("UPDATE sqlite_schema SET rootpage=1000000 WHERE name IN ('sale','payment','kept')");
  db.exec("PRAGMA schema_version=4711");
  db.close();
  return bench;
}

it("a sale that meets damage is made in the books that go on, once, with its basket", async () => {
  const bench = await spoiled(6);
  const { dataDir } = bench;
  const input = bench.saleInput();
  const sold = await bench.call("sale.complete", input);
  expect(asideIn(dataDir)).toHaveLength(1);
  // Whoever asks again gets the same answer.
  expect((await bench.call("sale.complete", input)).saleId).toBe(sold.saleId);
  expect(sold.saleId).toBeGreaterThan(6);
  await bench.untilState(sold.saleId, "printed");
  const { damage } = await bench.call("status.get", {});
  expect(damage).toMatchObject({ whileSelling: true, cause: "pages", provedSaleId: 6 });
  const [folder = ""] = asideIn(dataDir);
  const before = sumsOf(join(dataDir, folder));

  const report = await bench.call("damage.inspect", { pin: PIN });
  expect(report).toMatchObject({ sales: 6, lost: 0, doubtfulCount: 0 });
  await bench.call("damage.recover", { pin: PIN, fingerprint: report.fingerprint });
  expect((await bench.call("history.sale", { saleId: 3 })).status.state).toBe("printed");
  await bench.print(3);
  await bench.untilPapers(8);
  expect(sumsOf(join(dataDir, folder))).toEqual(before);
  await bench.till.close();
  const { findings, sales } = await verifyFile({
    path: logPath(dataDir),
    witness: witnessPath(dataDir),
  });
  expect(findings.map(({ code }) => code)).toEqual(["continuedMerged"]);
  expect(sales).toBe(7);
});

it("a basket is there again when the damage shows before it is sold", async () => {
  const bench = await spoiled(6);
  await bench.call("basket.keep", { basket: BASKET });
  expect(asideIn(bench.dataDir)).toHaveLength(1);
  expect((await bench.call("basket.get", {})).basket).toEqual(BASKET);
});
