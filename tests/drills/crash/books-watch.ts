import { existsSync } from "node:fs";
import type { SaleRecord } from "../../../main/domain/sale.ts";
import { findBrokenLink, GENESIS, headOf } from "../../../main/sale-log/chain.ts";
import { EVENT_KIND, type EventKind } from "../../../main/sale-log/event.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { saleRows } from "../../../main/sale-log/sale-rows.ts";
import { Database, type SqlValue } from "../../../main/sale-log/sqlite.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { witnessPath } from "../../../main/sale-log/witness.ts";
import type { Tally } from "../drill.ts";

/** An event somebody was told is safe. */
export interface Acknowledged {
  seq: number;
  hash: string;
}

const KIND_NAME = new Map<number, string>(
  Object.entries(EVENT_KIND).map(([name, kind]) => [kind, name]),
);

/** The transactions a seller makes, as the kinds of their events; one of them may have been cut off unsaid. */
const ONE_TRANSACTION: readonly EventKind[][] = [
  ["saleCompleted"],
  ["receipt"],
  ["dayClosed"],
  ["logMade"],
];
/** What comes along with the first event that needs it. */
const COMES_ALONG: ReadonlySet<string> = new Set(["dayOpened", "personNamed"]);

/** Amounts, counts, obligations and papers of new sales, each as a query that must find nothing. */
const NEVER = {
  "I4 lines come to the total": `SELECT s.id FROM sale s WHERE s.id>? AND (s.lines, s.total) IS NOT
    (SELECT count(*), sum(amount) FROM sale_line WHERE sale_id=s.id)`,
  "I5 payments come to the total": `SELECT s.id FROM sale s WHERE s.id>? AND s.total+s.change IS NOT
    (SELECT sum(amount) FROM payment WHERE sale_id=s.id)`,
  "I8 a receipt and a paper": `SELECT s.id FROM sale s WHERE s.id>? AND (SELECT count(*) FROM receipt r
    JOIN print_job j ON j.sale_id=r.sale_id WHERE r.sale_id=s.id) <> 1`,
  "I9 printed means ended": `SELECT r.sale_id FROM receipt r WHERE r.sale_id>? AND
    (r.state='printed') <> EXISTS(SELECT 1 FROM print_job j WHERE j.sale_id=r.sale_id AND j.state='printed'
    AND j.ended_at_ms IS NOT NULL)`,
  "one request, one sale": `SELECT s.id FROM sale s WHERE s.id>? AND NOT EXISTS
    (SELECT 1 FROM request q WHERE q.id='request-'||s.id AND q.result=CAST(s.id AS TEXT))`,
} as const;

/**
 * Looks at books after each crash: everything that was acknowledged is there unchanged, everything else is
 * one whole transaction at most, and the rows follow from the events (storage research, I1 to I12). Only
 * what is new since the last look is read; `verify` reads everything.
 */
export class BooksWatch {
  readonly dir: string;
  sales = 0;
  /** The newest event that was found good. */
  head: Acknowledged = { seq: 0, hash: GENESIS };
  /** Said while the power was going already, and gone: no screen would have shown it. */
  goneInTheDark = 0;
  private readonly tally: Tally;

  constructor(dir: string, tally: Tally) {
    this.dir = dir;
    this.tally = tally;
  }

  /**
   * @param promised was acknowledged before the crash, in the order it was said
   * @param acknowledged and what was said while it happened; the same for a kill
   */
  look(promised: readonly Acknowledged[], acknowledged = promised): void {
    if (!existsSync(logPath(this.dir))) {
      if (promised.length > 0) this.tally.lose("the whole log", promised.length);
      return;
    }
    try {
      this.read(promised, acknowledged);
    } catch (error) {
      // Cut off before anything was promised: the next start makes them anew, or says why not.
      const count = promised.length + this.head.seq;
      if (count > 0) this.tally.lose(`the books can't be read: ${String(error)}`, count);
    }
  }

  private read(promised: readonly Acknowledged[], acknowledged: readonly Acknowledged[]): void {
    const db = new Database(logPath(this.dir), "read");
    try {
      // Killed before the schema was made: there is nothing to lose yet.
      if (Number(db.get("PRAGMA user_version")?.["user_version"]) === 0 && this.head.seq === 0)
        return;
      this.chain(db);
      this.promises(db, promised, acknowledged);
      this.rows(db);
      this.head = headOf(db);
    } finally {
      db.close();
    }
  }

