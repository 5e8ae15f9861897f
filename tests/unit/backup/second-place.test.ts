import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { inspectBackup } from "../../../main/backup/inspect.ts";
import { isSealedFile } from "../../../main/backup/sealed-file.ts";
import { sendCopy } from "../../../main/backup/second-place.ts";
import { addSale } from "../support/log-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { BackupBench, filesIn, HOUR_MS } from "./backup-bench.ts";

const PASSPHRASE = "seven lemons on a counter";

/** A bench with a second place; the folder stands for a stick. */
async function withStick(): Promise<{ bench: BackupBench; stick: string }> {
  const bench = new BackupBench({ sales: 3 });
  const stick = join(tempDir(), "stick");
  mkdirSync(stick);
  await bench.backups.setPlace(stick);
  return { bench, stick };
}

function copiesOn(stick: string): string[] {
  return filesIn(stick).filter((path) => basename(path) !== "slipsure-place.json");
}

/** Changes one byte in the middle of a file. */
function damage(path: string): void {
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

describe("the second place", () => {
  it("gets every copy, the same to the byte", async () => {
    const { bench, stick } = await withStick();
    const path = await bench.copy();
    const [there] = copiesOn(stick);
    expect(readFileSync(there ?? "").equals(readFileSync(path))).toBe(true);
    expect(bench.backups.state().second).toMatchObject({ isReachable: true, failure: null });
    expect(bench.backups.state().copies.map(({ place }) => place)).toEqual(["first", "second"]);
  });

  it("that is away fails no copy, and gets the newest one when it is back", async () => {
    const { bench, stick } = await withStick();
    renameSync(stick, `${stick}.out`);
    await bench.copy();
    expect(bench.backups.state()).toMatchObject({
      alarm: null,
      problem: null,
      second: { isReachable: false, failure: { problem: "placeAbsent" } },
    });
    const newest = await bench.copy();
    renameSync(`${stick}.out`, stick);
    bench.backups.start();
    bench.clock.jump(10 * 60_000);
    await bench.until(() => copiesOn(stick).length > 0);
    await bench.untilIdle();
    expect(copiesOn(stick).map((each) => basename(each))).toEqual([basename(newest)]);
    expect(bench.incidents).toEqual([]);
  });

  it("is not the empty folder where a stick used to be", async () => {
    const { bench, stick } = await withStick();
    rmSync(stick, { recursive: true });
    mkdirSync(stick);
    await bench.copy();
    expect(filesIn(stick)).toEqual([]);
    expect(bench.backups.state().second).toMatchObject({ failure: { problem: "placeAbsent" } });
  });

  it("is missed after a day, calmly, and after that no more than once", async () => {
    const { bench, stick } = await withStick();
    rmSync(stick, { recursive: true });
    bench.backups.start();
    bench.clock.jump(23 * HOUR_MS);
    await bench.copy();
    expect(bench.backups.health().alarm).toBeNull();
    bench.clock.jump(2 * HOUR_MS);
    await bench.copy();
    expect(bench.backups.health().alarm).toBe("secondAway");
    expect(bench.incidents).toEqual([]);
  });

  it("inside of the books' own folder is refused, and so is none", async () => {
    const bench = new BackupBench();
    const inside = join(bench.dataDir, "backups", "x");
    mkdirSync(inside, { recursive: true });
    const refused = (folder: string) => bench.backups.setPlace(folder);
    await expect(refused(inside)).rejects.toMatchObject({ problem: "placeNotWritable" });
    await expect(refused(bench.dataDir)).rejects.toMatchObject({ problem: "placeNotWritable" });
    await expect(refused("/no/such/folder")).rejects.toMatchObject({ problem: "placeAbsent" });
    await expect(refused("stick")).rejects.toMatchObject({ problem: "placeAbsent" });
    expect(bench.backups.state().second).toBeNull();
  });

  it("that vanishes in the middle leaves the first copy good and nothing half with a name", async () => {
    const { bench, stick } = await withStick();
    const source = await bench.copy();
    const { placeId } = JSON.parse(readFileSync(join(stick, "slipsure-place.json"), "utf8")) as {
      placeId: string;
    };
    for (const [path] of copiesOn(stick).map((each) => [each])) rmSync(path ?? "");
    // Gone between two steps of the work, whichever those are.
    for (const step of ["check", "send", "readBack"] as const) {
      const task = { folder: stick, placeId, source, owner: null };
      const send = () =>
        sendCopy(task, (progress) => {
          if (progress.step === step && existsSync(stick)) renameSync(stick, `${stick}.out`);
        });
      expect(send, step).toThrow(/placeAbsent|ENOENT/);
      expect(existsSync(stick)).toBe(false);
      expect(copiesOn(`${stick}.out`).filter((path) => !path.endsWith(".part"))).toEqual([]);
      renameSync(`${stick}.out`, stick);
      expect(existsSync(source)).toBe(true);
    }
    // What was left half is cleared away by the next copy.
    await bench.copy();
    expect(copiesOn(stick).every((path) => path.endsWith(".backup"))).toBe(true);
    expect(copiesOn(stick)).toHaveLength(1);
  });

  it("never gets a copy that was damaged since it was made", async () => {
    const bench = new BackupBench({ sales: 3 });
    const path = await bench.copy();
    damage(path);
    const stick = tempDir();
    await bench.backups.setPlace(stick);
    expect(copiesOn(stick)).toEqual([]);
    const state = bench.backups.state();
    expect(state.copies).toMatchObject([{ path, state: "damaged" }]);
    expect(state.newestAtMs).toBeNull();
  });
});

describe("sealed", () => {
  it("only sealed copies leave this PC, and the passphrase opens them on another", async () => {
    const { bench, stick } = await withStick();
    await bench.copy();
    await bench.backups.setPassphrase(PASSPHRASE);
    const path = await bench.copy();
    const [there = ""] = copiesOn(stick);
    // The open one of before is gone from the stick, and still beside the books.
    expect(copiesOn(stick)).toHaveLength(1);
    expect(isSealedFile(there)).toBe(true);
    expect(isSealedFile(path)).toBe(false);
    const workDir = join(tempDir(), "work");
    const inspect = (passphrase: string | null) =>
      inspectBackup({ path: there, passphrase, workDir }, () => {});
    await expect(inspect(null)).rejects.toMatchObject({ problem: "passphraseNeeded" });
    await expect(inspect("six lemons")).rejects.toMatchObject({ problem: "wrongPassphrase" });
    const { facts, tillKeyPem } = await inspect(PASSPHRASE);
    expect(facts.sales).toBe(3);
    expect(tillKeyPem).toBe(readFileSync(join(bench.dataDir, "till.key"), "utf8"));
  });

  it("copies go on being sealed after a restart, without asking", async () => {
    const { bench, stick } = await withStick();
    await bench.backups.setPassphrase(PASSPHRASE);
    await bench.restart();
    await bench.copy();
    expect(copiesOn(stick).map(isSealedFile)).toEqual([true]);
    expect(bench.backups.state().seal?.code).toMatch(/^.{4}-.{4}$/);
  });

  it("the passphrase stands nowhere", async () => {
    const { bench, stick } = await withStick();
    await bench.backups.setPassphrase(PASSPHRASE);
    await bench.copy();
    await bench.close();
    for (const path of [...filesIn(bench.dataDir), ...bench.copies(), ...copiesOn(stick)])
      if (statSync(path).isFile())
        expect(readFileSync(path).includes(PASSPHRASE), path).toBe(false);
  });
});

describe("a drill", () => {
  it("restores the newest copy, reads all others, and leaves nothing behind", async () => {
    const { bench } = await withStick();
    await bench.copy();
    addSale(bench.log);
    bench.clock.jump(2 * HOUR_MS);
    await bench.copy();
    await bench.backups.drill();
    expect(bench.backups.state().drill).toMatchObject({ sales: 4, problem: null, damaged: 0 });
    expect(filesIn(bench.dataDir).some((path) => path.includes("scratch"))).toBe(false);
    const times = bench.backups.state().copies.map(({ checkedAtMs }) => checkedAtMs);
    expect(new Set(times)).toEqual(new Set([bench.backups.state().drill?.atMs]));
  });

  it("finds a flipped bit in any copy, in either place, sealed or open", async () => {
    const { bench, stick } = await withStick();
    const first = await bench.copy();
    await bench.backups.setPassphrase(PASSPHRASE);
    bench.clock.jump(2 * HOUR_MS);
    await bench.copy();
    const [sealed = ""] = copiesOn(stick);
    damage(first);
    damage(sealed);
    await bench.backups.drill();
    const { drill, copies } = bench.backups.state();
    expect(drill).toMatchObject({ problem: null, damaged: 2 });
    const damaged = copies.filter(({ state }) => state === "damaged").map(({ path }) => path);
    expect(damaged.toSorted()).toEqual([first, sealed].toSorted());
  });

  it("that fails raises the alarm, and the copy does not count any more", async () => {
    const bench = new BackupBench({ sales: 3 });
    const path = await bench.copy();
    truncateSync(path, statSync(path).size - 100);
    await bench.backups.drill();
    expect(bench.backups.state()).toMatchObject({
      alarm: "drillFailed",
      newestAtMs: null,
      drill: { problem: "damaged" },
      copies: [{ state: "damaged" }],
    });
  });

  it("runs by itself once a month, when nobody sells", async () => {
    const bench = new BackupBench({ sales: 1 });
    bench.backups.start();
    bench.clock.jump(60_000);
    await bench.until(({ job, newestAtMs }) => job === null && newestAtMs !== null);
    bench.clock.jump(60_000);
    await bench.until(() => bench.backups.state().drill !== null);
    await bench.untilIdle();
    const first = bench.backups.state().drill?.atMs ?? 0;
    const drills = () => bench.told.filter(({ job }) => job?.what === "drill").length;
    const told = drills();
    bench.clock.jump(10 * 60_000);
    await bench.copy();
    expect(drills()).toBe(told);
    // A month later: first the copy of the day, then the drill.
    bench.clock.jump(31 * 24 * HOUR_MS);
    const made = bench.backups.health().newestAtMs ?? 0;
    await bench.until(({ job, newestAtMs }) => job === null && (newestAtMs ?? 0) > made);
    bench.clock.jump(60_000);
    await bench.until(() => (bench.backups.state().drill?.atMs ?? 0) > first);
    expect(bench.incidents).toEqual([]);
  });
});
