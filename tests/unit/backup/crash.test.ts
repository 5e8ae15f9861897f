import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { finishRestore, completeRestore } from "../../../main/backup/backups.ts";
import { copyBooks } from "../../../main/backup/copy.ts";
import { inspectBackup } from "../../../main/backup/inspect.ts";
import { problemOf } from "../../../main/backup/problem.ts";
import { BackupWorker } from "../../../main/backup/worker-client.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { addSale } from "../support/log-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { BackupBench, HOUR_MS } from "./backup-bench.ts";

const child = fileURLToPath(new URL("copy-and-restore-child.ts", import.meta.url));
const seller = fileURLToPath(new URL("../support/sell-flat-out.ts", import.meta.url));

function inspect(path: string) {
  return inspectBackup({ path, passphrase: null, workDir: join(tempDir(), "work") }, () => {});
}

/** Copies until `wanted` is said for the `nth` time, then the power goes. */
async function copyAndKill(dir: string, wanted: string, nth: number): Promise<void> {
  const process_ = spawn(process.execPath, ["--no-warnings", child, "copy", dir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(process_, "exit");
  process_.stdout.setEncoding("utf8");
  let said = "";
  for await (const chunk of process_.stdout) {
    said += String(chunk);
    if (said.split("\n").filter((line) => line === wanted).length >= nth) process_.kill("SIGKILL");
  }
  await exited;
}

describe("kill -9 while a copy is made", () => {
  it.each(["copy", "check", "write", "copied"])(
    "at %j: whatever has a name is whole, and the next start clears the rest away",
    { timeout: 60_000 },
    async (step) => {
      const dir = tempDir();
      const log = new SaleLog(dir);
      for (let n = 0; n < 200; n += 1) addSale(log);
      log.close();
      // The beginning of a copy is said by both threads.
      await copyAndKill(dir, step, step === "copy" ? 4 : 2);
      const folder = join(dir, "backups");
      const named = readdirSync(folder).filter((name) => name.endsWith(".backup"));
      expect(named.length).toBeGreaterThanOrEqual(1);
      for (const name of named)
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        expect((await inspect(join(folder, name))).facts.sales).toBeGreaterThan(200);
      const bench = new BackupBench({ dataDir: dir });
      bench.backups.start();
      const parts = () => readdirSync(folder).filter((name) => name.endsWith(".part"));
      await expect.poll(parts).toEqual([]);
      expect(bench.backups.state().copies.every(({ state }) => state === "verified")).toBe(true);
    },
  );
});

describe("while a till sells as fast as it can", () => {
  it("a copy is made in one step: it ends, and is of one moment", { timeout: 60_000 }, async () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    for (let n = 0; n < 3000; n += 1) addSale(log);
    log.close();
    const selling = spawn(process.execPath, ["--no-warnings", seller, dir], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void selling.kill("SIGKILL"));
    let acknowledged = 0;
    selling.stdout.setEncoding("utf8").on("data", (text: string) => {
      acknowledged = Number(text.trimEnd().split("\n").at(-1)) || acknowledged;
    });
    await once(selling.stdout, "data");
    const part = join(dir, "copy.part");
    const pages = [];
    for (let n = 0; n < 3; n += 1) {
      const before = acknowledged;
      const task = {
        books: join(dir, "slipsure.db"),
        part,
        depth: "chain",
        reserveBytes: 0,
      } as const;
      // oxlint-disable-next-line no-await-in-loop -- one copy after the other
      const copy = await copyBooks(task, () => {});
      pages.push(copy.bytes);
      // Copied, read back and compared while the books went on growing.
      expect(acknowledged).toBeGreaterThan(before);
      expect(copy.facts.sales).toBeGreaterThanOrEqual(before);
      expect(copy.facts.sales).toBeLessThanOrEqual(acknowledged + 1);
      expect(copy.findings).toEqual([]);
    }
    expect(pages.toSorted((a, b) => a - b)).toEqual(pages);
  });
});

/** A disk of some megabytes, null where this user may not make one. */
function smallDisk(megabytes: number): string | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return null;
  const dir = tempDir();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", dir]);
  if (mounted.status !== 0) return null;
  onTestFinished(() => void spawnSync("umount", ["-l", dir]));
  return dir;
}

const canMount =
  process.platform === "linux" &&
  process.getuid?.() === 0 &&
  spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

