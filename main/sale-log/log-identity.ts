import { randomUUID } from "node:crypto";
import type { Product } from "../contract/values.ts";
import type { EventAppender } from "./append.ts";
import { BEGINNING_ROW } from "./beginning.ts";
import { canonicalJson } from "./canonical-json.ts";
import { headOf } from "./chain.ts";
import type { ContinuedBody } from "./event.ts";
import { NEWEST_SCHEMA } from "./migrate.ts";
import { catalogueHash, Products } from "./products.ts";
import type { Database } from "./sqlite.ts";
import type { TillKey } from "./till-key.ts";
import { WorkingMemory } from "./working-memory.ts";

/** Who a log belongs to: rows of `meta`, said first by its events. */
export interface LogIdentity {
  tillId: string;
  keyId: string;
  publicKey: string;
}

/** Who writes what nobody pressed a key for. */
export const THE_LOG = "till";

/** `meta` by row. */
const ROWS = { tillId: "till_id", keyId: "key_id", publicKey: "public_key" } as const;

/** Who this log belongs to; null while it is new, or from before there were keys. */
export function readIdentity(db: Database): LogIdentity | null {
  const rows = new Map(db.rows("SELECT k,v FROM meta").map(([k, v]) => [String(k), String(v)]));
  const tillId = rows.get(ROWS.tillId);
  const keyId = rows.get(ROWS.keyId);
  const publicKey = rows.get(ROWS.publicKey);
  if (tillId === undefined || keyId === undefined || publicKey === undefined) return null;
  return { tillId, keyId, publicKey };
}

/** The rows of `meta` an identity stands in, in order of their names. */
export function identityRows(identity: LogIdentity): [k: string, v: string][] {
  return Object.entries(ROWS)
    .map(([name, k]): [string, string] => [k, identity[name as keyof LogIdentity]])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Who a log is that has no identity yet, or whose key is another one now. */
export function identityFor(before: { tillId: string } | null, key: TillKey): LogIdentity {
  const tillId = before?.tillId ?? randomUUID();
  return { tillId, keyId: key.id, publicKey: key.publicKey };
}

/** Writes who a log belongs to as its first event, or the first since there are keys. Inside a transaction. */
export function announceLog(
  db: Database,
  events: EventAppender,
  identity: LogIdentity,
  atMs: number,
): void {
  const { seq, hash } = headOf(db);
  const by = events.unnamedPersonId(THE_LOG);
  keepIdentity(db, identity);
  events.write(atMs, by, {
    kind: "logMade",
    ref: null,
    body: {
      v: 1,
      ...identity,
      schema: NEWEST_SCHEMA,
      people: peopleIn(db),
      catalogueHash: catalogueHash(db),
      adopted: seq === 0 ? null : { events: seq, hash },
    },
  });
}

/** What of a damaged file goes into the one that follows it. */
export interface Continuation {
  /** All of the first event that is known before the file is made. */
  body: Omit<ContinuedBody, "tillId" | "keyId" | "publicKey" | "schema" | "catalogueHash">;
  /** Whose the books were; null: that can't be read any more. */
  tillId: string | null;
  products: readonly Product[];
  kept: readonly [key: string, value: string][];
  requests: readonly { id: string; atMs: number; result: string }[];
}

/** Writes the first event of a file that goes on from a damaged one. Inside a transaction. */
export function announceContinued(
  db: Database,
  events: EventAppender,
  identity: LogIdentity,
  { body, products, kept, requests }: Continuation,
  atMs: number,
): void {
  db.run("INSERT INTO meta(k,v) VALUES(?,?)", BEGINNING_ROW, canonicalJson(body.begins));
  for (const { id, name } of body.people)
    db.run("INSERT INTO person(id,name) VALUES(?,?)", id, name);
  const by = events.unnamedPersonId(THE_LOG);
  new Products(db).put(products);
  const memory = new WorkingMemory(db);
  for (const [key, value] of kept) memory.keep(key, value);
  for (const request of requests) memory.remember(request.id, request.atMs, request.result);
  keepIdentity(db, identity);
  events.write(atMs, by, {
    kind: "logContinued",
    ref: null,
    body: {
      ...body,
      ...identity,
      schema: NEWEST_SCHEMA,
      people: peopleIn(db),
      catalogueHash: catalogueHash(db),
    },
  });
}

function peopleIn(db: Database): { id: number; name: string }[] {
  return db
    .rows("SELECT id,name FROM person ORDER BY id")
    .map(([id, name]) => ({ id: Number(id), name: String(name) }));
}

/** The key file is another one, or gone: says so, and goes on with the key there is. Inside a transaction. */
export function announceKey(
  db: Database,
  events: EventAppender,
  identity: LogIdentity,
  previousKeyId: string,
  atMs: number,
): void {
  keepIdentity(db, identity);
  const { keyId, publicKey } = identity;
  const body = { v: 1 as const, keyId, publicKey, previousKeyId };
  events.append(atMs, THE_LOG, { kind: "keyChanged", ref: null, body });
}

export function keepIdentity(db: Database, identity: LogIdentity): void {
  for (const [k, v] of identityRows(identity))
    db.run("INSERT INTO meta(k,v) VALUES(?,?) ON CONFLICT(k) DO UPDATE SET v=excluded.v", k, v);
}
