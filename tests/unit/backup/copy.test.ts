import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { readNote } from "../../../main/backup/backup-file.ts";
import { inspectBackup } from "../../../main/backup/inspect.ts";
import type { BackupProblem } from "../../../main/contract/backup.ts";
import { BackupError } from "../../../main/backup/problem.ts";
import { addSale } from "../support/log-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { BackupBench, SETTINGS } from "./backup-bench.ts";

function inspect(path: string) {
  return inspectBackup({ path, passphrase: null, workDir: join(tempDir(), "work") }, () => {});
}

/** What a backup is refused with; "fine" when it is not. */
async function problemOf(path: string): Promise<BackupProblem | "fine"> {
  try {
    await inspect(path);
    return "fine";
  } catch (error) {
    if (error instanceof BackupError) return error.problem;
    throw error;
  }
}

describe("a copy", () => {
  it("holds what stood in the books at that moment, and says so signed", async () => {
    const bench = new BackupBench({ sales: 5 });
    const path = await bench.copy();
    const { facts, note, findings } = await inspect(path);
    expect(findings).toEqual([]);
    expect(facts).toMatchObject({ sales: 5, newestSaleId: 5, days: 1, closedDays: 0 });
    expect(facts.head).toEqual(bench.log.head());
    expect(note.manifest).toMatchObject({ shop: "街角便利店", reason: "hand", by: "小王" });
    expect(note.settings).toBe(SETTINGS);
    expect(note.tillKey).toBeNull();
    expect(bench.copies()).toEqual([path]);
    expect(bench.backups.state().copies).toMatchObject([{ state: "verified", sales: 5 }]);
  });

  it("is an ordinary SQLite file", async () => {
    const bench = new BackupBench({ sales: 3 });
    const db = new DatabaseSync(await bench.copy(), { readOnly: true });
    expect(db.prepare("SELECT count(*) AS n FROM sale").get()).toEqual({ n: 3 });
    db.close();
  });

  it("does not carry the till's key, and never the plain one", async () => {
    const bench = new BackupBench({ sales: 1 });
    const key = readFileSync(join(bench.dataDir, "till.key"), "utf8").split("\n")[1] ?? "?";
    expect(readFileSync(await bench.copy()).includes(key)).toBe(false);
    await bench.backups.setPassphrase("seven lemons on a counter");
    const path = await bench.copy();
    expect(readNote(path).tillKey).not.toBeNull();
    expect(readFileSync(path).includes(key)).toBe(false);
  });

  it("is refused when anything in it was changed afterwards", async () => {
    const bench = new BackupBench({ sales: 30 });
    const path = await bench.copy();
    const bytes = readFileSync(path);
    const { bytes: end } = readNote(path).manifest.database;
    const copy = join(tempDir(), "changed.backup");
    const at = (position: number) => {
      const changed = Buffer.from(bytes);
      changed[position] = (changed[position] ?? 0) ^ 4;
      writeFileSync(copy, changed);
      return problemOf(copy);
    };
    // All over the file: database pages, then the note behind them.
    for (let n = 1; n < 40; n += 1)
      expect(await at(Math.floor((end * n) / 40)), `${n}`).toBe("damaged");
    for (let position = end; position < bytes.length; position += 97)
      expect(["damaged", "signatureWrong", "notABackup"], `${position}`).toContain(
        await at(position),
      );
    writeFileSync(copy, bytes.subarray(0, bytes.length - 5000));
    expect(await problemOf(copy)).toBe("damaged");
    writeFileSync(copy, bytes);
    expect(await problemOf(copy)).toBe("fine");
  });

  it("is refused when its manifest was written anew with another key", async () => {
    const bench = new BackupBench({ sales: 2 });
    const other = new BackupBench({ sales: 2 });
    const [mine, theirs] = [await bench.copy(), await other.copy()];
    const { manifest } = readNote(mine);
    const end = manifest.database.bytes;
    // The note of another till behind these books, with its length made to fit.
    const note = readFileSync(theirs).subarray(readNote(theirs).manifest.database.bytes);
    const forged = join(tempDir(), "forged.backup");
    writeFileSync(forged, Buffer.concat([readFileSync(mine).subarray(0, end), note]));
    expect(await problemOf(forged)).toBe("damaged");
    // One figure changed in the signed text.
    const text = readFileSync(mine).subarray(end).toString("latin1");
    const changed = text.replace(String.raw`\"sales\":2`, String.raw`\"sales\":1`);
    expect(changed).not.toBe(text);
    writeFileSync(
      forged,
      Buffer.concat([readFileSync(mine).subarray(0, end), Buffer.from(changed, "latin1")]),
    );
    expect(await problemOf(forged)).toBe("signatureWrong");
  });

  it("of something else is no backup", async () => {
    const dir = tempDir();
    writeFileSync(join(dir, "a.txt"), "hello");
    expect(await problemOf(join(dir, "a.txt"))).toBe("notABackup");
    expect(await problemOf(join(dir, "none"))).toBe("notFound");
    expect(await problemOf(dir)).toBe("notABackup");
    writeFileSync(join(dir, "empty.backup"), "");
    expect(await problemOf(join(dir, "empty.backup"))).toBe("damaged");
  });
});