describe("a disk that is full", () => {
  it.skipIf(!canMount)("fails the copy, and the good ones stay", async () => {
    const disk = smallDisk(16);
    if (disk === null) throw new Error("no small disk");
    mkdirSync(join(disk, "till"));
    const bench = new BackupBench({ dataDir: join(disk, "till"), sales: 100 });
    const folder = join(bench.dataDir, "backups");
    mkdirSync(folder);
    const made: string[] = [];
    let problem = "";
    for (let n = 0; n < 300 && problem === ""; n += 1) {
      const part = join(folder, `${n}.part`);
      const books = join(bench.dataDir, "slipsure.db");
      try {
        // oxlint-disable-next-line no-await-in-loop -- until the disk is full
        await copyBooks({ books, part, depth: "chain", reserveBytes: -(2 ** 40) }, () => {});
        made.push(part);
      } catch (error) {
        problem = problemOf(error);
        expect(existsSync(part)).toBe(false);
      }
    }
    expect(problem).toBe("diskFull");
    expect(made.length).toBeGreaterThan(0);
    expect(made.every((path) => statSync(path).size > 0)).toBe(true);
    // As soon as there is room the till goes on.
    for (const path of made.slice(0, 5)) rmSync(path);
    expect(addSale(bench.log)).toBe(101);
  });

  it.skipIf(!canMount)(
    "has the oldest copies removed before the next one fails, and the ballast left alone",
    async () => {
      // The reserve of the till, and room for some copies beside it.
      const disk = smallDisk(132);
      if (disk === null) throw new Error("no small disk");
      mkdirSync(join(disk, "till"));
      const bench = new BackupBench({ dataDir: join(disk, "till"), sales: 20 });
      const made: string[] = [];
      for (let n = 0; n < 16; n += 1) {
        bench.clock.jump(HOUR_MS);
        // oxlint-disable-next-line no-await-in-loop -- one copy after the other
        made.push(await bench.copy());
      }
      const kept = bench.copies();
      expect(kept.length).toBeLessThan(made.length);
      expect(kept.length).toBeGreaterThan(1);
      expect(kept).toContain(made.at(-1));
      expect(bench.backups.health().problem).toBeNull();
      // With no room that old copies could give, it says so and writes nothing at all.
      const head = bench.log.head();
      writeFileSync(join(disk, "filler"), Buffer.alloc(8 * 1024 * 1024));
      await expect(bench.copy()).rejects.toMatchObject({ problem: "diskFull" });
      expect(bench.backups.health().problem).toBe("diskFull");
      expect(bench.log.head()).toEqual(head);
      expect(bench.copies()).toEqual(kept);
    },
  );

  it("is not even filled: a copy leaves the till its room", async () => {
    const bench = new BackupBench({ sales: 3 });
    const part = join(bench.dataDir, "x.part");
    const books = join(bench.dataDir, "slipsure.db");
    const task = { books, part, depth: "chain", reserveBytes: 2 ** 50 } as const;
    await expect(copyBooks(task, () => {})).rejects.toMatchObject({ problem: "diskFull" });
    expect(existsSync(part)).toBe(false);
  });

  it.skipIf(process.platform === "win32")("or refuses to write leaves nothing behind", () => {
    const bench = new BackupBench({ sales: 1500 });
    const run = `ulimit -f 64; exec "$0" --no-warnings "$1" copyOnce "$2"`;
    const args = ["-c", run, process.execPath, child, bench.dataDir];
    const { stdout } = spawnSync("sh", args, { encoding: "utf8" });
    expect(stdout).toBe("diskError");
    expect(readdirSync(bench.dataDir).filter((name) => name.includes("part"))).toEqual([]);
  });
});

describe("kill -9 while a backup is given its place", () => {
  it(
    "ends with the old books or with the restored ones, at every change of the disk",
    { timeout: 240_000 },
    async () => {
      // The backup has 3 sales, the books here have 5 of their own.
      const other = new BackupBench({ sales: 3 });
      const backup = await other.copy();
      const home = tempDir();
      const before = new SaleLog(home);
      for (let n = 0; n < 5; n += 1) addSale(before);
      const head = before.head();
      before.close();
      const ends: string[] = [];
      for (let step = 1; ends.at(-1) !== "done"; step += 1) {
        const dir = join(tempDir(), "till");
        cpSync(home, dir, { recursive: true });
        const args = ["--no-warnings", child, "place", dir, backup, String(step)];
        const { stdout, signal } = spawnSync(process.execPath, args, { encoding: "utf8" });
        const isDone = stdout.includes("placed");
        expect(isDone || signal === "SIGKILL", `${step}: ${stdout}`).toBe(true);
        // What the next start does.
        const store = new Map<string, unknown>();
        const plan = finishRestore(dir, store as unknown as Parameters<typeof finishRestore>[1]);
        const log = new SaleLog(dir);
        if (plan) completeRestore(dir, plan, log);
        const sales = log.sales.newestSoldId();
        expect([3, 5], `step ${step}`).toContain(sales);
        // Whichever books these are: 1 to 5 are on paper.
        expect(log.sales.nextId(), `step ${step}`).toBe(6);
        expect(log.damage, `step ${step}`).toEqual([]);
        expect(log.findBrokenLink()).toBeNull();
        if (sales === 5) expect(log.head().seq).toBeGreaterThanOrEqual(head.seq);
        else {
          const aside = readdirSync(dir).find((name) => name.startsWith("set-aside"));
          expect(existsSync(join(dir, aside ?? "", "slipsure.db")), `step ${step}`).toBe(true);
        }
        expect(existsSync(join(dir, "restore-plan.json"))).toBe(false);
        log.close();
        ends.push(isDone ? "done" : String(sales));
      }
      expect(new Set(ends)).toEqual(new Set(["5", "3", "done"]));
      expect(ends.length).toBeGreaterThan(6);
    },
  );
});

describe("a till that closes while a copy is made", () => {
  it.each(["copy", "check", "write"])(
    "at %j lets go at once, and nothing half counts",
    async (step) => {
      const bench = new BackupBench({ sales: 300 });
      const good = await bench.copy();
      bench.clock.jump(1000);
      const making = bench.backups.make("hand", "x").catch(problemOf);
      await bench.until(({ job }) => job?.step === step);
      await bench.close();
      const end = await making;
      expect([undefined, "interrupted"]).toContain(end);
      bench.reopen();
      bench.backups.start();
      const { copies } = bench.backups.state();
      expect(copies.every(({ state }) => state === "verified")).toBe(true);
      if (end === "interrupted") expect(copies.map(({ path }) => path)).toEqual([good]);
      expect(bench.incidents).toEqual([]);
    },
  );

  it("refuses what is asked for afterwards instead of waiting for ever", async () => {
    const worker = new BackupWorker();
    const running = worker.run("find", { folders: [] });
    void worker.end(0);
    await expect(running).rejects.toMatchObject({ problem: "interrupted" });
    await expect(worker.run("find", { folders: [] })).rejects.toMatchObject({
      problem: "interrupted",
    });
  });
});
