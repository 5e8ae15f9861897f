import type { HistoryQuery, SaleHead, TrailEntry } from "../../contract/history.ts";
import type { Database, Row, SqlValue } from "../sqlite.ts";

const HEAD = `SELECT s.id, s.at_ms, s.total, s.pieces, s.lines, p.name AS cashier,
    (SELECT method FROM payment y WHERE y.sale_id=s.id AND y.n=1) AS method,
    i.name_zh, i.name_en, r.state, r.cause, r.proof, r.papers
  FROM sale s JOIN receipt r ON r.sale_id=s.id JOIN person p ON p.id=s.cashier
  LEFT JOIN sale_line l ON l.sale_id=s.id AND l.n=1 LEFT JOIN item_name i ON i.id=l.name_id`;

/** How a search text is read as an amount: the caller knows the currency. */
export interface SearchText {
  text: string;
  /** The text as minor units, null when it is not an amount. */
  amountMinor: number | null;
  /** The text as a receipt number (also from a slip's barcode), null when it is none. */
  receiptNo: number | null;
}

/** Reads for the history screen. Keyset paging: depth never costs anything. */
export class HistoryQueries {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** One page, newest first. */
  page(query: HistoryQuery, search: SearchText | null): SaleHead[] {
    const where: string[] = [];
    const values: SqlValue[] = [];
    const add = (condition: string, ...more: SqlValue[]) => {
      where.push(condition);
      values.push(...more);
    };
    if (query.before !== null) add("s.id<?", query.before);
    if (query.fromMs !== null) add("s.at_ms>=?", query.fromMs);
    if (query.toMs !== null) add("s.at_ms<=?", query.toMs);
    if (query.onlyUnproven) add("r.proof IS NOT 'device'");
    if (search) {
      const ids = this.matching(search, query.before, query.limit, query);
      if (ids.length === 0) return [];
      add(`s.id IN (${ids.map(() => "?").join(",")})`, ...ids);
    }
    const condition = where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`;
    return this.db
      .all(`${HEAD} ${condition} ORDER BY s.id DESC LIMIT ?`, ...values, query.limit)
      .map(toHead);
  }

  head(saleId: number): SaleHead | null {
    const row = this.db.get(`${HEAD} WHERE s.id=?`, saleId);
    return row ? toHead(row) : null;
  }

  /** Every step of one receipt, oldest first, beginning with the sale. */
  trail(saleId: number): TrailEntry[] {
    const sale = this.db.all(
      `SELECT e.seq, e.at_ms, p.name AS actor, '{"type":"opened"}' AS body
       FROM sale s JOIN event e ON e.seq=s.seq JOIN person p ON p.id=e.actor WHERE s.id=?`,
      saleId,
    );
    const rest = this.db.all(
      `SELECT e.seq, e.at_ms, p.name AS actor, e.body FROM event e JOIN person p ON p.id=e.actor
       WHERE e.ref=? AND e.kind=4 ORDER BY e.seq`,
      saleId,
    );
    return [...sale, ...rest].flatMap(toTrail);
  }

  /** Numbers of the newest sales that match a text in any way a customer could mean it. */
  private matching(
    search: SearchText,
    before: number | null,
    limit: number,
    query: HistoryQuery,
  ): number[] {
    const top = before ?? Number.MAX_SAFE_INTEGER;
    const found = new Set<number>();
    const collect = (sql: string, ...values: SqlValue[]) => {
      const rows = this.db.all(
        `SELECT DISTINCT x.sale_id AS id FROM (${sql}) x
         JOIN sale s ON s.id=x.sale_id JOIN receipt r ON r.sale_id=s.id
         WHERE x.sale_id<? AND s.at_ms>=? AND s.at_ms<=? AND (?=0 OR r.proof IS NOT 'device')
         ORDER BY x.sale_id DESC LIMIT ?`,
        ...values,
        top,
        query.fromMs ?? 0,
        query.toMs ?? Number.MAX_SAFE_INTEGER,
        query.onlyUnproven ? 1 : 0,
        limit,
      );
      for (const row of rows) found.add(Number(row["id"]));
    };
    if (search.receiptNo !== null)
      collect("SELECT id AS sale_id FROM sale WHERE id=?", search.receiptNo);
    if (search.amountMinor !== null)
      collect("SELECT id AS sale_id FROM sale WHERE total=?", search.amountMinor);
    const text = search.text;
    const lower = asciiLower(text);
    if (text.length >= 4) {
      collect(
        "SELECT sale_id FROM payment WHERE last4=? AND substr(reference,-?)=?",
        text.slice(-4),
        text.length,
        text,
      );
      collect("SELECT sale_id FROM sale_line WHERE code=?", text);
    }
    collect(
      `SELECT sale_id FROM sale_line WHERE name_id IN
         (SELECT id FROM item_name WHERE instr(lower(name_zh),?)>0 OR instr(lower(name_en),?)>0)`,
      lower,
      lower,
    );
    return [...found].sort((a, b) => b - a).slice(0, limit);
  }
}

/** Lower case as SQLite's lower() knows it, ASCII only: both sides must be changed alike. */
function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function toHead(row: Row): SaleHead {
  return {
    saleId: Number(row["id"]),
    atMs: Number(row["at_ms"]),
    totalMinor: Number(row["total"]),
    cashier: String(row["cashier"]),
    pieces: Number(row["pieces"]),
    method: row["method"] as SaleHead["method"],
    firstNameZh: String(row["name_zh"] ?? ""),
    firstNameEn: String(row["name_en"] ?? ""),
    lineCount: Number(row["lines"]),
    state: row["state"] as SaleHead["state"],
    cause: row["cause"] as SaleHead["cause"],
    proof: row["proof"] as SaleHead["proof"],
    copies: Math.max(0, Number(row["papers"]) - 1),
  };
}

/** A request for paper is no step of its own: the attempt that follows says who asked. */
function toTrail(row: Row): TrailEntry[] {
  const body = JSON.parse(String(row["body"])) as Partial<Omit<TrailEntry, "type">> & {
    type: TrailEntry["type"] | "requested";
  };
  if (body.type === "requested") return [];
  return [
    {
      seq: Number(row["seq"]),
      atMs: Number(row["at_ms"]),
      type: body.type,
      by: String(row["actor"]),
      attempt: body.attempt ?? null,
      copy: body.copy ?? null,
      mark: body.mark ?? null,
      cause: body.cause ?? null,
      grade: body.grade ?? null,
      how: body.how ?? null,
      reason: body.reason ?? null,
      paperNo: body.paperNo ?? null,
      late: body.late ?? false,
      printer: body.printer ?? null,
      untilMs: body.untilMs ?? null,
    },
  ];
}
