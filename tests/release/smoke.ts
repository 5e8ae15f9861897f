import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Longest a slow runner may need from the start to an open sale log. */
const OPENING_MS = 90_000;
/** A program that fails does so before this. */
const STANDING_MS = 5_000;

/**
 * `smoke.ts PROGRAM [ARGUMENTS]`: starts an installed till on an empty data folder, waits for its books, and ends
 * it. Ends with 1 when the till ends by itself or writes no books.
 * `smoke.ts --running FOLDER`: waits for the books of a till that something else starts, in its usual folder.
 */
const [first, ...args] = process.argv.slice(2);
if (first === undefined)
  throw new Error("smoke.ts PROGRAM [ARGUMENTS], or smoke.ts --running FOLDER");
const dataDir =
  first === "--running" ? (args[0] ?? "") : mkdtempSync(join(tmpdir(), "slipsure-smoke-"));
mkdirSync(dataDir, { recursive: true });
const books = join(dataDir, "slipsure.db");

const child = first === "--running" ? null : start(first);
const ended =
  child === null
    ? new Promise<never>(() => {})
    : once(child, "exit").then(([code]) => `the till ended with ${String(code)}`);
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
if (child !== null) end(child);
const incidents = join(dataDir, "incidents.log");
if (existsSync(incidents)) process.stdout.write(readFileSync(incidents));
process.stdout.write(failure === null ? "The installed till opens its books.\n" : `${failure}\n`);
process.exit(failure === null ? 0 : 1);

/** In a group of its own: an AppImage is a script around the program, and one of them alone would live on. */
function start(program: string): ChildProcess {
  const detached = process.platform !== "win32";
  return spawn(program, [...args, "--data", dataDir], { stdio: "inherit", detached });
}

function end({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === "win32") spawn("taskkill", ["/PID", String(pid), "/T", "/F"]);
  else process.kill(-pid, "SIGTERM");
}

function after<T>(delayMs: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), delayMs));
}
