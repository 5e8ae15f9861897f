import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, statSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Longest a slow runner may need from the start to an open sale log. */
const OPENING_MS = 90_000;
/** A program that fails does so before this. */
const STANDING_MS = 5_000;

/**
 * `smoke.ts PROGRAM`: starts an installed till on an empty data folder, waits for its books, and ends it.
 * Ends with 1 when the till ends by itself or writes no books.
 */
const [program] = process.argv.slice(2);
if (program === undefined) throw new Error("smoke.ts PROGRAM");
const dataDir = mkdtempSync(join(tmpdir(), "slipsure-smoke-"));
const books = join(dataDir, "slipsure.db");

const child = spawn(program, ["--data", dataDir], { stdio: "inherit" });
const ended = once(child, "exit").then(([code]) => `the till ended with ${String(code)}`);
const watcher = watch(dataDir);
const opened = new Promise<null>((resolve) => {
  const look = () => {
    if (existsSync(books) && statSync(books).size > 0) resolve(null);
  };
  watcher.on("change", look);
  look();
});
const failure =
  (await Promise.race([opened, ended, after(OPENING_MS, "no books were written")])) ??
  (await Promise.race([ended, after(STANDING_MS, null)]));
watcher.close();
child.kill();
const incidents = join(dataDir, "incidents.log");
if (existsSync(incidents)) process.stdout.write(readFileSync(incidents));
process.stdout.write(failure === null ? "The installed till opens its books.\n" : `${failure}\n`);
process.exit(failure === null ? 0 : 1);

function after<T>(delayMs: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), delayMs));
}
