import { salePlaces } from "../../../renderer/features/history/sale-places.ts";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
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
  // Made by itself in the meantime, or not.
  rmSync(join(bench.dataDir, "backups"), { recursive: true, force: true });
  return bench;
}

const SOLD = 8;
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

const EVERYTHING = {
  text: "",
  before: null,
  limit: 50,
  state: "any",
  fromMs: null,
  toMs: null,
  minMinor: null,
  maxMinor: null,
  cashier: null,
} as const;

/** Damages the books, and goes all the way: aside, on, back together. */
async function survives(bench: TillBench, name: DamageName): Promise<void> {
  const { dataDir } = bench;
  DAMAGES[name](dataDir);
  const before = sumsOf(dataDir);
  const incidents = bench.incidents.length;
  await bench.start();
  const [folder = ""] = asideIn(dataDir);
  expect([name, sumsOf(join(dataDir, folder))]).toEqual([name, before]);
  expect(bench.incidents.length).toBeGreaterThan(incidents);
  const { damage, newestSaleId } = await bench.call("status.get", {});
  expect(damage).toMatchObject({ folder, isSettled: false, seenBy: null, whileSelling: false });
  // No number that is on paper is given out again.
  expect(newestSaleId).toBeGreaterThanOrEqual(SOLD);
  if (LOSES[name] === "nothing") expect([name, newestSaleId]).toEqual([name, SOLD]);

  const { saleIdsLeftOut } = await bench.call("status.get", {});
  expect(salePlaces(newestSaleId, saleIdsLeftOut).count).toBe(0);
  await bench.call("session.signIn", { cashier: "小王" });
  const next = await bench.sell();
  expect(next).toBe(newestSaleId + 1);
  await bench.untilState(next, "printed");
  const alone = await verifyFile({ path: logPath(dataDir), witness: witnessPath(dataDir) });
  expect([name, ...alone.findings.map(({ code }) => code)]).toEqual([name, "continued"]);

  const report = await bench.call("damage.inspect", { pin: PIN });
  if (LOSES[name] === "nothing") expect(report).toMatchObject({ sales: SOLD, lost: 0 });
  if (LOSES[name] === "all") expect([name, report.sales]).toEqual([name, 0]);
  if (LOSES[name] === "some") {
    expect([name, report.sales > 0, report.lost > 0]).toEqual([name, true, true]);
    expect(report.sales).toBeLessThanOrEqual(SOLD);
  }
  await bench.call("damage.recover", { pin: PIN, fingerprint: report.fingerprint });
  const { sales } = await bench.call("history.page", EVERYTHING);
  expect([name, sales.length]).toEqual([name, report.sales + 1]);
  const merging = await bench.call("status.get", {});
  const places = salePlaces(merging.newestSaleId, merging.saleIdsLeftOut);
  expect(sales.map((_, place) => places.numberAt(place))).toEqual(sales.map((row) => row.saleId));
  expect(places.count).toBe(sales.length);
  // What became of their papers may be among what is lost: somebody says so.
  for (const { saleId } of (await bench.call("status.get", {})).rail)
    await bench.call("receipt.seen", bench.exit(saleId));
  const last = await bench.sell();
  expect(last).toBe(next + 1);
  await bench.untilState(last, "printed");
  expect(sumsOf(join(dataDir, folder))).toEqual(before);
  await bench.till.close();

  const merged = await verifyFile({ path: logPath(dataDir), witness: witnessPath(dataDir) });
  if (LOSES[name] === "nothing")
    expect(merged.findings.map(({ code }) => code)).toEqual(["continuedMerged"]);
  expect(merged.sales).toBe(report.sales + 2);
}

it.each(NAMES)(
  "%s: the books are set aside untouched, the till sells on, what is proved comes back",
  async (name) => survives(await soldShop(SOLD), name),
);

it("keeps nothing behind when nothing is wrong", async () => {
  const bench = await soldShop(1);
  await bench.start();
  expect(asideIn(bench.dataDir)).toEqual([]);
  expect((await bench.call("status.get", {})).damage).toBeNull();
  expect(existsSync(join(bench.dataDir, "damage-plan.json"))).toBe(false);
});