describe("what is not verified does not count", () => {
  it("books with pages that are damaged make no copy, and the good one stays", async () => {
    const bench = new BackupBench({ sales: 400 });
    const good = await bench.copy();
    await bench.close();
    const books = join(bench.dataDir, "slipsure.db");
    const bytes = readFileSync(books);
    // The middle of the file, where nobody looks while selling.
    bytes.fill(0xff, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 3000);
    writeFileSync(books, bytes);
    bench.reopen();
    await expect(bench.backups.make("hand", "x")).rejects.toMatchObject({
      problem: "booksDamaged",
    });
    expect(bench.copies()).toEqual([good]);
    expect(bench.backups.state()).toMatchObject({
      problem: "booksDamaged",
      alarm: "booksDamaged",
      first: { failure: { problem: "booksDamaged" } },
      copies: [{ path: good, state: "verified" }],
    });
  });

  it.each([
    ["the newest entry at the next copy", "hand", "(SELECT max(seq) FROM event)"],
    ["an early entry at the end of the day", "dayEnd", "5"],
  ] as const)(
    "notices a change of %s, and keeps a true copy all the same",
    async (_, reason, seq) => {
      const bench = new BackupBench({ sales: 40 });
      const good = await bench.copy();
      addSale(bench.log);
      const raw = new DatabaseSync(join(bench.dataDir, "slipsure.db"));
      raw.exec(`DROP TRIGGER event_no_update; UPDATE event SET at_ms=at_ms+1 WHERE seq=${seq}`);
      raw.close();
      bench.clock.jump(1000);
      await bench.backups.make(reason, "x");
      const { copies, alarm } = bench.backups.state();
      expect(alarm).toBe("booksDamaged");
      expect(copies).toMatchObject([{ state: "flagged" }, { state: "verified", path: good }]);
      const { findings } = await inspect(copies[0]?.path ?? "");
      expect(findings.map(({ code }) => code)).toContain("eventChanged");
      // However many follow, the last good one is never pushed out.
      for (let n = 0; n < 3; n += 1) await bench.copy();
      expect(bench.backups.state().copies.at(-1)?.path).toBe(good);
      expect(bench.backups.state().copies.length).toBeLessThan(4);
    },
  );

  it("a half-made copy of a crash is cleared away at the next start, and never listed", async () => {
    const bench = new BackupBench({ sales: 1 });
    const good = await bench.copy();
    const half = join(bench.dataDir, "backups", "slipsure-abc-20261123-120000.backup.part");
    copyFileSync(good, half);
    await bench.restart();
    expect(bench.backups.state().copies).toHaveLength(1);
    bench.backups.start();
    await expect.poll(() => existsSync(half)).toBe(false);
    expect(statSync(good).size).toBeGreaterThan(0);
  });
});
