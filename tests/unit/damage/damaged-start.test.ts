import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { witnessPath } from "../../../main/sale-log/witness.ts";
import { PIN, TillBench } from "../support/till-bench.ts";
import { asideIn, DAMAGES, sumsOf, type DamageName } from "./support/damage.ts";

/** A shop that has sold; its till is closed. */
async function soldShop(sales: number): Promise<TillBench> {
  const bench = await TillBench.open();
  await bench.call("session.signIn", { cashier: "小王" });
  for (let sale = 1; sale <= sales; sale += 1) {
    await bench.sell();
    await bench.untilState(sale, "printed");
  }
  await bench.till.close();
  return bench;
}

const NAMES = Object.keys(DAMAGES) as DamageName[];
/** Of these every event can be proved or is in the file whole. */
const LOSES: Record<DamageName, "nothing" | "some" | "all"> = {
  garbageHead: "nothing",
  wholeFileGarbage: "all",
  truncated: "some",
  emptied: "all",
  zeroedEventPage: "some",
  flippedBody: "some",
  brokenIndex: "nothing",
  deleted: "all",
};

describe.each(NAMES)("books that are damaged: %s", (name) => {
  it("are set aside untouched, the till sells on, and what is proved comes back", async () => {
    const bench = await soldShop(12);
    const { dataDir } = bench;
    DAMAGES[name](dataDir);
    const before = sumsOf(dataDir);
    await bench.start();

    const [folder = ""] = asideIn(dataDir);
    expect(sumsOf(join(dataDir, folder))).toEqual(before);
    const { damage, newestSaleId } = await bench.call("status.get", {});
    expect(damage).toMatchObject({ folder, isSettled: false, seenBy: null });
    expect(newestSaleId).toBeGreaterThanOrEqual(12);
    expect(bench.incidents.length).toBeGreaterThan(0);

    await bench.call("session.signIn", { cashier: "小王" });
    const next = await bench.sell();
    expect(next).toBe(newestSaleId + 1);
    await bench.untilState(next, "printed");
    const alone = await verifyFile({ path: logPath(dataDir), witness: witnessPath(dataDir) });
    expect(alone.findings.map(({ code }) => code)).toEqual(["continued"]);

    const report = await bench.call("damage.inspect", { pin: PIN });
    if (LOSES[name] === "nothing") expect(report).toMatchObject({ sales: 12, lost: 0 });
    if (LOSES[name] === "all") expect(report.sales).toBe(0);
    if (LOSES[name] === "some") expect(report.sales).toBeGreaterThan(0);
    await bench.call("damage.recover", { pin: PIN, fingerprint: report.fingerprint });
    const { sales } = await bench.call("history.page", {
      text: "",
      before: null,
      limit: 50,
      state: "any",
      fromMs: null,
      toMs: null,
      minMinor: null,
      maxMinor: null,
      cashier: null,
    });
    expect(sales.length).toBe(report.sales + 1);
    const last = await bench.sell();
    expect(last).toBe(next + 1);
    await bench.untilState(last, "printed");
    expect(sumsOf(join(dataDir, folder))).toEqual(before);
    await bench.till.close();

    const merged = await verifyFile({ path: logPath(dataDir), witness: witnessPath(dataDir) });
    if (LOSES[name] === "nothing")
      expect(merged.findings.map(({ code }) => code)).toEqual(["continuedMerged"]);
    expect(merged.sales).toBe(report.sales + 2);
  });
});

it("keeps nothing behind when nothing is wrong", async () => {
  const bench = await soldShop(1);
  await bench.start();
  expect(asideIn(bench.dataDir)).toEqual([]);
  expect((await bench.call("status.get", {})).damage).toBeNull();
  expect(existsSync(join(bench.dataDir, "damage-plan.json"))).toBe(false);
  void cpSync;
});
