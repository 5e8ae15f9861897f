import type { DayReport, UnclaimedReceipt, UnprovenReceipt } from "../../contract/day.ts";
import { classOf, type CauseCode } from "../../domain/receipt/cause.ts";
import { isSettled, type ReceiptState } from "../../domain/receipt/state.ts";
import { grandTotals, headAfter, type Day } from "../days.ts";
import type { Database, Row } from "../sqlite.ts";
import { changesSince, closingOf } from "./day-since.ts";

const SETTLED = "('printed','delivered','declined','handwritten')";
const UNPROVEN = `SELECT r.*, s.total, s.at_ms, p.name AS cashier FROM receipt r
  JOIN sale s ON s.id=r.sale_id JOIN person p ON p.id=s.cashier WHERE`;

/** Reads for the day end: totals, and what became of every receipt. */
export class DayQueries {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Number of sales and their sum; a closed day keeps its own. */
  totals(dayId: number): { sales: number; totalMinor: number } {
    const kept = this.db.get(
      "SELECT sales AS n, total AS t FROM day WHERE id=? AND sales IS NOT NULL",
      dayId,
    );
    const row =
      kept ??
      this.db.get(
        "SELECT count(*) AS n, coalesce(sum(total),0) AS t FROM sale WHERE day_id=?",
        dayId,
      );
    return { sales: Number(row?.["n"]), totalMinor: Number(row?.["t"]) };
  }

  /**
   * The whole day: what was sold, how it was paid, and every receipt the printer did not prove. A closed day is told
   * as it was signed.
   */
  report(day: Day, nowMs: number, currency: string): DayReport {
    const sums = this.db.get(
      `SELECT count(*) AS n, coalesce(sum(total),0) AS total, coalesce(sum(saved),0) AS saved,
         coalesce(sum(tax),0) AS tax, min(id) AS first, max(id) AS last FROM sale WHERE day_id=?`,
      day.id,
    );
    const signed = day.closeSeq === null ? null : closingOf(this.db, day.closeSeq);
    const unproven = signed?.unproven ?? this.unproven(day.id, nowMs);
    const firstSaleId = numberOrNull(sums?.["first"]);
    const lastSaleId = numberOrNull(sums?.["last"]);
    const unclaimed = signed?.unclaimed ?? this.unclaimed(day.id, firstSaleId, lastSaleId);
    const since =
      signed === null || day.closeSeq === null
        ? []
        : changesSince(this.db, day.closeSeq, { firstSaleId, lastSaleId, unproven });
    const grand = grandTotals(this.db, day.id);
    return {
      dayId: day.id,
      date: day.date,
      openedAtMs: day.openedAtMs,
      closedAtMs: day.closedAtMs,
      closedBy: day.closedBy,
      signedBy: day.signedBy,
      currency: signed?.currency ?? currency,
      sales: Number(sums?.["n"]),
      totalMinor: Number(sums?.["total"]),
      discountMinor: Number(sums?.["saved"]),
      taxMinor: Number(sums?.["tax"]),
      firstSaleId,
      lastSaleId,
      tenders: this.tenders(day.id),
      receipts: signed?.receipts ?? this.receipts(firstSaleId, lastSaleId),
      grandSales: grand.sales,
      grandTotalMinor: grand.totalMinor,
      head: headAfter(this.db, day),
      unproven,
      unprovenCount: unproven.length,
      byCause: countByCause(unproven),
      unclaimed,
      unclaimedCount: unclaimed.length,
      since,
      sinceCount: since.length,
    };
  }

  /** Money kept by tender: cash is what was handed over less the change. */
  private tenders(dayId: number): DayReport["tenders"] {
    const rows = this.db.all(
      `SELECT y.method, count(*) AS n, sum(y.amount) AS amount FROM payment y
       JOIN sale s ON s.id=y.sale_id WHERE s.day_id=? GROUP BY y.method ORDER BY amount DESC`,
      dayId,
    );
    const change = Number(
      this.db.get("SELECT coalesce(sum(change),0) AS c FROM sale WHERE day_id=?", dayId)?.["c"],
    );
    return rows.map((row) => ({
      method: row["method"] as DayReport["tenders"][number]["method"],
      count: Number(row["n"]),
      amountMinor: Number(row["amount"]) - (row["method"] === "cash" ? change : 0),
    }));
  }

