import { hash } from "node:crypto";
import { migrate } from "./migrate.ts";
import { Database } from "./sqlite.ts";

/** A table, index or trigger as SQLite keeps it. */
export interface SchemaObject {
  type: string;
  name: string;
  sql: string;
}

/** What a file of this schema must have, by name: made by the migrations themselves. */
export function expectedSchema(version: number): Map<string, SchemaObject> {
  const db = new Database(":memory:");
  try {
    migrate(db, version);
    return readSchema(db);
  } finally {
    db.close();
  }
}

/** What a file has. Indexes that SQLite makes for itself have no text. */
export function readSchema(db: Database): Map<string, SchemaObject> {
  const rows = db.rows("SELECT type,name,ifnull(sql,'') FROM sqlite_schema ORDER BY name");
  return new Map(
    rows.map(([type, name, sql]) => [
      String(name),
      { type: String(type), name: String(name), sql: String(sql) },
    ]),
  );
}

export interface SchemaDifference {
  name: string;
  type: string;
  problem: "missing" | "changed" | "extra";
}

/** Everything in which two schemas differ. */
export function compareSchema(
  expected: ReadonlyMap<string, SchemaObject>,
  found: ReadonlyMap<string, SchemaObject>,
): SchemaDifference[] {
  const differences: SchemaDifference[] = [];
  for (const { name, type, sql } of expected.values()) {
    const there = found.get(name);
    if (!there) differences.push({ name, type, problem: "missing" });
    else if (there.sql !== sql || there.type !== type)
      differences.push({ name, type, problem: "changed" });
  }
  for (const { name, type } of found.values())
    if (!expected.has(name)) differences.push({ name, type, problem: "extra" });
  return differences;
}

/**
 * What `guardsHash` gives for the newest schema, so that a start need not make that schema anew to
 * compare with. When it is out of date a start takes some milliseconds more; a test says so.
 */
export const NEWEST_GUARDS = "1i9LLBDRCl2WKoQOUME3kAClGcsQQ_7foySGfEmaxw8";

/** SHA-256 over all triggers in the order of their names, base64url. */
export function guardsHash(schema: ReadonlyMap<string, SchemaObject>): string {
  const guards = [...schema.values()].filter(({ type }) => type === "trigger");
  return hash("sha256", JSON.stringify(guards.map(({ name, sql }) => [name, sql])), "base64url");
}

/**
 * Puts back guards that somebody took out or changed, and takes out what is none. Tables and indexes
 * are left as they are: `verify` says what is wrong with them. Inside a transaction.
 * @returns the guards that differed.
 */
export function mendGuards(db: Database, version: number): SchemaDifference[] {
  const found = readSchema(db);
  if (guardsHash(found) === NEWEST_GUARDS) return [];
  const expected = expectedSchema(version);
  const guards = compareSchema(expected, found).filter(({ type }) => type === "trigger");
  for (const { name, problem } of guards) {
    if (problem !== "missing") db.exec(`DROP TRIGGER ${JSON.stringify(name)}`);
    const guard = expected.get(name);
    if (guard) db.exec(guard.sql);
  }
  return guards;
}
