import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { copyBooks } from "../../../main/backup/copy.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { tempDir } from "../support/temp-dir.ts";
import { BackupBench } from "./backup-bench.ts";

afterEach(() => void vi.restoreAllMocks());

function copyOf(bench: BackupBench, part: string) {
  const books = join(bench.dataDir, "slipsure.db");
  return copyBooks({ books, part, depth: "full", reserveBytes: 0 }, () => {});
}

it("is made by VACUUM INTO where SQLite's backup interface does not work", async () => {
  const bench = new BackupBench({ sales: 12 });
  const usual = await copyOf(bench, join(tempDir(), "usual"));
  const part = join(tempDir(), "part");
  // As a program with another SQLite, or none of that interface, would have it; what it began is left behind.
  const broken = vi.spyOn(Database.prototype, "copyTo").mockImplementation(async (path) => {
    writeFileSync(path, "half a copy");
    throw new TypeError("backup is not a function");
  });
  const copy = await copyOf(bench, part);
  expect(broken).toHaveBeenCalledOnce();
  expect(copy).toMatchObject({
    findings: [],
    facts: usual.facts,
    tillId: usual.tillId,
    schema: usual.schema,
  });
  expect(copy.facts.head).toEqual(bench.log.head());
  // An ordinary file of its own, that can be sold on.
  const books = new Database(part);
  expect(books.get("SELECT count(*) AS n FROM sale")).toEqual({ n: 12 });
  expect(books.get("PRAGMA user_version")).toEqual({ user_version: usual.schema });
  books.close();
});

it("is not tried another way on a full disk", async () => {
  const bench = new BackupBench({ sales: 1 });
  const full = Object.assign(new Error("full"), { code: "ERR_SQLITE_ERROR", errcode: 13 });
  vi.spyOn(Database.prototype, "copyTo").mockRejectedValue(full);
  const vacuum = vi.spyOn(Database.prototype, "vacuumInto");
  const part = join(tempDir(), "part");
  await expect(copyOf(bench, part)).rejects.toBe(full);
  expect(vacuum).not.toHaveBeenCalled();
  expect(existsSync(part)).toBe(false);
});
