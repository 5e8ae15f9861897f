import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, it } from "vitest";
import { completeRestore, finishRestore } from "../../../main/backup/backups.ts";
import { carryEvents } from "../../../main/backup/carry-over.ts";
import { compareWithBooks } from "../../../main/backup/compare.ts";
import { inspectBackup } from "../../../main/backup/inspect.ts";
import { placeRestored } from "../../../main/backup/place.ts";
import { planRestore, publicKeyOf } from "../../../main/backup/planning.ts";
import { bringBooks, COMING } from "../../../main/backup/restore.ts";
import { FileKeyStore } from "../../../main/sale-log/key-store.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { witnessPath } from "../../../main/sale-log/witness.ts";
import { addSale, AT } from "../support/log-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { BackupBench, HOUR_MS } from "./backup-bench.ts";

const child = fileURLToPath(new URL("copy-and-restore-child.ts", import.meta.url));

type Step =
  | { do: "sell"; sales: number }
  | { do: "copy" | "crash" }
  /** Backups are counted round: any number is one of them. */
  | { do: "restore" | "newPc"; backup: number }
  | { do: "killedRestore"; backup: number; at: number };

const backup = fc.nat({ max: 9 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("sell"), sales: fc.nat({ max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("copy", "crash") }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("restore", "newPc"), backup }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("killedRestore"),
      backup,
      at: fc.integer({ min: 1, max: 16 }),
    }),
  },
);

/** A till through everything that may happen to its books, and what its customers have in their hands. */
class Shop {
  dir = tempDir();
  readonly backups: string[];
  readonly onPaper = new Set<number>();

  /** @param other a backup of another till */
  constructor(other: string) {
    this.backups = [other];
  }

  async do(step: Step): Promise<void> {
    switch (step.do) {
      case "sell":
        return this.sell(step.sales, "close");
      case "crash":
        return this.sell(1, "crash");
      case "copy":
        return this.copy();
      case "restore":
        return this.restore(this.backup(step.backup), null);
      case "newPc":
        // Nothing is left of the old one but its backups and the paper.
        this.dir = tempDir();
        return this.restore(this.backup(step.backup), this.lastOnPaper());
      case "killedRestore":
        spawnSync(process.execPath, [
          "--no-warnings",
          child,
          "place",
          this.dir,
          this.backup(step.backup),
          String(step.at),
        ]);
        return this.finish();
    }
  }

  async verify(): Promise<string[]> {
    const path = logPath(this.dir);
    const { findings } = await verifyFile({ path, witness: witnessPath(this.dir) });
    return [...new Set(findings.map(({ code }) => code))];
  }

  private lastOnPaper(): number | null {
    return this.onPaper.size === 0 ? null : Math.max(...this.onPaper);
  }

  private backup(number: number): string {
    return this.backups[number % this.backups.length] ?? "";
  }

  private sell(sales: number, end: "close" | "crash"): void {
    const log = new SaleLog(this.dir);
    expect(log.damage).toEqual([]);
    for (let n = 0; n < sales; n += 1) {
      const saleId = addSale(log);
      expect(this.onPaper, "a number is given twice").not.toContain(saleId);
      this.onPaper.add(saleId);
    }
    if (end === "close") log.close();
    else log.abandon();
  }

  private async copy(): Promise<void> {
    const bench = new BackupBench({ dataDir: this.dir });
    // Of copies made within one hour only the newest stays.
    bench.clock.jump(this.backups.length * HOUR_MS);
    this.backups.push(await bench.copy());
    await bench.close();
  }

  private sold(): number[] {
    const db = new Database(logPath(this.dir), "read");
    const ids = db.rows("SELECT id FROM sale ORDER BY id").map(([id]) => Number(id));
    db.close();
    return ids;
  }

  private async restore(path: string, lastOnPaper: number | null): Promise<void> {
    const { dir } = this;
    const books = logPath(dir);
    const workDir = join(dir, "restore-work");
    const found = await inspectBackup({ path, passphrase: null, workDir }, () => {});
    const here = compareWithBooks(books, found.openPath, found.facts);
    const before = here ? this.sold() : [];
    bringBooks(dir, found, () => {});
    carryEvents(`${books}${COMING}`, books, here);
    const key = new FileKeyStore(dir).read();
    const now = { atMs: AT, utcOffsetMin: 0, by: "小王" };
    const planned = planRestore({ path, lastOnPaper }, { ...found, here }, dir, key, now);
    const about = { settingsHere: null, publicKey: publicKeyOf(key), nowMs: AT };
    placeRestored({ dataDir: dir, planned, ...about });
    this.finish();
    if (here?.relation === "same" || here?.relation === "older") expect(here.lostSales).toBe(0);
    // What was not named as given up is there.
    const gone = before.filter((saleId) => !this.sold().includes(saleId));
    const named = here?.givenUp.sales.map(({ saleId }) => saleId) ?? [];
    expect(gone.filter((saleId) => !named.includes(saleId))).toEqual([]);
  }

  /** What the next start does. */
  private finish(): void {
    const store = new Map<string, unknown>();
    const keyed = { get: (key: string) => store.get(key), set: store.set.bind(store) };
    const plan = finishRestore(this.dir, keyed);
    const log = new SaleLog(this.dir);
    expect(log.damage).toEqual([]);
    if (plan) completeRestore(this.dir, plan, log);
    log.close();
  }
}

it(
  "no number comes twice, whatever is sold, copied, restored, cut off or carried to a new PC",
  { timeout: 240_000 },
  async () => {
    const bench = new BackupBench({ sales: 2 });
    const other = await bench.copy();
    await bench.close();
    const steps = fc.array(anyStep, { minLength: 3, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const shop = new Shop(other);
        for (const step of plan) {
          // oxlint-disable-next-line no-await-in-loop -- one after the other, as it happened
          await shop.do(step);
        }
        // oxlint-disable-next-line no-await-in-loop -- as above
        await shop.do({ do: "sell", sales: 1 });
        expect((await shop.verify()).filter((code) => code !== "keyChanged")).toEqual([]);
      }),
      { numRuns: 10 },
    );
  },
);
