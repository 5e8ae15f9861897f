import type { Appended } from "./append.ts";
import { readBeginning } from "./beginning.ts";
import { headOf } from "./chain.ts";
import type { Database } from "./sqlite.ts";
import type { TillKey } from "./till-key.ts";
import type { Witness } from "./witness.ts";

/** Never more events than this without a signature. */
export const ANCHOR_EVERY = 256;

/** `interval`: every 256 events, by itself. */
export type AnchorReason =
  | "open"
  | "close"
  | "interval"
  | "backup"
  | "archive"
  | "dayClosed"
  | "damage";

/** A signature over the chain up to one event. Kept in the log and in the witness file beside it. */
export interface Anchor {
  seq: number;
  /** Number of the event the anchor before this one stands on; 0 for the first. */
  prev: number;
  atMs: number;
  reason: string;
  /** Hash of event `seq`. */
  hash: string;
  keyId: string;
  sig: string;
}

/** The text that is signed. The till's own id is in it: no anchor of another till fits. */
export function anchorText(tillId: string, anchor: Omit<Anchor, "sig">): string {
  const { seq, prev, atMs, reason, hash, keyId } = anchor;
  return ["slipsure anchor 1", tillId, seq, prev, atMs, reason, hash, keyId].join("|");
}

/** Signs the log: when it is opened and closed, every 256 events, at a day's end and at backups. */
export class Anchors {
  private readonly db: Database;
  private readonly tillId: string;
  private readonly key: TillKey;
  private readonly witness: Witness;

  constructor(db: Database, tillId: string, key: TillKey, witness: Witness) {
    this.db = db;
    this.tillId = tillId;
    this.key = key;
    this.witness = witness;
  }

  /** Signs an event just written when it is time, and always the end of a day. Inside a transaction. */
  appended({ seq, kind, hash, atMs }: Appended): void {
    if (kind === "dayClosed") this.make({ seq, hash }, "dayClosed", atMs);
    else if (seq % ANCHOR_EVERY === 0) this.make({ seq, hash }, "interval", atMs);
  }

  /**
   * Signs the newest event, if it is not signed yet, and returns the newest anchor: null while
   * the log is empty. Inside a transaction.
   */
  now(reason: AnchorReason, atMs: number): Anchor | null {
    const head = headOf(this.db);
    const newest = newestAnchor(this.db);
    if (head.seq === 0 || newest?.seq === head.seq) return newest;
    return this.make(head, reason, atMs);
  }

  private make(head: { seq: number; hash: string }, reason: AnchorReason, atMs: number): Anchor {
    const prev = newestAnchor(this.db)?.seq ?? readBeginning(this.db)?.anchorSeq ?? 0;
    const unsigned = { ...head, prev, atMs, reason, keyId: this.key.id };
    const anchor = { ...unsigned, sig: this.key.sign(anchorText(this.tillId, unsigned)) };
    this.db.run(
      "INSERT INTO anchor(seq,prev,at_ms,reason,hash,key_id,sig) VALUES(?,?,?,?,?,?,?)",
      anchor.seq,
      prev,
      atMs,
      reason,
      anchor.hash,
      anchor.keyId,
      anchor.sig,
    );
    // Only when it is safe in the log: a witness of what was undone would call the log a liar.
    this.db.afterCommit(() => this.witness.add(anchor));
    return anchor;
  }
}

/** The newest anchor; null before the first. */
export function newestAnchor(db: Database): Anchor | null {
  return anchorsAfter(db, null, 1, "DESC")[0] ?? null;
}

/** Anchors in order, after event `seq`; from the newest one back with DESC. */
export function anchorsAfter(
  db: Database,
  seq: number | null,
  limit: number,
  order: "ASC" | "DESC" = "ASC",
): Anchor[] {
  const rows = db.rows(
    `SELECT seq,prev,at_ms,reason,hash,key_id,sig FROM anchor WHERE seq>? ORDER BY seq ${order} LIMIT ?`,
    seq ?? Number.MIN_SAFE_INTEGER,
    limit,
  );
  return rows.map(([at, prev, atMs, reason, hash, keyId, sig]) => ({
    seq: Number(at),
    prev: Number(prev),
    atMs: Number(atMs),
    reason: String(reason),
    hash: String(hash),
    keyId: String(keyId),
    sig: String(sig),
  }));
}
