import type { ReceiptStatus } from "../../domain/receipt/state.ts";
import { EVENT_KIND, type ReceiptBody } from "../event.ts";
import {
  nextStatus,
  openedReceipt,
  paperChange,
  STATUS_COLUMNS,
  statusRow,
  WAITING,
} from "../receipt-rows.ts";
import type { Database, SqlValue } from "../sqlite.ts";
import { ExpectedRows } from "./expected-rows.ts";
import type { Findings } from "./finding.ts";
import { readBody, readRows } from "./reading.ts";

/** Sales looked at together. */
const PAGE = 500;

interface Paper {
  attempt: number;
  state: string;
  cause: string | null;
  endedAtMs: number | null;
}

interface Step {
  saleId: number;
  seq: number;
  atMs: number;
  body: string;
}

/** Receipts and papers: each sale's events folded anew, by the rules the till uses, and compared. */
export class ReceiptCheck {
  /** Events folded, to be compared with those the first pass saw. */
  readonly folded = { count: 0, seqSum: 0 };
  private readonly db: Database;
  private readonly findings: Findings;
  private readonly receipts: ExpectedRows;
  private readonly papers: ExpectedRows;

  constructor(db: Database, findings: Findings) {
    this.db = db;
    this.findings = findings;
    this.receipts = new ExpectedRows(db, findings, {
      name: "receipt",
      key: ["sale_id"],
      columns: ["day_id", ...STATUS_COLUMNS],
      reportExtra: true,
    });
    this.papers = new ExpectedRows(db, findings, {
      name: "print_job",
      key: ["sale_id", "attempt"],
      columns: ["state", "cause", "ended_at_ms"],
      // The first pass has looked for papers nobody asked for.
      reportExtra: false,
    });
  }

  /** Sales 1 to `last`, in pages; yields the number of the newest one done. */
  *run(last: number): Generator<number> {
    for (let from = 1; from <= last; from += PAGE) {
      const to = Math.min(from + PAGE - 1, last);
      const steps = this.steps(from, to);
      const sales =
        readRows(this.db, "SELECT id,at_ms,day_id FROM sale WHERE id>=? AND id<=?", from, to) ?? [];
      const opened = new Map(sales.map(([id, atMs, dayId]) => [id, { atMs, dayId }]));
      for (let saleId = from; saleId <= to; saleId += 1)
        this.compare(saleId, opened.get(saleId), steps.get(saleId) ?? []);
      yield to;
    }
    this.receipts.finish();
  }

  private steps(from: number, to: number): Map<number, Step[]> {
    const rows = readRows(
      this.db,
      `SELECT ref,seq,at_ms,body FROM event INDEXED BY event_ref
       WHERE kind=${EVENT_KIND.receipt} AND ref>=? AND ref<=? ORDER BY ref,seq`,
      from,
      to,
    );
    if (!rows) this.findings.add("unreadable", { table: "event", row: `event_ref ${from}-${to}` });
    const steps = (rows ?? []).map(([saleId, seq, atMs, body]) => ({
      saleId: Number(saleId),
      seq: Number(seq),
      atMs: Number(atMs),
      body: String(body),
    }));
    for (const { seq } of steps) {
      this.folded.count += 1;
      this.folded.seqSum += seq;
    }
    return Map.groupBy(steps, ({ saleId }) => saleId);
  }

  private compare(
    saleId: number,
    sale: { atMs: SqlValue | undefined; dayId: SqlValue | undefined } | undefined,
    steps: readonly Step[],
  ): void {
    // Without its row, reported by the first pass, nothing says when the obligation was opened.
    if (!sale || typeof sale.atMs !== "number") {
      this.receipts.skip([saleId]);
      this.papers.skip([saleId]);
      return;
    }
    let status = openedReceipt(sale.atMs);
    const papers: Paper[] = [{ attempt: 1, state: WAITING, cause: null, endedAtMs: null }];
    for (const step of steps) status = this.fold(status, papers, step);
    const newest = steps.at(-1);
    const about = { saleId, seq: newest?.seq ?? null, atMs: newest?.atMs ?? sale.atMs };
    this.receipts.next([saleId, sale.dayId ?? null, ...statusRow(status)], about);
    for (const { attempt, state, cause, endedAtMs } of papers.sort((a, b) => a.attempt - b.attempt))
      this.papers.next([saleId, attempt, state, cause, endedAtMs], about);
  }

  private fold(status: ReceiptStatus, papers: Paper[], step: Step): ReceiptStatus {
    const { saleId, seq, atMs } = step;
    const body = readBody(step.body) as ReceiptBody | null;
    // What is no event of a receipt at all comes out of the fold as nothing.
    const after = body && (nextStatus(status, body, atMs) as ReceiptStatus | undefined);
    if (!body || !after) {
      this.findings.add("eventUnreadable", { seq, atMs, saleId, column: "body" });
      return status;
    }
    if (body.type === "requested")
      papers.push({ attempt: body.attempt, state: WAITING, cause: null, endedAtMs: null });
    const change = paperChange(body, atMs);
    for (const paper of papers) {
      if (paper.attempt !== change?.attempt) continue;
      paper.state = change.state;
      paper.cause = change.cause ?? paper.cause;
      paper.endedAtMs = change.endedAtMs;
    }
    return after;
  }
}
