import { cpSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Recovery } from "../../../main/damage/recovery.ts";
import { exportDoubtful, inspectDamage } from "../../../main/damage/rebuild.ts";
import { resumeSetAside, doneSettingAside, setBooksAside } from "../../../main/damage/set-aside.ts";
import { completeRestore, finishRestore } from "../../../main/backup/backups.ts";
import { DamagedLogError } from "../../../main/sale-log/damaged-log.ts";
import { FileKeyStore } from "../../../main/sale-log/key-store.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { loadTillKey } from "../../../main/sale-log/till-key.ts";
import { checkPredecessor } from "../../../main/sale-log/verify/predecessor.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { witnessPath } from "../../../main/sale-log/witness.ts";
import { addSale, AT } from "../support/log-samples.ts";
import { line } from "../support/sale-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { TestClock } from "../support/test-clock.ts";
import {
  asideIn,
  DAMAGES,
  overwrite,
  pagesOf,
  tearJournal,
  type DamageName,
} from "./support/damage.ts";

const NO_TELL = () => {};

function publicKeyOf(dir: string): string {
  return loadTillKey(new FileKeyStore(dir)).publicKey;
}

function task(dir: string) {
  return { dataDir: dir, backupFolders: [], publicKey: publicKeyOf(dir) };
}

function sell(dir: string, sales: number, end: "close" | "crash" = "close"): void {
  const log = new SaleLog(dir, { refusesDamage: true });
  for (let sale = 0; sale < sales; sale += 1) addSale(log);
  if (end === "close") log.close();
  else log.abandon();
}

/** Set aside and gone on, as the till does it. Returns the new log. */
function goOn(dir: string, highestSeq: number | null = null): SaleLog {
  expect(() => new SaleLog(dir, { refusesDamage: true })).toThrow(DamagedLogError);
  const continues = setBooksAside(dir, {
    cause: "pages",
    nowMs: AT,
    utcOffsetMin: 480,
    publicKey: publicKeyOf(dir),
    highestSeq,
  });
  const log = new SaleLog(dir, { refusesDamage: true, continues });
  doneSettingAside(dir);
  return log;
}

/** Puts together and in place what can be proved. */
async function merge(dir: string): Promise<void> {
  const store = new Map<string, unknown>();
  const keyed = { get: (key: string) => store.get(key), set: store.set.bind(store) };
  const { fingerprint } = inspectDamage(task(dir), NO_TELL);
  const recovery = new Recovery({
    dataDir: dir,
    clock: new TestClock(1),
    store: keyed,
    publicKey: () => publicKeyOf(dir),
    utcOffsetMin: () => 480,
    backupFolders: () => [],
    changed: () => {},
  });
  const agreed = { fingerprint, folder: asideIn(dir).at(-1) ?? "", by: "Li" };
  // Nobody has the books open: there is no till to close.
  await recovery.recover(agreed, async (change) => change.make());
  const plan = finishRestore(dir, keyed);
  const log = new SaleLog(dir, { refusesDamage: true });
  if (plan) completeRestore(dir, plan, log);
  log.close();
}

async function findings(dir: string): Promise<string[]> {
  const report = await verifyFile({ path: logPath(dir), witness: witnessPath(dir) });
  return report.findings.map(({ code }) => code);
}

