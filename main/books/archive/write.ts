import { createHash } from "node:crypto";
import { minorDigitsOf } from "../../domain/money.ts";
import { anchorsAfter, newestAnchor, type Anchor } from "../../sale-log/anchors.ts";
import { canonicalJson } from "../../sale-log/canonical-json.ts";
import { GENESIS, linkHash } from "../../sale-log/chain.ts";
import { EVENT_KIND } from "../../sale-log/event.ts";
import { readIdentity } from "../../sale-log/log-identity.ts";
import type { Database } from "../../sale-log/sqlite.ts";
import type { TillKey } from "../../sale-log/till-key.ts";
import { BooksError } from "../problem.ts";
import {
  MANIFEST_PREFIX,
  manifestText,
  type ArchiveFile,
  type ArchiveManifest,
} from "./manifest.ts";
import { findPeriod, type Period } from "./period.ts";
import { settledSales, type SettledSale, type Settlement } from "./settled.ts";
import { CSV_HEAD, csvLine } from "./settled-csv.ts";
import { ZipFile } from "./zip-file.ts";

/** Events read, and lines written, together. */
const PAGE = 1000;

/** What is to be archived and what the archive says of its making. */
export interface ArchiveWish {
  /** Business dates `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
  atMs: number;
  utcOffsetMin: number;
  by: string;
  shop: string;
  appVersion: string;
  /** Files that come with every archive: the verifier, and how to use it. */
  enclosed: { name: string; text: string }[];
}

export interface ArchiveResult {
  bytes: number;
  events: number;
  sales: number;
  owed: number;
  keyId: string;
}

/** How many events, or sales, are done of how many. */
export type TellEvents = (done: number, of: number) => void;

/**
 * Writes the archive of a period to `path`. Only what never changes is read, so sales go on meanwhile and
 * nothing waits for anything. The newest event must be signed.
 * @throws BooksError `empty`, or `damaged` for books that would prove nothing; or `tooLarge`; SQLite's
 * error, or the error of the disk.
 */
export function writeArchive(
  db: Database,
  path: string,
  wish: ArchiveWish,
  key: TillKey,
  tell: TellEvents,
): ArchiveResult {
  const period = findPeriod(db, wish.from, wish.to);
  if (!period) throw new BooksError("empty");
  const { firstSeq } = period;
  const lastSeq = endOf(db, period);
  const folder = new ZippedFolder(path, wish);
  try {
    const before = { seq: firstSeq - 1, hash: hashAt(db, firstSeq - 1) };
    const after = { seq: lastSeq, hash: hashAt(db, lastSeq) };
    folder.put("events.jsonl", eventLines(db, before, lastSeq, tell));
    const anchors = anchorsBetween(db, firstSeq, lastSeq);
    folder.put("anchors.jsonl", [anchors.map((each) => `${canonicalJson(each)}\n`).join("")]);
    const sums = new Sums();
    folder.put("receipts.csv", listLines(db, period, lastSeq, sums));
    for (const { name, text } of wish.enclosed) folder.put(name, [text]);
    const manifest: ArchiveManifest = {
      ...saidBy(db, wish, key),
      keys: keysOf(db, anchors, key),
      period: {
        from: wish.from,
        to: wish.to,
        days: period.days.map(({ id, date }) => ({ id, date })),
      },
      headBefore: before,
      headAfter: after,
      counts: {
        events: lastSeq - firstSeq + 1,
        anchors: anchors.length,
        sales: sums.sales,
        firstSale: period.days[0]?.firstSaleId ?? 0,
        lastSale: period.days.at(-1)?.lastSaleId ?? 0,
      },
      totals: sums.totals(),
      receipts: sums.receipts,
      files: [...folder.files],
    };
    const text = manifestText(manifest);
    folder.put("manifest.json", [text]);
    folder.put("manifest.sig", [`${key.sign(MANIFEST_PREFIX + text)}\n`]);
    const { events, sales } = manifest.counts;
    return { bytes: folder.finish(), events, sales, owed: sums.receipts.owed, keyId: key.id };
  } finally {
    folder.close();
  }
}

/** Files of one folder in a zip, each with its size and check sum. */
class ZippedFolder {
  readonly files: ArchiveFile[] = [];
  private readonly name: string;
  private readonly zip: ZipFile;

  constructor(path: string, { from, to, atMs, utcOffsetMin }: ArchiveWish) {
    this.name = `slipsure-${from}--${to}`;
    this.zip = new ZipFile(path, new Date(atMs + utcOffsetMin * 60_000));
  }

  put(name: string, pieces: Iterable<string>): void {
    this.zip.begin(`${this.name}/${name}`);
    const sum = createHash("sha256");
    let bytes = 0;
    for (const piece of pieces) {
      const data = Buffer.from(piece);
      sum.update(data);
      bytes += data.length;
      this.zip.add(data);
    }
    this.files.push({ name, bytes, sha256: sum.digest("hex") });
  }

  finish(): number {
    return this.zip.finish();
  }

  close(): void {
    this.zip.close();
  }
}

