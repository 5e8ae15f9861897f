import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { headOf } from "../../../main/sale-log/chain.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { readWitness, witnessPath } from "../../../main/sale-log/witness.ts";
import { Random } from "../../soak/random.ts";
import { addSale } from "../../unit/support/log-samples.ts";
import { Tally, type Drill } from "../drill.ts";
import { shopLog } from "./shop-log.ts";

const SECTOR = 512;
const UNCHECKPOINTED_SALES = 60;
/** Every so many copies are opened as a till and verified whole; all others are read. */
const OPEN_EVERY = 10;

/** A transaction that was acknowledged, and how long the write-ahead log was then. */
interface Commit {
  seq: number;
  hash: string;
  walBytes: number;
}

type Damage = (wal: Buffer, random: Random) => { bytes: Buffer; from: number };

/** What a disk or a cut can do to the end of a file. `from`: the first byte that is not as it was. */
const DAMAGES: Record<string, Damage> = {
  truncated: (wal, random) => {
    const from = random.int(0, wal.length - 1);
    return { bytes: wal.subarray(0, from), from };
  },
  bit: (wal, random) => {
    const from = random.int(0, wal.length - 1);
    const bytes = Buffer.from(wal);
    bytes.writeUInt8(bytes.readUInt8(from) ^ (1 << random.int(0, 7)), from);
    return { bytes, from };
  },
  "zeroed sector": (wal, random) => overwrite(wal, random, Buffer.alloc(SECTOR)),
  "foreign sector": (wal, random) => {
    const garbage = Buffer.from(Array.from({ length: SECTOR }, () => random.int(0, 255)));
    return overwrite(wal, random, garbage);
  },
  "sectors from elsewhere": (wal, random) => {
    const at = random.int(0, Math.max(0, wal.length - SECTOR));
    return overwrite(wal, random, wal.subarray(at, at + SECTOR));
  },
  "zeros to the end": (wal, random) => {
    const from = random.int(0, wal.length - 1);
    return { bytes: Buffer.concat([wal.subarray(0, from), Buffer.alloc(wal.length - from)]), from };
  },
  "garbage behind the end": (wal, random) => {
    const tail = Buffer.from(Array.from({ length: random.int(1, 9000) }, () => random.int(0, 255)));
    return { bytes: Buffer.concat([wal, tail]), from: wal.length };
  },
};

function overwrite(wal: Buffer, random: Random, sector: Buffer): { bytes: Buffer; from: number } {
  const from = random.int(0, Math.floor((wal.length - 1) / SECTOR)) * SECTOR;
  const bytes = Buffer.from(wal);
  sector.copy(bytes, from);
  return { bytes, from };
}

export const tornWalDrill: Drill = {
  title: "the write-ahead log torn: cut short, flipped, overwritten, garbage behind it",
  cashier: {
    zh: "照常打开，写到断口为止的每一笔都在；少了已签名的部分，日志自己会说。",
    en: "The till opens as always with every sale up to the tear; if signed entries are missing, the log says so itself.",
  },
  times: { long: 1000, quick: 105 },
  run: async ({ dir, seed, times, log }) => {
    const random = new Random(seed);
    const tally = new Tally();
    const source = join(dir, "source");
    const commits = prepare(dir, source);
    const wal = readFileSync(`${logPath(source)}-wal`);
    const signedUpTo = readWitness(witnessPath(source))?.anchors.at(-1)?.seq ?? 0;
    const kinds = Object.keys(DAMAGES);
    let told = 0;
    for (; tally.times < times; tally.times += 1) {
      if (tally.times % 250 === 249) log(`torn-wal: ${tally.times + 1} of ${times}`);
      const kind = kinds[tally.times % kinds.length] ?? "bit";
      const { bytes, from } = (DAMAGES[kind] ?? overwriteNothing)(wal, random);
      const copy = copyOf(source, join(dir, "torn"), bytes);
      const what = `${kind} at ${from} of ${wal.length}`;
      const head = readHead(copy);
      judge(commits, head, from, what, tally);
      if (tally.times % OPEN_EVERY !== 0) continue;
      // oxlint-disable-next-line no-await-in-loop -- one copy after the other
      told += await openAndSell(copy, head.seq < signedUpTo, what, tally);
    }
    tally.facts["commits in the torn part"] = commits.length;
    tally.facts["opened as a till"] = Math.ceil(times / OPEN_EVERY);
    tally.facts["of these, said by the log itself"] = told;
    return tally.outcome();
  },
};

const overwriteNothing: Damage = (wal) => ({ bytes: wal, from: wal.length });

/** A log whose last sales are in the write-ahead log only, frozen as a power cut leaves it. */
function prepare(dir: string, source: string): Commit[] {
  const live = join(dir, "live");
  for (const each of [live, source]) mkdirSync(each, { recursive: true });
  shopLog(live, 2, 30);
  const log = new SaleLog(live);
  // Closing emptied the write-ahead log: from here on it only grows.
  const commits: Commit[] = [{ ...log.head(), walBytes: 0 }];
  const note = () => commits.push({ ...log.head(), walBytes: walBytes(live) });
  for (let n = 0; n < UNCHECKPOINTED_SALES; n += 1) {
    const id = addSale(log);
    note();
    log.transaction(() =>
      log.receipts.record(id, Date.UTC(2026, 11, 1), "till", {
        type: "attemptStarted",
        attempt: 1,
      }),
    );
    note();
    if (n === UNCHECKPOINTED_SALES / 2) log.anchorNow("backup");
  }
  copyAll(live, source);
  log.close();
  return commits;
}

const FILES = ["slipsure.db", "slipsure.db-wal", "slipsure.witness", "till.key"];

function copyAll(from: string, to: string): void {
  for (const name of FILES) copyFileSync(join(from, name), join(to, name));
}

function copyOf(source: string, to: string, wal: Buffer): string {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  copyAll(source, to);
  writeFileSync(`${logPath(to)}-wal`, wal);
  return to;
}

function walBytes(dir: string): number {
  return statSync(`${logPath(dir)}-wal`).size;
}

function readHead(dir: string): { seq: number; hash: string } {
  const db = new Database(logPath(dir));
  try {
    return headOf(db);
  } finally {
    db.close();
  }
}

/** An exact prefix of the commits, and all of those that lie before the damage. */
function judge(
  commits: readonly Commit[],
  head: { seq: number; hash: string },
  from: number,
  what: string,
  tally: Tally,
): void {
  const at = commits.findIndex(({ seq, hash }) => seq === head.seq && hash === head.hash);
  if (at === -1) return tally.mistake(`${what}: ends at event ${head.seq}, which no commit does`);
  const intact = commits.findLastIndex(({ walBytes: end }) => end <= from);
  if (at < intact) tally.lose(`${what}: ${intact - at} intact commits`, intact - at);
}

/** Opens a torn copy as a till does: it must say that signed entries are missing, or nothing, and sell on. */
async function openAndSell(
  dir: string,
  isSignedMissing: boolean,
  what: string,
  tally: Tally,
): Promise<number> {
  const log = new SaleLog(dir);
  const codes = log.damage.map(({ code }) => code);
  tally.expect(`${what}: said missing`, codes.includes("tailCut"), isSignedMissing);
  if (!isSignedMissing) tally.expect(`${what}: damage`, codes.join(), "");
  addSale(log);
  log.close();
  const report = await verifyFile({ path: logPath(dir), witness: witnessPath(dir) });
  tally.expect(`${what}: verify`, report.ok, !isSignedMissing);
  return isSignedMissing ? 1 : 0;
}
