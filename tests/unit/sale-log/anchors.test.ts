import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ANCHOR_EVERY, anchorsAfter } from "../../../main/sale-log/anchors.ts";
import type { KeyStore } from "../../../main/sale-log/key-store.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { readWitness, witnessPath } from "../../../main/sale-log/witness.ts";
import { AT, addSale } from "../support/log-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { sellForDays } from "./support/shop-days.ts";
import { summary, verifyDir } from "./support/verify-dir.ts";

function anchorsOf(dir: string) {
  const db = new Database(logPath(dir), "read");
  const anchors = anchorsAfter(db, null, 10_000);
  db.close();
  return anchors;
}

const signIn = (log: SaleLog, n: number) =>
  log.append(AT + n, "Li", { kind: "signedIn", ref: null, body: { v: 1 } });

describe("a log is signed", () => {
  it("when it is opened and closed, and not twice over the same end", () => {
    const dir = tempDir();
    for (let n = 0; n < 3; n += 1) new SaleLog(dir).close();
    expect(anchorsOf(dir)).toMatchObject([{ seq: 1, prev: 0, reason: "open" }]);
    const log = new SaleLog(dir, { nowMs: () => AT });
    addSale(log);
    log.close();
    const [, second] = anchorsOf(dir);
    expect(second).toMatchObject({ seq: 4, prev: 1, reason: "close", atMs: AT });
  });

  it(`every ${ANCHOR_EVERY} events, in whatever steps they come`, () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    log.transaction(() => {
      for (let n = 0; n < 700; n += 1) signIn(log, n);
    });
    for (let n = 0; n < 100; n += 1) log.transaction(() => signIn(log, n));
    const due = anchorsOf(dir).filter(({ reason }) => reason === "interval");
    expect(due.map(({ seq }) => seq)).toEqual([256, 512, 768]);
    log.close();
  });

  it("at the end of each day", () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    sellForDays(log, 3, 5);
    log.close();
    const ends = anchorsOf(dir).filter(({ reason }) => reason === "dayClosed");
    const db = new Database(logPath(dir), "read");
    const closings = db.rows("SELECT close_seq FROM day WHERE close_seq IS NOT NULL").flat();
    db.close();
    expect(ends.map(({ seq }) => seq)).toEqual(closings);
    expect(closings).toHaveLength(2);
  });

  it("on demand, inside a transaction or not", () => {
    const dir = tempDir();
    const log = new SaleLog(dir, { nowMs: () => AT });
    addSale(log);
    const anchor = log.anchorNow("backup");
    expect(anchor).toMatchObject({ ...log.head(), reason: "backup", atMs: AT });
    expect(log.anchorNow("backup")).toEqual(anchor);
    const inside = log.transaction(() => {
      signIn(log, 1);
      return log.anchorNow("backup");
    });
    expect(inside.seq).toBeGreaterThan(anchor.seq);
    expect(anchorsOf(dir).at(-1)).toEqual(inside);
    log.close();
  });

  it("never over what was undone, neither in the log nor in the witness", async () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    const before = readFileSync(witnessPath(dir), "utf8");
    expect(() =>
      log.transaction(() => {
        for (let n = 0; n < 600; n += 1) signIn(log, n);
        log.anchorNow("backup");
        throw new Error("undone");
      }),
    ).toThrow("undone");
    expect(readFileSync(witnessPath(dir), "utf8")).toBe(before);
    expect(anchorsOf(dir)).toHaveLength(1);
    addSale(log);
    log.close();
    expect(summary(await verifyDir(dir))).toEqual([]);
  });
});

describe("the witness", () => {
  it("has one line for each anchor", () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    sellForDays(log, 2, 40);
    log.close();
    expect(readWitness(witnessPath(dir))).toEqual({ anchors: anchorsOf(dir), unreadable: [] });
  });

  it("that can't be written stops no sale, and is brought up to date later", async () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    rmSync(witnessPath(dir));
    mkdirSync(witnessPath(dir));
    addSale(log);
    log.anchorNow("backup");
    addSale(log);
    log.anchorNow("backup");
    rmSync(witnessPath(dir), { recursive: true });
    addSale(log);
    log.anchorNow("backup");
    // The line of the first anchor went with the file; the two that were held up are there.
    expect(readWitness(witnessPath(dir))?.anchors).toEqual(anchorsOf(dir).slice(1));
    log.close();
    expect(summary(await verifyDir(dir))).toEqual([]);
  });

  it("catches up after a crash between the log and its line", async () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    const before = readFileSync(witnessPath(dir));
    addSale(log);
    log.close();
    writeFileSync(witnessPath(dir), before);
    const again = new SaleLog(dir);
    expect(again.damage).toEqual([]);
    again.close();
    expect(readWitness(witnessPath(dir))?.anchors).toEqual(anchorsOf(dir));
  });
});

describe("the key", () => {
  it("is made once, is nobody else's to read, and stays", () => {
    const dir = tempDir();
    new SaleLog(dir).close();
    const path = join(dir, "till.key");
    const pem = readFileSync(path, "utf8");
    expect(pem).toContain("PRIVATE KEY");
    if (process.platform !== "win32") {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      chmodSync(path, 0o644);
    }
    new SaleLog(dir).close();
    expect(readFileSync(path, "utf8")).toBe(pem);
    if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(logPath(dir)).includes("PRIVATE")).toBe(false);
  });

  it("may rest anywhere that can keep a text", async () => {
    const dir = tempDir();
    const calls: string[] = [];
    let safe: string | null = null;
    const keyStore: KeyStore = {
      read: () => safe && safe.split("").toReversed().join(""),
      write: (pem) => {
        calls.push("write");
        safe = pem.split("").toReversed().join("");
      },
    };
    new SaleLog(dir, { keyStore }).close();
    const log = new SaleLog(dir, { keyStore });
    addSale(log);
    log.close();
    expect(calls).toEqual(["write"]);
    expect(() => statSync(join(dir, "till.key"))).toThrow("ENOENT");
    expect(summary(await verifyDir(dir))).toEqual([]);
  });
});
