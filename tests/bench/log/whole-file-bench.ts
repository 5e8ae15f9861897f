import { closeSync, copyFileSync, fsyncSync, openSync, rmSync } from "node:fs";
import { hash } from "node:crypto";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { linkPage } from "../../../main/sale-log/chain.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { witnessPath } from "../../../main/sale-log/witness.ts";
import type { BenchRow } from "../suites.ts";
import { median } from "../table.ts";
import { sellOne } from "./commit-bench.ts";
import { medianRatio, ms, percentile, timed, timedAsync } from "./measure.ts";
import { Shop } from "./shop.ts";

const ROUNDS = 3;
/** What else a machine writes falls on some of them. */
const COPY_ROUNDS = 7;
const SELL_EVERY_MS = 50;

/** The whole chain checked, beside nothing but the hashing of it. */
export async function benchVerify(dir: string, tell: (line: string) => void): Promise<BenchRow[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  let events = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(hashOnly(dir));
    ours.push(
      await timedAsync(async () => {
        const report = await verifyFile({
          path: logPath(dir),
          witness: witnessPath(dir),
          depth: "chain",
        });
        if (!report.ok) throw new Error(`the log is not whole: ${JSON.stringify(report.totals)}`);
        events = report.events;
      }),
    );
  }
  tell(
    `verify: ${events} events in ${ms(median(ours))} ms; their SHA-256 alone ${ms(median(bare))} ms`,
  );
  const ratio = medianRatio(bare, ours);
  return [
    {
      name: "verify: SHA-256 of every link / the chain checked",
      ratio,
      goal: 0.35,
      ok: ratio >= 0.35,
    },
  ];
}

/** Milliseconds of hashing alone; reading the texts is not counted. */
function hashOnly(dir: string): number {
  const db = new Database(logPath(dir), "read");
  let spentMs = 0;
  for (let seq = 0; ;) {
    const page = linkPage(db, seq);
    if (page.length === 0) break;
    seq = page.at(-1)?.[0] ?? seq;
    spentMs += timed(() => {
      for (const [, link, previous] of page) hash("sha256", `${previous}|${link}`, "base64url");
    });
  }
  db.close();
  return spentMs;
}

/** A copy through SQLite while nobody sells, beside a plain copy of the file. */
export async function benchBackup(dir: string, tell: (line: string) => void): Promise<BenchRow[]> {
  const target = join(dir, "copy.part");
  const ours: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < COPY_ROUNDS; round += 1) {
    plain.push(
      timed(() => {
        copyFileSync(logPath(dir), target);
        sync(target);
      }),
    );
    rmSync(target);
    ours.push(await timedAsync(() => backUp(dir, target)));
    rmSync(target);
  }
  tell(`backup: ${ms(median(ours))} ms; cp and fsync ${ms(median(plain))} ms`);
  const ratio = medianRatio(plain, ours);
  return [{ name: "backup: cp and fsync / a quiet backup", ratio, goal: 0.7, ok: ratio >= 0.7 }];
}

/** The same copy while a sale is made every 50 ms. It is one step, so it never begins again. */
export async function benchBusyBackup(
  dir: string,
  tell: (line: string) => void,
): Promise<BenchRow[]> {
  const target = join(dir, "copy.part");
  const shop = new Shop(Date.UTC(2026, 9, 31, 2));
  const log = new SaleLog(dir);
  const quiet: number[] = [];
  const busy: number[] = [];
  const sales: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    quiet.push(await timedAsync(() => backUp(dir, target)));
    rmSync(target);
    let isDone = false;
    const selling = (async () => {
      while (!isDone) {
        sales.push(timed(() => sellOne(log, shop.record("小王"))));
        await wait(SELL_EVERY_MS);
      }
    })();
    busy.push(await timedAsync(() => backUp(dir, target)));
    isDone = true;
    await selling;
    rmSync(target);
  }
  log.close();
  tell(
    `backup while selling: ${ms(median(busy))} ms, quiet ${ms(median(quiet))} ms; ${sales.length} sales, p50 ${ms(median(sales))} ms, longest ${ms(percentile(sales, 1))} ms`,
  );
  const ratio = medianRatio(busy, quiet);
  return [{ name: "backup: while selling / quiet", ratio, goal: 2, atMost: true, ok: ratio <= 2 }];
}

async function backUp(dir: string, target: string): Promise<void> {
  const live = new Database(logPath(dir), "read");
  await live.copyTo(target);
  live.close();
  sync(target);
}

function sync(path: string): void {
  const file = openSync(path, "r+");
  fsyncSync(file);
  closeSync(file);
}
