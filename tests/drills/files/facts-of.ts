import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/**
 * Everything that can be read out of a log as one text, tables only: an index repeats what they say. Read
 * with the plain driver, so that the log's own code has no say in what a fact is.
 */
export function factsOf(path: string): string {
  try {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      const schema = db.prepare("SELECT type,name,sql FROM sqlite_schema ORDER BY name").all();
      const facts = schema.map(({ type, name, sql }) => {
        if (type !== "table") return [name, sql];
        const all = db.prepare(`SELECT * FROM ${String(name)} NOT INDEXED`);
        all.setReadBigInts(true);
        return [name, sql, all.all()];
      });
      return JSON.stringify(facts, (_key, value: unknown) =>
        typeof value === "bigint" ? `${value}n` : value,
      );
    } finally {
      db.close();
      for (const more of ["-wal", "-shm"]) rmSync(path + more, { force: true });
    }
  } catch (error) {
    return `unreadable: ${String(error)}`;
  }
}
