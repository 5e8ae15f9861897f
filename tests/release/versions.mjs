// Runs inside Electron as plain Node (ELECTRON_RUN_AS_NODE): prints what a shop's till will run on, and ends
// with 1 when its SQLite lacks what the sale log needs.
import { DatabaseSync } from "node:sqlite";

const NEEDED = ["ENABLE_FTS5", "THREADSAFE=1"];

for (const [name, version] of Object.entries(process.versions))
  process.stdout.write(`${name} ${version}\n`);
const db = new DatabaseSync(":memory:");
const options = db
  .prepare("PRAGMA compile_options")
  .all()
  .map((row) => String(row.compile_options));
const { version } = db.prepare("SELECT sqlite_version() AS version").get();
process.stdout.write(`\nSQLite ${version}\n${options.join("\n")}\n`);
const missing = NEEDED.filter((option) => !options.includes(option));
if (missing.length > 0) {
  process.stderr.write(`SQLite lacks ${missing.join(", ")}.\n`);
  process.exit(1);
}
