import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";
import { EVENT_KIND, type LogEvent } from "./event.ts";
import type { Database } from "./sqlite.ts";

/** What the first event's hash is chained to. */
const GENESIS = "slipsure log 1";

/** SHA-256 over the previous hash and every stored column, base64url (43 characters). */
export function chainHash(
  previous: string,
  seq: number,
  atMs: number,
  kind: number,
  actor: number,
  ref: number | null,
  body: string,
): string {
  return createHash("sha256")
    .update(`${previous}|${seq}|${atMs}|${kind}|${actor}|${ref ?? ""}|${body}`)
    .digest("base64url");
}

/** Writes events at the end of the chain. Must be called inside a transaction. */
export class EventAppender {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Appends one event and returns its number. The body is stored as the text that is hashed. */
  append(atMs: number, actorName: string, event: LogEvent): number {
    const actor = this.personId(actorName);
    // Read inside the transaction, not remembered: an undone sale leaves nothing behind.
    const head = this.db.get("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1");
    const seq = Number(head?.["seq"] ?? 0) + 1;
    const previous = String(head?.["hash"] ?? GENESIS);
    const kind = EVENT_KIND[event.kind];
    const body = canonicalJson(event.body);
    const hash = chainHash(previous, seq, atMs, kind, actor, event.ref, body);
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
    return seq;
  }

  /** The number of a person, given out at first sight. */
  personId(name: string): number {
    const find = () => this.db.get("SELECT id FROM person WHERE name=?", name);
    const known = find();
    if (known) return Number(known["id"]);
    this.db.run("INSERT INTO person(name) VALUES(?)", name);
    return Number(find()?.["id"]);
  }
}

/** Where the chain breaks first, or null. Reads in pages so that a long log needs little memory. */
export function findBrokenLink(db: Database): { seq: number; problem: string } | null {
  let previous = GENESIS;
  let expected = 1;
  for (;;) {
    const rows = db.all("SELECT * FROM event WHERE seq>=? ORDER BY seq LIMIT 1000", expected);
    for (const row of rows) {
      const seq = Number(row["seq"]);
      if (seq !== expected) return { seq: expected, problem: "missing" };
      const ref = row["ref"] === null ? null : Number(row["ref"]);
      const body = String(row["body"]);
      const kind = Number(row["kind"]);
      const hash = chainHash(
        previous,
        seq,
        Number(row["at_ms"]),
        kind,
        Number(row["actor"]),
        ref,
        body,
      );
      if (hash !== row["hash"]) return { seq, problem: "changed" };
      previous = hash;
      expected += 1;
    }
    if (rows.length < 1000) return null;
  }
}
