import { referenceEnd } from "../queries/reference-end.ts";
import type { Database } from "../sqlite.ts";
import {
  LARGEST_ID,
  LARGEST_TOTAL,
  referenceKey,
  slipCodeKey,
  type FullBlock,
} from "./finding-file.ts";

/** Characters of a sale's hash that stand on its slip. */
const SLIP_CODE_LENGTH = 10;

/** What the log says about some sales that follow each other, ready to be found by. */
export interface FedSales extends FullBlock {
  firstId: number;
}

/** Newest sale of the log, 0 when nothing has been sold. */
export function newestSale(log: Database): number {
  return Number(log.get("SELECT coalesce(max(id),0) AS n FROM sale")?.["n"]);
}

/** The hash of the event that a sale is, or the newest one before it; null when there is none. */
export function hashOfSale(log: Database, saleId: number): string | null {
  const row = log.get(
    "SELECT e.hash FROM sale s JOIN event e ON e.seq=s.seq WHERE s.id<=? ORDER BY s.id DESC LIMIT 1",
    saleId,
  );
  return row ? String(row["hash"]) : null;
}

/**
 * Reads sales from the log, both ends included.
 * @param knows whether a product's code is known to go with a name already.
 */
export function feedSales(
  log: Database,
  firstId: number,
  lastId: number,
  knows: (code: string, nameId: number) => boolean,
): FedSales {
  const heads = log.rows(
    `SELECT s.id, s.at_ms, s.total, s.cashier, substr(e.hash,1,?) FROM sale s JOIN event e ON e.seq=s.seq
     WHERE s.id>=? AND s.id<=? ORDER BY s.id`,
    SLIP_CODE_LENGTH,
    firstId,
    lastId,
  );
  const postings = new Map<number, number[]>();
  // Books that go on from damaged ones leave numbers out: nobody sold those.
  const totals = new Uint32Array(lastId - firstId + 1);
  const cashiers = new Uint16Array(lastId - firstId + 1);
  let minAtMs = Number.MAX_SAFE_INTEGER;
  let maxAtMs = Number.MIN_SAFE_INTEGER;
  for (const [id, at, total, cashier, code] of heads) {
    const index = Number(id) - firstId;
    minAtMs = Math.min(minAtMs, Number(at));
    maxAtMs = Math.max(maxAtMs, Number(at));
    totals[index] = Math.min(Number(total), LARGEST_TOTAL);
    cashiers[index] = Math.min(Number(cashier), LARGEST_ID);
    post(postings, slipCodeKey(String(code)), Number(id));
  }
  postReferences(log, firstId, lastId, postings);
  const lines = postLines(log, firstId, lastId, postings, knows);
  return { firstId, minAtMs, maxAtMs, totals, cashiers, postings, ...lines };
}

function postReferences(
  log: Database,
  firstId: number,
  lastId: number,
  postings: Map<number, number[]>,
): void {
  const payments = log.rows(
    `SELECT sale_id, reference FROM payment
     WHERE sale_id>=? AND sale_id<=? AND reference IS NOT NULL ORDER BY sale_id`,
    firstId,
    lastId,
  );
  for (const [saleId, reference] of payments) {
    const end = referenceEnd(String(reference));
    if (end !== "") post(postings, referenceKey(end), Number(saleId));
  }
}

function postLines(
  log: Database,
  firstId: number,
  lastId: number,
  postings: Map<number, number[]>,
  knows: (code: string, nameId: number) => boolean,
): Pick<FullBlock, "names" | "starts" | "codes"> {
  const lines = log.rows(
    "SELECT sale_id, name_id, code FROM sale_line WHERE sale_id>=? AND sale_id<=? ORDER BY sale_id",
    firstId,
    lastId,
  );
  const codes = new Map<string, [string, number]>();
  const names = new Uint16Array(lines.length);
  const starts = new Uint32Array(lastId - firstId + 2).fill(lines.length);
  lines.forEach(([saleId, nameId, code], index) => {
    post(postings, Number(nameId), Number(saleId));
    names[index] = Math.min(Number(nameId), LARGEST_ID);
    const place = Number(saleId) - firstId;
    starts[place] = Math.min(starts[place] ?? 0, index);
    const text = String(code);
    if (text !== "" && !knows(text, Number(nameId)))
      codes.set(`${Number(nameId)}|${text}`, [text, Number(nameId)]);
  });
  // A number without a sale has no lines: it begins where the next one does.
  for (let place = starts.length - 2; place >= 0; place -= 1)
    starts[place] = Math.min(starts[place] ?? 0, starts[place + 1] ?? 0);
  return { names, starts, codes: [...codes.values()] };
}

/** A sale stands once under each key; sales come in the order of their numbers. */
function post(postings: Map<number, number[]>, key: number, saleId: number): void {
  const posted = postings.get(key);
  if (!posted) postings.set(key, [saleId]);
  else if (posted.at(-1) !== saleId) posted.push(saleId);
}
