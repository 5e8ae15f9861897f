import { linkSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { JOBS } from "../../../main/backup/worker-jobs.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { addSale } from "../support/log-samples.ts";
import { tempDir } from "../support/temp-dir.ts";

/** The system's own list of locks has a line of this process for the file of the log, or another one beside it. */
function isHeld(dir: string, name = basename(logPath(dir))): boolean {
  const { ino } = statSync(join(dir, name));
  return readFileSync("/proc/locks", "utf8")
    .split("\n")
    .some((line) => new RegExp(` ${process.pid} [0-9a-f:]+:${ino} `).test(line));
}

// Another program that has the file open as a database deletes the write-ahead log when it closes it, unless
// the till's lock says that it is in use: everything sold from then on is lost with the next crash.
describe.skipIf(process.platform !== "linux")("the file of a log that is open", () => {
  it("is held for this program", () => {
    const dir = tempDir();
    const log = new SaleLog(dir, { refusesDamage: true });
    addSale(log);
    expect(isHeld(dir)).toBe(true);
    log.close();
    expect(isHeld(dir)).toBe(false);
  });

  it("is held as well after a start that found a crash", () => {
    const dir = tempDir();
    const crashed = new SaleLog(dir, { refusesDamage: true });
    addSale(crashed);
    crashed.abandon();
    const bytes = statSync(`${logPath(dir)}-wal`).size;
    expect(bytes).toBeGreaterThan(0);

    const log = new SaleLog(dir, { refusesDamage: true });
    addSale(log);
    expect(isHeld(dir)).toBe(true);
    log.close();
  });

  it("stays held, and its folder too, when somebody takes it for a backup", async () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    addSale(log);
    const books = logPath(dir);
    symlinkSync(books, join(dir, "link.backup"));
    linkSync(join(dir, "till.lock"), join(dir, "other.backup"));
    const names = ["slipsure.db", "slipsure.db-shm", "till.lock", "link.backup", "other.backup"];
    for (const name of names) {
      const workDir = join(dir, "work");
      const chosen = { path: join(dir, name), passphrase: null, workDir, books, bringTo: null };
      await expect(JOBS.inspect(chosen, () => {})).rejects.toMatchObject({ problem: "notABackup" });
      for (const held of ["slipsure.db", "slipsure.db-shm", "till.lock"])
        expect([name, held, isHeld(dir, held)]).toEqual([name, held, true]);
    }
    log.close();
  });
});
