import type { DayReport } from "../../contract/day.ts";
import type { ReceiptState } from "../../domain/receipt/state.ts";
import type { DayClosing, ReceiptBody } from "../event.ts";
import type { Database } from "../sqlite.ts";

type Change = DayReport["since"][number];

/** What was said of the receipts when a day was closed; null: an older log did not keep it. */
export function closingOf(
  db: Database,
  closeSeq: number,
): Required<Pick<DayClosing, "currency" | "receipts" | "unproven" | "unclaimed">> | null {
  const text = db.get("SELECT body FROM event WHERE seq=?", closeSeq)?.["body"];
  const { currency, receipts, unproven, unclaimed } = JSON.parse(String(text)) as DayClosing;
  return currency === undefined || !receipts || !unproven || !unclaimed
    ? null
    : { currency, receipts, unproven, unclaimed };
}

/**
 * What became of the receipts of a closed day since: printed late, settled, or printed again. By number.
 * @param firstId of the day's sales; null: there were none
 */
export function changesSince(
  db: Database,
  closeSeq: number,
  { firstSaleId, lastSaleId, unproven }: Pick<DayReport, "firstSaleId" | "lastSaleId" | "unproven">,
): Change[] {
  const states = new Map(unproven.map(({ saleId, state }) => [saleId, state]));
  const [first, last] = [firstSaleId ?? 0, lastSaleId ?? -1];
  // Owed since earlier days, so their numbers are none of this day's.
  const earlier = [...states.keys()].filter((id) => id < first || id > last);
  const ranges = [...earlier.map((id) => [id, id] as const), [first, last] as const];
  return ranges
    .flatMap(([from, to]) => eventsOf(db, closeSeq, from, to))
    .flatMap(([saleId, events]) => change(db, saleId, states.get(saleId) ?? "printed", events));
}

interface ReceiptEventRow {
  atMs: number;
  body: ReceiptBody;
}

function eventsOf(
  db: Database,
  afterSeq: number,
  firstId: number,
  lastId: number,
): [number, ReceiptEventRow[]][] {
  const rows = db.all(
    `SELECT ref, at_ms, body FROM event WHERE kind=4 AND ref>=? AND ref<=? AND seq>?
     ORDER BY ref, seq`,
    firstId,
    lastId,
    afterSeq,
  );
  const found = new Map<number, ReceiptEventRow[]>();
  for (const row of rows) {
    const events = found.get(Number(row["ref"])) ?? [];
    events.push({
      atMs: Number(row["at_ms"]),
      body: JSON.parse(String(row["body"])) as ReceiptBody,
    });
    found.set(Number(row["ref"]), events);
  }
  return [...found];
}

/** Nothing when it came to nothing: asked for and refused, or put off. */
function change(
  db: Database,
  saleId: number,
  from: ReceiptState,
  events: readonly ReceiptEventRow[],
): Change[] {
  const row = db.get(
    `SELECT r.state, r.settled_by, r.reason, s.total, s.at_ms, p.name AS cashier FROM receipt r
     JOIN sale s ON s.id=r.sale_id JOIN person p ON p.id=s.cashier WHERE r.sale_id=?`,
    saleId,
  );
  const to = row?.["state"] as ReceiptState;
  const copies = events.filter(
    ({ body }) => body.type === "attemptStarted" && (body.copy ?? 0) > 0,
  ).length;
  if (!row || (from === to && copies === 0)) return [];
  return [
    {
      saleId,
      soldAtMs: Number(row["at_ms"]),
      totalMinor: Number(row["total"]),
      cashier: String(row["cashier"]),
      from,
      to,
      copies,
      settledBy: row["settled_by"] as string | null,
      reason: row["reason"] as string | null,
      atMs: events.at(-1)?.atMs ?? Number(row["at_ms"]),
    },
  ];
}
