import { isSettled, type ReceiptStatus } from "../../domain/receipt/state.ts";
import type { SaleRecord } from "../../domain/sale.ts";
import type { ReceiptBody } from "../../sale-log/event.ts";
import { nextStatus, openedReceipt } from "../../sale-log/receipt-rows.ts";
import type { Database } from "../../sale-log/sqlite.ts";
import type { Period } from "./period.ts";

/** What became of a receipt. `printedA`, `printedB`: the printer proved it, see `ProofGrade`. */
export type Settlement =
  | "printedA"
  | "printedB"
  | "seen"
  | "declined"
  | "handwritten"
  | "delivered"
  | "owed";

/** One sale and how its receipt was settled. */
export interface SettledSale {
  saleId: number;
  atMs: number;
  utcOffsetMin: number;
  date: string;
  cashier: string;
  currency: SaleRecord["currency"];
  totalMinor: number;
  how: Settlement;
  /** Number of the event that settled it; null while it is owed. */
  settledSeq: number | null;
  settledAtMs: number | null;
  /** Mark of the paper that was proven: `original`, `late`, `reprint` or `replacement`. */
  mark: string;
  /** Who settled it, when that was a person. */
  by: string;
  allowedBy: string;
  reason: string;
  paperNo: string;
  /** Papers of it that may exist. */
  papers: number;
}

/** Sales read together. */
const PAGE = 500;

interface Step {
  seq: number;
  atMs: number;
  body: ReceiptBody;
}

/** Every sale of a period in the order of the numbers, its receipt folded from the events up to `upToSeq`. */
export function* settledSales(
  db: Database,
  { days }: Period,
  upToSeq: number = Number.MAX_SAFE_INTEGER,
): Generator<SettledSale> {
  for (const { date, firstSaleId, lastSaleId } of days)
    for (let from = firstSaleId; from <= lastSaleId; from += PAGE) {
      const to = Math.min(lastSaleId, from + PAGE - 1);
      const steps = stepsOf(db, from, to, upToSeq);
      for (const record of recordsOf(db, from, to))
        yield settle(record, date, steps.get(record.receiptNo) ?? []);
    }
}

function recordsOf(db: Database, from: number, to: number): SaleRecord[] {
  const rows = db.rows(
    "SELECT e.body FROM sale s JOIN event e ON e.seq=s.seq WHERE s.id>=? AND s.id<=? ORDER BY s.id",
    from,
    to,
  );
  return rows.map(([body]) => JSON.parse(String(body)) as SaleRecord);
}

function stepsOf(db: Database, from: number, to: number, upToSeq: number): Map<number, Step[]> {
  const rows = db.rows(
    `SELECT ref, seq, at_ms, body FROM event
     WHERE kind=4 AND ref>=? AND ref<=? AND seq<=? ORDER BY ref, seq`,
    from,
    to,
    upToSeq,
  );
  const steps = new Map<number, Step[]>();
  for (const [ref, seq, atMs, body] of rows) {
    const step = {
      seq: Number(seq),
      atMs: Number(atMs),
      body: JSON.parse(String(body)) as ReceiptBody,
    };
    const known = steps.get(Number(ref));
    if (known) known.push(step);
    else steps.set(Number(ref), [step]);
  }
  return steps;
}

function settle(record: SaleRecord, date: string, steps: readonly Step[]): SettledSale {
  let status = openedReceipt(record.atMs);
  let settledSeq: number | null = null;
  let proof: ReceiptBody | null = null;
  const marks = new Map<number, string>();
  for (const { seq, atMs, body } of steps) {
    if (body.type === "attemptStarted") marks.set(body.attempt, body.mark ?? "original");
    const before = status;
    status = nextStatus(status, body, atMs);
    // A person's word also stands over what was settled before.
    if (body.type === "settled" || (!isSettled(before.state) && isSettled(status.state))) {
      settledSeq = seq;
      proof = body;
    }
  }
  const said = proof?.type === "settled" ? proof : null;
  return {
    saleId: record.receiptNo,
    atMs: record.atMs,
    utcOffsetMin: record.utcOffsetMin,
    date,
    cashier: record.cashier,
    currency: record.currency,
    totalMinor: record.totalMinor,
    how: settlementOf(status),
    settledSeq,
    settledAtMs: status.settledAtMs,
    mark: proof?.type === "attemptPrinted" ? (marks.get(proof.attempt) ?? "original") : "",
    by: said?.by ?? "",
    allowedBy: said?.allowedBy ?? "",
    reason: said?.reason ?? "",
    paperNo: said?.paperNo ?? "",
    papers: status.papers,
  };
}

function settlementOf({ state, proof, grade }: ReceiptStatus): Settlement {
  if (state === "declined" || state === "handwritten" || state === "delivered") return state;
  if (state !== "printed") return "owed";
  if (proof === "person") return "seen";
  return grade === "A" ? "printedA" : "printedB";
}