  /** Everything, from the first event on. */
  async verify(): Promise<void> {
    if (this.head.seq === 0) return;
    const files = { path: logPath(this.dir), witness: witnessPath(this.dir) };
    const { findings, events } = await verifyFile(files).catch((error: unknown) => {
      this.tally.mistake(`verify: ${String(error)}`);
      return { findings: [], events: this.head.seq };
    });
    this.tally.expect("verify reads every event", events, this.head.seq);
    for (const finding of findings) this.tally.mistake(`verify: ${JSON.stringify(finding)}`);
  }

  /** I1, I3: no gap, and every hash follows from the one before. */
  private chain(db: Database): void {
    const known = db.get("SELECT hash FROM event WHERE seq=?", this.head.seq);
    if (this.head.seq > 0 && known?.["hash"] !== this.head.hash)
      this.tally.lose(`event ${this.head.seq}, seen before, is gone or another one`);
    const broken = findBrokenLink(db, this.head);
    if (broken) this.tally.mistake(`I1/I3 event ${broken.seq} is ${broken.problem}`);
  }

  /** I10, I11, I12. */
  private promises(
    db: Database,
    promised: readonly Acknowledged[],
    acknowledged: readonly Acknowledged[],
  ): void {
    const found = new Map(
      db
        .rows("SELECT seq,hash FROM event WHERE seq>?", this.head.seq)
        .map(([seq, hash]) => [Number(seq), String(hash)]),
    );
    for (const { seq, hash } of promised)
      if (seq > this.head.seq && found.get(seq) !== hash)
        this.tally.lose(`event ${seq}, acknowledged, is ${found.has(seq) ? "changed" : "gone"}`);
    const inTheDark = acknowledged.slice(promised.length);
    this.goneInTheDark += inTheDark.filter(({ seq, hash }) => found.get(seq) !== hash).length;
    const said = Math.max(this.head.seq, acknowledged.at(-1)?.seq ?? 0);
    const unsaid = db
      .rows("SELECT kind FROM event WHERE seq>? ORDER BY seq", said)
      .map(([kind]) => KIND_NAME.get(Number(kind)) ?? String(kind))
      .filter((kind) => !COMES_ALONG.has(kind));
    const isOne =
      unsaid.length === 0 || ONE_TRANSACTION.some((kinds) => kinds.join() === unsaid.join());
    if (!isOne) this.tally.mistake(`I12 unacknowledged: ${unsaid.join(", ")}`);
  }

  /** I2, I4 to I9 for new sales. */
  private rows(db: Database): void {
    const after = this.sales;
    for (const [what, sql] of Object.entries(NEVER))
      for (const [id] of db.rows(sql, after)) this.tally.mistake(`${what}: sale ${String(id)}`);
    const events = db.rows(
      `SELECT e.ref, e.seq, e.actor, e.body FROM event e WHERE e.kind=${EVENT_KIND.saleCompleted} AND e.seq>? ORDER BY e.seq`,
      this.head.seq,
    );
    for (const [ref, seq, actor, body] of events) {
      this.sales += 1;
      this.tally.expect("I2 number of a sale", Number(ref), this.sales);
      this.sale(db, Number(seq), Number(actor), String(body));
    }
    const count = Number(db.get("SELECT count(*) AS n FROM sale WHERE id>?", after)?.["n"]);
    this.tally.expect("I6 sales per sale event", count, events.length);
  }

  /** I6, I7: every row of a sale, column by column, from the text of its event. */
  private sale(db: Database, seq: number, cashierId: number, body: string): void {
    const record = JSON.parse(body) as SaleRecord & { dayId: number };
    const id = record.receiptNo;
    const nameId = (zh: string, en: string) =>
      Number(db.get("SELECT id FROM item_name WHERE name_zh=? AND name_en=?", zh, en)?.["id"]);
    const wanted = saleRows(record, { seq, dayId: record.dayId, cashierId, nameId });
    const found = {
      sale: db.rows("SELECT * FROM sale WHERE id=?", id)[0] ?? [],
      lines: db.rows("SELECT * FROM sale_line WHERE sale_id=? ORDER BY n", id),
      payments: db.rows("SELECT * FROM payment WHERE sale_id=? ORDER BY n", id),
    };
    const text = (rows: Record<string, SqlValue[] | SqlValue[][]>) => JSON.stringify(rows);
    if (text(found) !== text(wanted)) this.tally.mistake(`I7 rows of sale ${id}`);
  }
}