describe("numbers", () => {
  it("go on without a gap when the till had closed its books", () => {
    const dir = tempDir();
    sell(dir, 5);
    DAMAGES.garbageHead(dir);
    const log = goOn(dir);
    expect(addSale(log)).toBe(6);
    log.close();
  });

  it("are left out after a crash, for as many events as nobody can have signed", () => {
    const dir = tempDir();
    sell(dir, 5, "crash");
    tearJournal(dir);
    const log = goOn(dir);
    // logMade, dayOpened, a person, five sales: the 256th event would have been signed.
    expect(addSale(log)).toBe(5 + (255 - 8) + 1);
    log.close();
  });

  it("are known to the till that was at work", () => {
    const dir = tempDir();
    sell(dir, 5, "crash");
    const log = new SaleLog(dir);
    addSale(log);
    const highest = log.highestSeq();
    log.abandon();
    tearJournal(dir);
    const after = goOn(dir, highest);
    expect(addSale(after)).toBe(7);
    after.close();
  });

  it("never come twice when nothing is left but the witness, or not even that", () => {
    const dir = tempDir();
    sell(dir, 40);
    DAMAGES.deleted(dir);
    const log = goOn(dir);
    expect(addSale(log)).toBeGreaterThan(40);
    log.close();

    const bare = tempDir();
    sell(bare, 40);
    rmSync(witnessPath(bare));
    DAMAGES.wholeFileGarbage(bare);
    const alone = goOn(bare);
    expect(addSale(alone)).toBeGreaterThan(40);
    alone.close();
  });
});

describe("what comes back", () => {
  it.each(["zeroedEventPage", "flippedBody", "truncated"] as DamageName[])(
    "is everything, when a backup has what the file lost: %s",
    async (name) => {
      const dir = tempDir();
      sell(dir, 60);
      // A bare copy will do: every entry of it proves itself.
      mkdirSync(join(dir, "damaged-20261101-000000"));
      cpSync(logPath(dir), join(dir, "damaged-20261101-000000", "slipsure.db"));
      DAMAGES[name](dir);
      const log = goOn(dir);
      addSale(log);
      log.close();
      expect(inspectDamage(task(dir), NO_TELL)).toMatchObject({
        sales: 60,
        lost: 0,
        doubtfulCount: 0,
      });
      await merge(dir);
      expect(await findings(dir)).toEqual(["continuedMerged"]);
    },
  );

  it("is what is left, with a reason for each entry that is not proved", async () => {
    const dir = tempDir();
    sell(dir, 60);
    DAMAGES.flippedBody(dir);
    const log = goOn(dir);
    addSale(log);
    log.close();
    const report = inspectDamage(task(dir), NO_TELL);
    expect(report).toMatchObject({ sales: 59, lost: 1, doubtfulCount: 1 });
    expect(report.doubtful).toMatchObject([{ reason: "changed" }]);
    const lines = exportDoubtful(task(dir), NO_TELL).trim().split("\n");
    expect(lines.map((text) => (JSON.parse(text) as { reason: string }).reason)).toEqual([
      "changed",
      "lost",
    ]);
    await merge(dir);
    // The hole is noted, and what follows from what was in it is missing: nothing else is.
    expect((await findings(dir)).slice(0, 2)).toEqual(["eventLost", "continuedMerged"]);
    const merged = new SaleLog(dir, { refusesDamage: true });
    const [lost = 0] = report.doubtful.map(({ saleId }) => saleId ?? 0);
    expect(merged.sales.record(lost)).toBeNull();
    expect(merged.sales.record(lost + 1)).not.toBeNull();
    expect(merged.damage).toEqual([]);
    merged.close();
  });

  it("costs a hole what was in it, and the one entry behind it", () => {
    const dir = tempDir();
    sell(dir, 60);
    const pages = pagesOf(dir, (page) => page[0] === 13 && page.includes('"totalMinor"'));
    expect(pages.length).toBeGreaterThan(4);
    overwrite(logPath(dir), (pages[Math.floor(pages.length / 2)] ?? 0) * 4096, Buffer.alloc(4096));
    goOn(dir).close();
    const report = inspectDamage(task(dir), NO_TELL);
    expect(report.sales).toBeGreaterThan(45);
    expect(report.doubtful.map(({ reason }) => reason)).toEqual(["unproved"]);
  });

  it("includes sales too long for one page", async () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    const lines = Array.from({ length: 60 }, (_, n) => line({ code: `code-${n}` }));
    addSale(log, {}, { lines, discountMinor: 0 });
    addSale(log);
    log.close();
    DAMAGES.garbageHead(dir);
    goOn(dir).close();
    expect(inspectDamage(task(dir), NO_TELL)).toMatchObject({ sales: 2, lost: 0 });
    await merge(dir);
    expect(await findings(dir)).toEqual(["continuedMerged"]);
  });

  it("comes from the write-ahead log, up to the last commit", () => {
    const dir = tempDir();
    sell(dir, 30, "crash");
    tearJournal(dir);
    goOn(dir).close();
    expect(inspectDamage(task(dir), NO_TELL)).toMatchObject({ sales: 30, doubtfulCount: 0 });
  });

  it("comes from both files when the books are damaged twice", async () => {
    const dir = tempDir();
    sell(dir, 20);
    DAMAGES.garbageHead(dir);
    const second = goOn(dir);
    for (let sale = 0; sale < 20; sale += 1) addSale(second);
    second.close();
    DAMAGES.garbageHead(dir);
    const third = goOn(dir);
    expect(addSale(third)).toBe(41);
    third.close();
    expect(inspectDamage(task(dir), NO_TELL)).toMatchObject({ sales: 40, lost: 0 });
    await merge(dir);
    expect(await findings(dir)).toEqual(["continuedMerged", "continuedMerged"]);
    const merged = new SaleLog(dir, { refusesDamage: true });
    expect(merged.sales.newestId()).toBe(41);
    merged.close();
  });
});

