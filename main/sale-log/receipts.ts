import type { CauseCode } from "../domain/receipt/cause.ts";
import type { Proof, ProofGrade, ReceiptState, ReceiptStatus } from "../domain/receipt/state.ts";
import type { EventAppender } from "./append.ts";
import type { ReceiptBody } from "./event.ts";
import {
  nextStatus,
  openedReceipt,
  paperChange,
  STATUS_COLUMNS,
  statusRow,
  WAITING,
} from "./receipt-rows.ts";
import { insertInto } from "./sale-rows.ts";
import type { Database, Row } from "./sqlite.ts";

/** A receipt obligation with the sale it belongs to. */
export interface ReceiptRow {
  saleId: number;
  status: ReceiptStatus;
  totalMinor: number;
  atMs: number;
  cashier: string;
}

const SELECT = `SELECT r.*, s.total, s.at_ms, p.name AS cashier FROM receipt r
  JOIN sale s ON s.id=r.sale_id JOIN person p ON p.id=s.cashier`;

const INSERT = insertInto("receipt", ["sale_id", "day_id", ...STATUS_COLUMNS]);
const UPDATE = `UPDATE receipt SET ${STATUS_COLUMNS.map((name) => `${name}=?`).join(",")} WHERE sale_id=?`;

/** The obligations: one row per sale, moved only by events appended in the same transaction. */
export class Receipts {
  private readonly db: Database;
  private readonly events: EventAppender;

  constructor(db: Database, events: EventAppender) {
    this.db = db;
    this.events = events;
  }

  /** Opens the obligation of a sale just written; the first paper is asked for with it. */
  open(saleId: number, dayId: number, atMs: number): void {
    this.db.run(INSERT, saleId, dayId, ...statusRow(openedReceipt(atMs)));
    this.askForPaper(saleId, 1, atMs);
  }

  /** The status of one receipt; null when there is no such sale. */
  status(saleId: number): ReceiptStatus | null {
    const row = this.db.get("SELECT * FROM receipt WHERE sale_id=?", saleId);
    return row ? toStatus(row) : null;
  }

  /**
   * Appends one event about a receipt and moves its projection by the same rule.
   * Must be called inside a transaction. @throws Error when there is no such receipt.
   */
  record(saleId: number, atMs: number, by: string, body: ReceiptBody): ReceiptStatus {
    const before = this.status(saleId);
    if (!before) throw new Error(`no receipt ${saleId}`);
    this.events.append(atMs, by, { kind: "receipt", ref: saleId, body });
    return this.follow(saleId, before, atMs, body);
  }

  /** Moves the projection of a receipt by an event that stands in the log. Inside a transaction. */
  follow(saleId: number, before: ReceiptStatus, atMs: number, body: ReceiptBody): ReceiptStatus {
    if (body.type === "notCut") return before;
    if (body.type === "requested") this.askForPaper(saleId, body.attempt, atMs);
    const after = nextStatus(before, body, atMs);
    this.db.run(UPDATE, ...statusRow(after), saleId);
    this.movePaper(saleId, atMs, body);
    return after;
  }

  /** Every receipt not accounted for, oldest first. */
  owed(): ReceiptRow[] {
    const rows = this.db.all(
      `${SELECT} WHERE r.state NOT IN ('printed','delivered','declined','handwritten')
       ORDER BY r.sale_id`,
    );
    return rows.map(toReceiptRow);
  }

  /** Receipts printed late that wait in the claim tray, oldest first; of more than `most` the newest. */
  tray(most: number): ReceiptRow[] {
    return this.db
      .all(`${SELECT} WHERE r.handover='waiting' ORDER BY r.sale_id DESC LIMIT ?`, most)
      .map(toReceiptRow)
      .reverse();
  }

  trayCount(): number {
    return Number(this.db.get("SELECT count(*) AS n FROM receipt WHERE handover='waiting'")?.["n"]);
  }

  /** Numbers of what was put into the claim tray before `beforeMs` and still lies there. */
  trayOlderThan(beforeMs: number): number[] {
    return this.db
      .all(
        "SELECT sale_id FROM receipt WHERE handover='waiting' AND settled_at_ms<? ORDER BY sale_id",
        beforeMs,
      )
      .map((row) => Number(row["sale_id"]));
  }

  /** Papers asked for and not ended, in the order they were asked for. */
  openJobs(): { saleId: number; attempt: number; started: boolean }[] {
    return this.db
      .all("SELECT sale_id,attempt,state FROM print_job WHERE ended_at_ms IS NULL ORDER BY id")
      .map((row) => ({
        saleId: Number(row["sale_id"]),
        attempt: Number(row["attempt"]),
        started: row["state"] !== "waiting",
      }));
  }

  private askForPaper(saleId: number, attempt: number, atMs: number): void {
    this.db.run(
      `INSERT INTO print_job(sale_id,attempt,state,asked_at_ms) VALUES(?,?,'${WAITING}',?)`,
      saleId,
      attempt,
      atMs,
    );
  }

  private movePaper(saleId: number, atMs: number, body: ReceiptBody): void {
    const change = paperChange(body, atMs);
    if (!change) return;
    this.db.run(
      `UPDATE print_job SET state=?, cause=coalesce(?,cause), ended_at_ms=?
       WHERE sale_id=? AND attempt=?`,
      change.state,
      change.cause,
      change.endedAtMs,
      saleId,
      change.attempt,
    );
  }
}

function toStatus(row: Row): ReceiptStatus {
  return {
    state: row["state"] as ReceiptState,
    cause: row["cause"] as CauseCode | null,
    proof: row["proof"] as Proof | null,
    grade: row["grade"] as ProofGrade | null,
    attempts: Number(row["attempts"]),
    papers: Number(row["papers"]),
    damaged: row["damaged"] === 1,
    inFlight: row["in_flight"] === 1,
    deferredUntilMs: numberOrNull(row["deferred_until_ms"]),
    deferrals: Number(row["deferrals"]),
    openedAtMs: Number(row["opened_at_ms"]),
    settledAtMs: numberOrNull(row["settled_at_ms"]),
    settledBy: row["settled_by"] as string | null,
    reason: row["reason"] as string | null,
    handover: row["handover"] as ReceiptStatus["handover"],
  };
}

function toReceiptRow(row: Row): ReceiptRow {
  return {
    saleId: Number(row["sale_id"]),
    status: toStatus(row),
    totalMinor: Number(row["total"]),
    atMs: Number(row["at_ms"]),
    cashier: String(row["cashier"]),
  };
}

function numberOrNull(value: Row[string] | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
