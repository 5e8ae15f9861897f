import { canonicalJson } from "./canonical-json.ts";
import { chainHash, headOf } from "./chain.ts";
import { EVENT_KIND, type LogEvent } from "./event.ts";
import type { Database } from "./sqlite.ts";

/** Where an event came to stand. */
export interface Appended {
  seq: number;
  kind: LogEvent["kind"];
  atMs: number;
  hash: string;
}

/** Writes events at the end of the chain. Must be called inside a transaction. */
export class EventAppender {
  /** Told of every event, inside the transaction that writes it. */
  onAppended: (event: Appended) => void = () => {};
  /** The highest number given out in this run, also one that was undone; 0 before the first. */
  highest = 0;
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Appends one event and returns its number. The body is stored as the text that is hashed. */
  append(atMs: number, actorName: string, event: LogEvent): number {
    return this.write(atMs, this.personId(actorName, atMs), event);
  }

  /**
   * The number of a person, given out at first sight. A hash covers the number only, so an event of
   * its own says whose it is.
   */
  personId(name: string, atMs: number): number {
    const known = this.findPerson(name);
    if (known !== null) return known;
    const id = this.addPerson(name);
    this.write(atMs, id, { kind: "personNamed", ref: id, body: { v: 1, name } });
    return id;
  }

  /** As `personId` for the event that names everybody known so far. */
  unnamedPersonId(name: string): number {
    return this.findPerson(name) ?? this.addPerson(name);
  }

  /** Appends an event of a person whose number is known. */
  write(atMs: number, actor: number, event: LogEvent): number {
    // Read inside the transaction, not remembered: an undone sale leaves nothing behind.
    const head = headOf(this.db);
    const seq = head.seq + 1;
    this.highest = Math.max(this.highest, seq);
    const kind = EVENT_KIND[event.kind];
    const body = canonicalJson(event.body);
    const hash = chainHash(head.hash, seq, atMs, kind, actor, event.ref, body);
    this.db.run(
      "INSERT INTO event(seq,at_ms,kind,actor,ref,body,hash) VALUES(?,?,?,?,?,?,?)",
      seq,
      atMs,
      kind,
      actor,
      event.ref,
      body,
      hash,
    );
    this.onAppended({ seq, kind: event.kind, atMs, hash });
    return seq;
  }

  private findPerson(name: string): number | null {
    const row = this.db.get("SELECT id FROM person WHERE name=?", name);
    return row ? Number(row["id"]) : null;
  }

  private addPerson(name: string): number {
    this.db.run("INSERT INTO person(name) VALUES(?)", name);
    const id = this.findPerson(name);
    if (id === null) throw new Error(`person ${name} was not written`);
    return id;
  }
}