describe("on the way", () => {
  it("a power cut between any two files ends with the same books aside", () => {
    const dir = tempDir();
    sell(dir, 5, "crash");
    DAMAGES.garbageHead(dir);
    const cut = { cause: "pages", nowMs: AT, utcOffsetMin: 480, highestSeq: null } as const;
    setBooksAside(dir, { ...cut, publicKey: publicKeyOf(dir) });
    const [folder = ""] = asideIn(dir);
    // As if only one of the files had been moved.
    rmSync(join(dir, folder, ".whole"));
    renameSync(join(dir, folder, "slipsure.witness"), witnessPath(dir));
    const continues = resumeSetAside(dir);
    if (!continues) throw new Error("nothing to resume");
    const log = new SaleLog(dir, { refusesDamage: true, continues });
    addSale(log);
    log.close();
    // Cut off again before the plan was taken away: what is new stays where it is.
    expect(resumeSetAside(dir)).not.toBeNull();
    const again = new SaleLog(dir, { refusesDamage: true, continues });
    doneSettingAside(dir);
    expect(again.sales.record(again.sales.newestId())).not.toBeNull();
    again.close();
    expect(asideIn(dir)).toEqual([folder]);
    expect(resumeSetAside(dir)).toBeNull();
  });

  it("a commit that a power cut tore is no damage: nobody was told of it", () => {
    const dir = tempDir();
    sell(dir, 5, "crash");
    tearJournal(dir, "last");
    const log = new SaleLog(dir, { refusesDamage: true });
    expect(log.sales.newestId()).toBe(4);
    log.close();
  });

  it("verify names the file before, and says whether it is the one", async () => {
    const dir = tempDir();
    sell(dir, 5);
    DAMAGES.flippedBody(dir);
    goOn(dir).close();
    const { continued } = await verifyFile({ path: logPath(dir), witness: witnessPath(dir) });
    if (!continued) throw new Error("not named");
    const { setAside } = continued;
    expect(setAside).toBe(asideIn(dir)[0]);
    expect(checkPredecessor(dir, continued)).toBe("fits");
    const other = tempDir();
    sell(other, 5);
    rmSync(join(dir, setAside), { recursive: true });
    expect(checkPredecessor(dir, continued)).toBe("absent");
    cpSync(other, join(dir, setAside), { recursive: true });
    expect(checkPredecessor(dir, continued)).toBe("contradicts");
  });
});