  /** By number, not by day: sales of a day follow each other, and receipts have no index by day. */
  private receipts(firstId: number | null, lastId: number | null): DayReport["receipts"] {
    const row = this.db.get(
      `SELECT coalesce(sum(proof IS 'device'),0) AS device, coalesce(sum(proof IS 'person'),0) AS person,
         coalesce(sum(state='declined'),0) AS declined, coalesce(sum(state='handwritten'),0) AS handwritten,
         coalesce(sum(state NOT IN ${SETTLED}),0) AS owed,
         coalesce(sum(max(papers-1,0)),0) AS copies
       FROM receipt WHERE sale_id>=? AND sale_id<=?`,
      firstId ?? 0,
      lastId ?? -1,
    );
    const count = (name: string) => Number(row?.[name]);
    return {
      provenByDevice: count("device"),
      settledByPerson: count("person"),
      declined: count("declined"),
      handwritten: count("handwritten"),
      owed: count("owed"),
      copies: count("copies"),
    };
  }

  /** Not proven by the device: of this day, and of earlier days while they are still owed. */
  private unproven(dayId: number, nowMs: number): UnprovenReceipt[] {
    // Two reads, each of its own index: as one it would read every receipt there is.
    const owed = this.db.all(`${UNPROVEN} r.state NOT IN ${SETTLED} AND r.day_id<=?`, dayId);
    const settled = this.db.all(
      `${UNPROVEN} r.day_id=? AND r.proof IS NOT 'device' AND r.state IN ${SETTLED}`,
      dayId,
    );
    const rows = [...owed, ...settled].sort((a, b) => Number(a["sale_id"]) - Number(b["sale_id"]));
    return rows.map((row) => toUnproven(row, nowMs));
  }

  /** Printed late and not fetched: of this day, and of earlier days while they lie in the tray. */
  private unclaimed(
    dayId: number,
    firstId: number | null,
    lastId: number | null,
  ): UnclaimedReceipt[] {
    const sold = `SELECT r.sale_id, r.handover, r.settled_at_ms, s.at_ms, s.total, p.name AS cashier
      FROM receipt r JOIN sale s ON s.id=r.sale_id JOIN person p ON p.id=s.cashier WHERE`;
    const waiting = this.db.all(`${sold} r.handover='waiting' AND r.day_id<=?`, dayId);
    const left = this.db.all(
      `${sold} r.sale_id>=? AND r.sale_id<=? AND r.handover='unclaimed'`,
      firstId ?? 0,
      lastId ?? -1,
    );
    return [...waiting, ...left]
      .sort((a, b) => Number(a["sale_id"]) - Number(b["sale_id"]))
      .map((row) => ({
        saleId: Number(row["sale_id"]),
        atMs: Number(row["at_ms"]),
        printedAtMs: Number(row["settled_at_ms"] ?? row["at_ms"]),
        totalMinor: Number(row["total"]),
        cashier: String(row["cashier"]),
        state: row["handover"] as UnclaimedReceipt["state"],
      }));
  }
}

function toUnproven(row: Row, nowMs: number): UnprovenReceipt {
  const state = row["state"] as ReceiptState;
  const cause = row["cause"] as CauseCode | null;
  const settledAtMs = numberOrNull(row["settled_at_ms"]);
  const atMs = Number(row["at_ms"]);
  return {
    saleId: Number(row["sale_id"]),
    atMs,
    totalMinor: Number(row["total"]),
    cashier: String(row["cashier"]),
    state,
    cause,
    causeClass: cause === null ? null : classOf(cause),
    settledBy: row["settled_by"] as string | null,
    reason: row["reason"] as string | null,
    owedMs: Math.max(0, (isSettled(state) ? (settledAtMs ?? nowMs) : nowMs) - atMs),
  };
}

function countByCause(unproven: readonly UnprovenReceipt[]): DayReport["byCause"] {
  const counts = new Map<string, DayReport["byCause"][number]>();
  for (const { cause, cashier } of unproven) {
    const key = `${cause ?? ""}|${cashier}`;
    const entry = counts.get(key) ?? { cause, cashier, count: 0 };
    counts.set(key, { ...entry, count: entry.count + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

function numberOrNull(value: Row[string] | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
