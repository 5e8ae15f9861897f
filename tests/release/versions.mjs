// Runs inside Electron as plain Node (ELECTRON_RUN_AS_NODE): prints what a shop's till will run on, and ends
// with 1 when its SQLite lacks what the sale log needs.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { isMainThread, Worker, workerData } from "node:worker_threads";

const NEEDED = ["ENABLE_FTS5", "THREADSAFE=1"];
/** A copy of an almost empty file that takes longer never comes. */
const COPY_MS = 60_000;

if (!isMainThread) {
  const { backup } = await import("node:sqlite");
  const books = new DatabaseSync(workerData.from, { readOnly: true });
  await backup(books, workerData.to, { rate: 0x7fff_ffff });
  process.exit(0);
}

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

// Every copy, and so every update, is made like this: in a thread, in one step. Electron leaves out Node's own
// test of it. Without it the till copies by VACUUM INTO, so this is told and ends nothing.
const dir = mkdtempSync(join(tmpdir(), "slipsure-versions-"));
const from = join(dir, "from.db");
const to = join(dir, "to.db");
const books = new DatabaseSync(from);
books.exec(
  "PRAGMA journal_mode=WAL; CREATE TABLE sale(id INTEGER PRIMARY KEY); INSERT INTO sale VALUES (7)",
);
const problem = await new Promise((resolve) => {
  const timer = setTimeout(() => resolve(`nothing within ${COPY_MS / 1000} s`), COPY_MS);
  const worker = new Worker(new URL(import.meta.url), { workerData: { from, to } });
  worker.on("error", (error) => resolve(error.message));
  worker.on("exit", (code) => resolve(code === 0 ? null : `ended with ${code}`));
  timer.unref();
});
process.stdout.write(`backup() in a thread: ${problem ?? "works"}\n`);
if (problem?.startsWith("nothing within")) {
  process.stderr.write("backup() never ends here: copies would not either.\n");
  process.exit(1);
}
const copied = join(dir, "vacuumed.db");
books.prepare("VACUUM INTO ?").run(copied);
for (const path of problem === null ? [to, copied] : [copied]) {
  const copy = new DatabaseSync(path, { readOnly: true });
  if (copy.prepare("SELECT id FROM sale").get()?.id !== 7) {
    process.stderr.write(`${path} is no copy.\n`);
    process.exit(1);
  }
  copy.close();
}
process.stdout.write("VACUUM INTO: works\n");
books.close();
rmSync(dir, { recursive: true });
