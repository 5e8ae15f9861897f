import type { Database } from "../sqlite.ts";
import { ExpectedRows } from "./expected-rows.ts";
import type { Findings } from "./finding.ts";
import { readRows, type EventRow } from "./reading.ts";

/** Who the numbers in the events stand for: named by events, kept in `person`. */
export class PeopleCheck {
  private readonly db: Database;
  private readonly findings: Findings;
  private readonly named = new Map<number, { name: string; seq: number; atMs: number }>();
  /** Who acted before the log said who they are. */
  private readonly unnamed = new Map<number, { seq: number; atMs: number }>();
  private readonly inTable: Map<number, string>;
  private areNamed = false;

  constructor(db: Database, findings: Findings) {
    this.db = db;
    this.findings = findings;
    const rows = readRows(db, "SELECT id,name FROM person") ?? [];
    this.inTable = new Map(rows.map(([id, name]) => [Number(id), String(name)]));
  }

  /** What the table says this number stands for; `finish` says whether the table is right. */
  nameOf(id: number): string | undefined {
    return this.inTable.get(id);
  }

  /** The actor of any event. */
  acted({ actor, seq, atMs }: EventRow): void {
    if (this.named.has(actor)) return;
    if (!this.areNamed) {
      if (!this.unnamed.has(actor)) this.unnamed.set(actor, { seq, atMs });
      return;
    }
    this.findings.add("eventUnreadable", { seq, atMs, column: "actor", found: String(actor) });
  }

  /** The event that names everybody known so far. */
  nameAll(people: unknown, { seq, atMs }: EventRow): void {
    if (!Array.isArray(people)) return;
    for (const person of people as { id?: unknown; name?: unknown }[])
      if (typeof person.id === "number" && typeof person.name === "string")
        this.named.set(person.id, { name: person.name, seq, atMs });
    this.areNamed = true;
    for (const [actor, first] of this.unnamed)
      if (!this.named.has(actor))
        this.findings.add("eventUnreadable", { ...first, column: "actor", found: String(actor) });
    this.unnamed.clear();
  }

  /** The event that names one more. */
  name(event: EventRow, name: unknown): void {
    const { ref, actor, seq, atMs } = event;
    if (typeof name !== "string" || ref !== actor || this.named.has(actor))
      this.findings.add("eventUnreadable", { seq, atMs, column: "body" });
    else this.named.set(actor, { name, seq, atMs });
  }

  finish(): void {
    const rows = new ExpectedRows(this.db, this.findings, {
      name: "person",
      key: ["id"],
      columns: ["name"],
      reportExtra: true,
    });
    for (const [id, { name, seq, atMs }] of [...this.named].sort(([a], [b]) => a - b))
      rows.next([id, name], { seq, atMs });
    rows.finish();
  }
}
