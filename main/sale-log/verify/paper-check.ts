import type { Database } from "../sqlite.ts";
import { ExpectedRows } from "./expected-rows.ts";
import type { Findings } from "./finding.ts";
import { readBody, type EventRow } from "./reading.ts";

/** In canonical JSON a quote inside a text is escaped, so only the event's own type looks like this. */
const REQUESTED = '"type":"requested"';

/** Papers in the order they were asked for; how each ended is for the second pass. */
export class PaperCheck {
  private readonly rows: ExpectedRows;
  private lastId = 0;

  constructor(db: Database, findings: Findings) {
    this.rows = new ExpectedRows(db, findings, {
      name: "print_job",
      key: ["id"],
      columns: ["sale_id", "attempt", "asked_at_ms"],
      reportExtra: true,
    });
  }

  /** A sale asks for its first paper. */
  sold({ seq, atMs, ref }: EventRow): void {
    this.next(ref, 1, seq, atMs);
  }

  /** Some step of a receipt. */
  step({ seq, atMs, ref, body }: EventRow): void {
    if (!body.includes(REQUESTED)) return;
    const attempt = readBody(body)?.["attempt"];
    this.next(ref, typeof attempt === "number" ? attempt : null, seq, atMs);
  }

  finish(): void {
    this.rows.finish();
  }

  private next(saleId: number | null, attempt: number | null, seq: number, atMs: number): void {
    this.lastId += 1;
    this.rows.next([this.lastId, saleId, attempt, atMs], { saleId, seq, atMs });
  }
}
