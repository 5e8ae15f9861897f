import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { SaleRecord } from "../../../main/domain/sale.ts";
import { chainHash, headOf } from "../../../main/sale-log/chain.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import type { BenchRow } from "../suites.ts";
import { median } from "../table.ts";
import { medianRatio, ms, percentile, timed } from "./measure.ts";
import { addSale, Shop } from "./shop.ts";

const ROUNDS = 9;
const PER_ROUND = 120;
/** A day after the last one of the log. */
const DATE = "2026-10-31";
const FIRST_MS = Date.UTC(2026, 9, 31, 2);
const EMPTY_BASKET = '{"discountMinor":0,"lines":[]}';

/** What a sale waits for, beside the least that a disk makes anybody wait. */
export function benchCommits(dir: string, tell: (line: string) => void): BenchRow[] {
  const shop = new Shop(FIRST_MS);
  const records = Array.from({ length: ROUNDS * PER_ROUND * 3 }, () => shop.record("小王"));
  const log = new SaleLog(dir);
  const guards = new Guards(dir);
  const disk = new BareDisk(join(dir, "bare"), eventBytes(dir));
  const real: number[][] = [];
  const bare: number[][] = [];
  const guarded: number[][] = [];
  const unguarded: number[][] = [];
  try {
    const commit = () => timed(() => sellOne(log, records.pop()));
    for (let round = 0; round < ROUNDS; round += 1) {
      const [commits, writes]: number[][] = [[], []];
      for (let n = 0; n < PER_ROUND; n += 1) {
        commits?.push(commit());
        writes?.push(timed(() => disk.write()));
      }
      real.push(commits ?? []);
      bare.push(writes ?? []);
      log.checkpoint();
      guarded.push(inARow(commit));
      guards.takeAway();
      unguarded.push(inARow(commit));
      guards.putBack();
      log.checkpoint();
    }
  } finally {
    guards.close();
    log.close();
    disk.close();
  }
  const p50 = median(real.flat());
  // The median of the rounds: what else the machine writes falls on some of them, not on all.
  const p99 = median(real.map((round) => percentile(round, 0.99)));
  const chainMs = chainCost(dir, records.slice(0, 50));
  const triggers = 1 - medianRatio(unguarded.map(median), guarded.map(median));
  const chain = chainMs / median(guarded.flat());
  tell(
    `commit p50 ${ms(p50)} ms, p99 ${ms(p99)} ms; write+fdatasync of its ${disk.bytes} bytes p50 ${ms(median(bare.flat()))} ms`,
  );
  tell(
    `triggers ${(triggers * 100).toFixed(1)} %, chain ${(chain * 100).toFixed(1)} % of a commit`,
  );
  const share = Math.max(0, triggers) + chain;
  const ratio = medianRatio(bare.map(median), real.map(median));
  return [
    {
      name: "commit: write+fdatasync of its event / a durable sale",
      ratio,
      goal: 0.45,
      ok: ratio >= 0.45,
    },
    {
      name: "commit: p99 / its own p50",
      ratio: p99 / p50,
      goal: 6,
      atMost: true,
      ok: p99 / p50 <= 6,
    },
    {
      name: "commit: share of chain and triggers",
      ratio: share,
      goal: 0.12,
      atMost: true,
      ok: share <= 0.12,
    },
  ];
}

/** Some sales to get going, the rest counted. */
function inARow(commit: () => number): number[] {
  for (let n = 0; n < 15; n += 1) commit();
  return Array.from({ length: PER_ROUND / 2 }, commit);
}

/** As `sale.complete` does it: everything of one sale in one transaction, the basket emptied with it. */
export function sellOne(log: SaleLog, record: SaleRecord | undefined): void {
  if (!record) throw new Error("no more sales were prepared");
  const requestId = crypto.randomUUID();
  log.once(requestId, FIRST_MS, () => {
    const saleId = addSale(log, record, DATE, requestId);
    log.keep("basket", EMPTY_BASKET);
    return { saleId };
  });
}

/** What a program writes that keeps nothing but the event itself. */
class BareDisk {
  readonly bytes: number;
  private readonly path: string;
  private readonly file: number;
  private readonly event: Buffer;

  constructor(path: string, bytes: number) {
    this.path = path;
    this.bytes = bytes;
    this.file = openSync(path, "w");
    this.event = Buffer.alloc(bytes, "x");
  }

  write(): void {
    writeSync(this.file, this.event);
    fdatasyncSync(this.file);
  }

  close(): void {
    closeSync(this.file);
    rmSync(this.path);
  }
}

function eventBytes(dir: string): number {
  const db = new Database(logPath(dir), "read");
  const row = db.get(
    `SELECT avg(length(CAST(body AS BLOB))) AS n FROM
       (SELECT e.body FROM sale s JOIN event e ON e.seq=s.seq ORDER BY s.id DESC LIMIT 1000)`,
  );
  db.close();
  return Math.round(Number(row?.["n"]));
}

/** Milliseconds that the chain adds to one sale: the head is read and the link is hashed. */
function chainCost(dir: string, records: readonly SaleRecord[]): number {
  const db = new Database(logPath(dir), "read");
  const bodies = records.map((record) => JSON.stringify(record));
  const rounds = Array.from(
    { length: ROUNDS },
    () =>
      timed(() => {
        for (const body of bodies) chainHash(headOf(db).hash, 1, FIRST_MS, 3, 1, 1, body);
      }) / bodies.length,
  );
  db.close();
  return median(rounds);
}

/** The triggers that every insert passes, taken away and put back by another connection. */
class Guards {
  private readonly db: Database;
  private readonly guards: readonly (readonly [name: string, sql: string])[];

  constructor(dir: string) {
    this.db = new Database(logPath(dir));
    this.guards = this.db
      .rows(
        "SELECT name, sql FROM sqlite_schema WHERE type='trigger' AND sql LIKE '%BEFORE INSERT%'",
      )
      .map(([name, sql]) => [String(name), String(sql)] as const);
  }

  takeAway(): void {
    for (const [name] of this.guards) this.db.exec(`DROP TRIGGER ${name}`);
  }

  putBack(): void {
    for (const [, sql] of this.guards) this.db.exec(sql);
  }

  close(): void {
    this.db.close();
  }
}
