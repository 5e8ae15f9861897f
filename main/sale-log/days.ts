import type { EventAppender } from "./append.ts";
import type { LogEvent } from "./event.ts";
import type { Database, Row } from "./sqlite.ts";

/** A business day: from its first sale to its closing, whatever the clock says. Its id is the Z number. */
export interface Day {
  id: number;
  /** YYYY-MM-DD at the shop when it was opened. */
  date: string;
  openedAtMs: number;
  closedAtMs: number | null;
  closedBy: string | null;
  signedBy: string | null;
}

const SELECT = "SELECT d.*, p.name AS closer FROM day d LEFT JOIN person p ON p.id=d.closed_by";

export class Days {
  private readonly db: Database;
  private readonly events: EventAppender;

  constructor(db: Database, events: EventAppender) {
    this.db = db;
    this.events = events;
  }

  /** The day that is open now, null between closing and the next sale. */
  open(): Day | null {
    const row = this.db.get(`${SELECT} WHERE d.closed_at_ms IS NULL ORDER BY d.id DESC LIMIT 1`);
    return row ? toDay(row) : null;
  }

  find(id: number): Day | null {
    const row = this.db.get(`${SELECT} WHERE d.id=?`, id);
    return row ? toDay(row) : null;
  }

  /** Newest first. */
  list(limit: number): Day[] {
    return this.db.all(`${SELECT} ORDER BY d.id DESC LIMIT ?`, limit).map(toDay);
  }

  /** The open day, opened now if there is none. Inside a transaction. */
  ensureOpen(atMs: number, by: string, date: string): Day {
    const open = this.open();
    if (open) return open;
    const id = Number(this.db.get("SELECT coalesce(max(id),0)+1 AS n FROM day")?.["n"]);
    this.events.append(atMs, by, { kind: "dayOpened", ref: id, body: { v: 1, date } });
    this.db.run("INSERT INTO day(id,biz_date,opened_at_ms) VALUES(?,?,?)", id, date, atMs);
    return { id, date, openedAtMs: atMs, closedAtMs: null, closedBy: null, signedBy: null };
  }

  /** Closes the day. Inside a transaction. */
  close(
    day: Day,
    atMs: number,
    by: string,
    body: Extract<LogEvent, { kind: "dayClosed" }>["body"],
  ): void {
    this.events.append(atMs, by, { kind: "dayClosed", ref: day.id, body });
    this.db.run(
      "UPDATE day SET closed_at_ms=?, closed_by=?, signed_by=? WHERE id=?",
      atMs,
      this.events.personId(by),
      body.signedBy,
      day.id,
    );
  }
}

function toDay(row: Row): Day {
  return {
    id: Number(row["id"]),
    date: String(row["biz_date"]),
    openedAtMs: Number(row["opened_at_ms"]),
    closedAtMs: row["closed_at_ms"] === null ? null : Number(row["closed_at_ms"]),
    closedBy: row["closer"] as string | null,
    signedBy: row["signed_by"] as string | null,
  };
}