/** Who made the archive, and of whose books. */
function saidBy(db: Database, wish: ArchiveWish, key: TillKey) {
  const identity = readIdentity(db);
  if (!identity) throw new BooksError("damaged", "the books do not say whose they are");
  const people = db.rows("SELECT id,name FROM person ORDER BY id");
  return {
    format: "slipsure archive 1" as const,
    appVersion: wish.appVersion,
    madeAt: new Date(wish.atMs).toISOString(),
    by: wish.by,
    shop: wish.shop,
    till: { id: identity.tillId, keyId: key.id },
    people: people.map(([id, name]) => ({ id: Number(id), name: String(name) })),
  };
}

/**
 * The last event of an archive: everything of its days, whatever settled one of their receipts later, and
 * on to the signature that covers it. With a receipt still owed that is the end of the log: only there can
 * be seen that nothing settled it.
 */
function endOf(db: Database, period: Period): number {
  const newest = newestAnchor(db)?.seq ?? 0;
  let last = period.lastSeq;
  for (const { settledSeq } of settledSales(db, period, newest))
    last = Math.max(last, settledSeq ?? newest);
  const row = db.get("SELECT seq FROM anchor WHERE seq>=? ORDER BY seq LIMIT 1", last);
  if (!row) throw new BooksError("damaged", `nothing is signed behind event ${last}`);
  return Number(row["seq"]);
}

/** A line per event; the body stands in it exactly as it was hashed. The chain is followed on the way. */
function* eventLines(
  db: Database,
  before: { seq: number; hash: string },
  lastSeq: number,
  tell: TellEvents,
): Generator<string> {
  const of = lastSeq - before.seq;
  let previous = before.hash;
  for (let seq = before.seq + 1; seq <= lastSeq;) {
    const rows = db.rows(
      "SELECT seq,at_ms,kind,actor,ref,body,hash FROM event WHERE seq>=? AND seq<=? ORDER BY seq LIMIT ?",
      seq,
      lastSeq,
      PAGE,
    );
    const lines: string[] = [];
    for (const [at, atMs, kind, actor, ref, body, hash] of rows) {
      const link = [at, atMs, kind, actor, ref ?? "", body].join("|");
      if (at !== seq || linkHash(previous, link) !== hash)
        throw new BooksError("damaged", `event ${seq}`);
      previous = String(hash);
      lines.push(
        `{"seq":${seq},"atMs":${String(atMs)},"kind":${String(kind)},"actor":${String(actor)},` +
          `"ref":${String(ref)},"hash":"${previous}","body":${String(body)}}\n`,
      );
      seq += 1;
    }
    if (rows.length === 0) throw new BooksError("damaged", `event ${seq}`);
    tell(seq - before.seq - 1, of);
    yield lines.join("");
  }
}

function* listLines(db: Database, period: Period, lastSeq: number, sums: Sums): Generator<string> {
  let lines = [CSV_HEAD];
  for (const sale of settledSales(db, period, lastSeq)) {
    sums.add(sale);
    if (lines.push(csvLine(sale)) < PAGE) continue;
    yield lines.join("");
    lines = [];
  }
  yield lines.join("");
}

/** What the sales of a period come to. */
class Sums {
  sales = 0;
  readonly receipts: Record<Settlement, number> = {
    printedA: 0,
    printedB: 0,
    seen: 0,
    declined: 0,
    handwritten: 0,
    delivered: 0,
    owed: 0,
  };
  private readonly byCurrency = new Map<SettledSale["currency"], number>();

  add({ how, currency, totalMinor }: SettledSale): void {
    this.sales += 1;
    this.receipts[how] += 1;
    this.byCurrency.set(currency, (this.byCurrency.get(currency) ?? 0) + totalMinor);
  }

  totals(): ArchiveManifest["totals"] {
    return [...this.byCurrency].map(([currency, totalMinor]) => ({
      currency,
      minorDigits: minorDigitsOf(currency),
      totalMinor,
    }));
  }
}

function anchorsBetween(db: Database, firstSeq: number, lastSeq: number) {
  return anchorsAfter(db, firstSeq - 1, Number.MAX_SAFE_INTEGER).filter(
    ({ seq }) => seq <= lastSeq,
  );
}

function hashAt(db: Database, seq: number): string {
  if (seq === 0) return GENESIS;
  const row = db.get("SELECT hash FROM event WHERE seq=?", seq);
  if (!row) throw new BooksError("damaged", `event ${seq}`);
  return String(row["hash"]);
}

/** The keys these anchors were signed with, and the till's own. Only a till whose key was lost once has more. */
function keysOf(db: Database, anchors: readonly Anchor[], key: TillKey): ArchiveManifest["keys"] {
  const own = { keyId: key.id, publicKey: key.publicKey };
  const used = new Set(anchors.map(({ keyId }) => keyId));
  used.delete(key.id);
  if (used.size === 0) return [own];
  const rows = db.rows(
    "SELECT body FROM event WHERE kind IN (?,?) ORDER BY seq",
    EVENT_KIND.logMade,
    EVENT_KIND.keyChanged,
  );
  const known = rows
    .map(([body]) => JSON.parse(String(body)) as ArchiveManifest["keys"][number])
    .filter(({ keyId }) => used.has(keyId))
    .map(({ keyId, publicKey }) => ({ keyId, publicKey }));
  return [...known, own];
}
