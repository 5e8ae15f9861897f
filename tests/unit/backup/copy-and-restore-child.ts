/**
 * Child process for tests that end it where it stands.
 *   copy DIR             makes copies for ever, says `copied` after each
 *   copyOnce DIR         makes one copy and says what came of it
 *   place DIR FILE STEP  restores FILE over DIR and is gone at the STEP-th change of the disk
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";

const [what, dir = "", file = "", step = "0"] = process.argv.slice(2);

/** The power goes at this change, counted from now on. */
function dieAt(last: number): void {
  let changes = 0;
  const names = ["renameSync", "mkdirSync", "copyFileSync", "writeFileSync", "rmSync"] as const;
  for (const name of names) {
    const real = fs[name] as (...args: unknown[]) => unknown;
    const counted = (...args: unknown[]) => {
      changes += 1;
      if (changes === last) process.kill(process.pid, "SIGKILL");
      return real(...args);
    };
    (fs as unknown as Record<string, unknown>)[name] = counted;
  }
  syncBuiltinESMExports();
}

async function copyForEver(): Promise<void> {
  const { SaleLog } = await import("../../../main/sale-log/sale-log.ts");
  const { Backups } = await import("../../../main/backup/backups.ts");
  const { FileKeyStore } = await import("../../../main/sale-log/key-store.ts");
  const { systemClock } = await import("../../../main/clock.ts");
  const { addSale } = await import("../support/log-samples.ts");
  const log = new SaleLog(dir);
  const backups = new Backups({
    dataDir: dir,
    clock: systemClock,
    log,
    keyStore: new FileKeyStore(dir),
    about: () => ({
      utcOffsetMin: 0,
      shop: "街角便利店",
      currency: "CNY",
      appVersion: "0.1.0",
      settings: "{}",
    }),
    report: () => "",
    tell: ({ job }) => {
      if (job) fs.writeSync(1, `${job.step}\n`);
    },
  });
  for (;;) {
    addSale(log);
    // oxlint-disable-next-line no-await-in-loop -- one copy after the other
    await backups.make("hand", "x");
    fs.writeSync(1, "copied\n");
  }
}

async function placeAndDie(): Promise<void> {
  const { inspectBackup } = await import("../../../main/backup/inspect.ts");
  const { planRestore } = await import("../../../main/backup/planning.ts");
  const { bringBooks, COMING } = await import("../../../main/backup/restore.ts");
  const { carryEvents } = await import("../../../main/backup/carry-over.ts");
  const { compareWithBooks } = await import("../../../main/backup/compare.ts");
  const { placeRestored } = await import("../../../main/backup/place.ts");
  const workDir = join(dir, "restore-work");
  const found = await inspectBackup({ path: file, passphrase: null, workDir }, () => {});
  dieAt(Number(step));
  bringBooks(dir, found, () => {});
  const now = { atMs: Date.now(), utcOffsetMin: 0, by: "x" };
  const books = join(dir, "slipsure.db");
  const here = compareWithBooks(books, found.openPath, found.facts);
  carryEvents(join(dir, `slipsure.db${COMING}`), books, here);
  const planned = planRestore(
    { path: file, lastOnPaper: null },
    { ...found, here },
    dir,
    null,
    now,
  );
  const about = { settingsHere: null, publicKey: null, nowMs: Date.now() };
  placeRestored({ dataDir: dir, planned, ...about });
  fs.writeSync(1, "placed\n");
}

async function copyOnce(): Promise<void> {
  const { copyBooks } = await import("../../../main/backup/copy.ts");
  const { problemOf } = await import("../../../main/backup/problem.ts");
  const files = { books: join(dir, "slipsure.db"), part: join(dir, "copy.part") };
  try {
    await copyBooks({ ...files, depth: "chain", reserveBytes: 0 }, () => {});
    fs.writeSync(1, "copied");
  } catch (error) {
    fs.writeSync(1, problemOf(error));
  }
}

if (what === "copy") await copyForEver();
else if (what === "copyOnce") await copyOnce();
else await placeAndDie();
