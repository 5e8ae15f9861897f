import { migrate0001 } from "./migrations/0001-initial.ts";
import type { Database } from "./sqlite.ts";

/** In order, never changed once released; a new schema is a new entry. */
const MIGRATIONS = [migrate0001];

/** Thrown when the file was written by a newer Slipsure than this one. */
export class NewerLogError extends Error {
  constructor(found: number) {
    super(
      `This sale log was written by a newer Slipsure (schema ${found}, this one knows ` +
        `${MIGRATIONS.length}). Install the newer version again; the sales are safe in the file.`,
    );
    this.name = "NewerLogError";
  }
}

/**
 * Brings the file to the newest schema, one transaction per step.
 * @throws NewerLogError when the file is ahead of this program.
 */
export function migrate(db: Database): void {
  const row = db.get("PRAGMA user_version");
  const found = Number(row?.["user_version"] ?? 0);
  if (found > MIGRATIONS.length) throw new NewerLogError(found);
  for (let version = found; version < MIGRATIONS.length; version += 1) {
    const step = MIGRATIONS[version];
    if (!step) continue;
    db.transaction(() => {
      step(db);
      db.exec(`PRAGMA user_version=${version + 1}`);
    });
  }
}
