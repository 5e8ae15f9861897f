import type { SaleHead, TrailEntry } from "../../contract/history.ts";
import type { Database, Row } from "../sqlite.ts";

const HEAD = `SELECT s.id, s.at_ms, s.total, s.pieces, s.lines, p.name AS cashier,
    (SELECT method FROM payment y WHERE y.sale_id=s.id AND y.n=1) AS method,
    i.name_zh, i.name_en, r.state, r.cause, r.proof, r.papers
  FROM sale s JOIN receipt r ON r.sale_id=s.id JOIN person p ON p.id=s.cashier
  LEFT JOIN sale_line l ON l.sale_id=s.id AND l.n=1 LEFT JOIN item_name i ON i.id=l.name_id`;

/** Reads of sales by their number; what needs looking for is found by the reader first. */
export class HistoryQueries {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Newest first. Keyset paging: depth costs nothing. `before`: only sales below this number. */
  latest(before: number | null, limit: number): SaleHead[] {
    return this.db
      .all(
        `${HEAD} WHERE s.id<? ORDER BY s.id DESC LIMIT ?`,
        before ?? Number.MAX_SAFE_INTEGER,
        limit,
      )
      .map(toHead);
  }

  /** Those of these sales that there are, newest first. */
  heads(saleIds: readonly number[]): SaleHead[] {
    return this.db
      .all(
        `${HEAD} WHERE s.id IN (SELECT value FROM json_each(?)) ORDER BY s.id DESC`,
        JSON.stringify(saleIds),
      )
      .map(toHead);
  }

  head(saleId: number): SaleHead | null {
    const row = this.db.get(`${HEAD} WHERE s.id=?`, saleId);
    return row ? toHead(row) : null;
  }

  /** The steps of one receipt, oldest first: the sale, then the newest of at most `most`. */
  trail(saleId: number, most: number): { trail: TrailEntry[]; trailMore: number } {
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
    const steps = rest.flatMap(toTrail);
    const newest = steps.slice(-(most - 1));
    return {
      trail: [...sale.flatMap(toTrail), ...newest],
      trailMore: steps.length - newest.length,
    };
  }

  /**
   * The newest sale made at or before a time; null when all were made later. Halves the numbers, so
   * around a clock that was set back it is only near.
   */
  newestAt(atMs: number): number | null {
    let low = 0;
    let high = Number(this.db.get("SELECT coalesce(max(id),0) AS n FROM sale")?.["n"]);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const sale = this.nearest(middle);
      if (sale === null || sale.atMs <= atMs) low = middle;
      else high = middle - 1;
    }
    return this.nearest(low)?.id ?? null;
  }

  /** The newest sale with this number or a lower one: books that go on from damaged ones leave numbers out. */
  private nearest(id: number): { id: number; atMs: number } | null {
    const row = this.db.get("SELECT id, at_ms FROM sale WHERE id<=? ORDER BY id DESC LIMIT 1", id);
    return row ? { id: Number(row["id"]), atMs: Number(row["at_ms"]) } : null;
  }

  /** Everybody whose name stands in the log, but the till itself, by name; of more than `most` the last to come. */
  people(most: number): string[] {
    return this.db
      .all(
        `SELECT name FROM (SELECT name FROM person WHERE name<>'till' ORDER BY id DESC LIMIT ?)
         ORDER BY name`,
        most,
      )
      .map((row) => String(row["name"]));
  }
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
