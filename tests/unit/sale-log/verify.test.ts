import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { FileKeyStore } from "../../../main/sale-log/key-store.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { loadTillKey } from "../../../main/sale-log/till-key.ts";
import { verifyLog, type VerifyProgress } from "../../../main/sale-log/verify/verify.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { readWitness, witnessPath } from "../../../main/sale-log/witness.ts";
import { AT, addSale } from "../support/log-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { changeTotal, rehash, resign } from "./support/forge.ts";
import { copiesOf } from "./support/log-copies.ts";
import { sellForDays } from "./support/shop-days.ts";
import { summary, tamper, verifyDir } from "./support/verify-dir.ts";

/** The folder of a shop that has been open for three days, closed properly. */
const shopDir = copiesOf((log) => sellForDays(log, 3, 40));

/** A log of three equal sales of one line, whose amounts can be changed everywhere at once. */
const plainDir = copiesOf((log) => {
  for (let n = 0; n < 3; n += 1) addSale(log);
});

function tillIdOf(dir: string): string {
  const db = new DatabaseSync(logPath(dir), { readOnly: true });
  const row = db.prepare("SELECT v FROM meta WHERE k='till_id'").get();
  db.close();
  return String(row?.["v"]);
}

describe("a log nobody touched", () => {
  it("is whole and true, and says how much was looked at", async () => {
    const dir = shopDir();
    const report = await verifyDir(dir);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ ok: true, sales: 120, days: 3, signedFrom: 1, unsigned: 0 });
    expect(report.events).toBe(report.head?.seq);
    expect(report.soundUpTo?.seq).toBe(report.events);
    expect(report.hasWitness).toBe(true);
    expect((await verifyDir(dir, { depth: "chain" })).ok).toBe(true);
  });

  it("may be looked at while the till sells, and sells on", async () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    sellForDays(log, 2, 30);
    const running = verifyDir(dir);
    for (let n = 0; n < 20; n += 1) addSale(log);
    const first = await running;
    expect(summary(first)).toEqual([]);
    addSale(log);
    const second = await verifyDir(dir);
    expect(summary(second)).toEqual([]);
    expect(second.sales).toBe(log.sales.newestId());
    expect(second.unsigned).toBeGreaterThan(0);
    log.close();
    expect((await verifyDir(dir)).unsigned).toBe(0);
  });

  it("may be a bare copy, of which nothing else is left beside it", async () => {
    const dir = shopDir();
    const bare = tempDir();
    copyFileSync(logPath(dir), join(bare, "copy of slipsure?#%.db"));
    const path = join(bare, "copy of slipsure?#%.db");
    const report = await verifyFile({ path, witness: null });
    expect(report).toMatchObject({ ok: true, hasWitness: false, sales: 120 });
    expect(readdirSync(bare)).toEqual(["copy of slipsure?#%.db"]);
  });

  it("tells how far it is, and can be stopped", async () => {
    const dir = shopDir();
    const db = new Database(logPath(dir), "frozen");
    const testimony = readWitness(witnessPath(dir));
    const seen: VerifyProgress[] = [];
    await verifyLog(db, { testimony, onProgress: (progress) => seen.push(progress) });
    expect(new Set(seen.map(({ step }) => step))).toEqual(
      new Set(["structure", "events", "receipts"]),
    );
    const stop = new AbortController();
    const looked = verifyLog(db, {
      testimony,
      signal: stop.signal,
      onProgress: ({ step }) => {
        if (step === "events") stop.abort(new Error("enough"));
      },
    });
    await expect(looked).rejects.toThrow("enough");
    // The connection is free for the next one.
    expect((await verifyLog(db, { testimony })).ok).toBe(true);
    db.close();
  });
});

describe("history", () => {
  it("changed in one event is named, with the sale and the time", async () => {
    const dir = plainDir();
    tamper(dir, (db) => changeTotal(db, 2, 100));
    const report = await verifyDir(dir);
    expect(report.findings).toEqual([
      expect.objectContaining({ code: "eventChanged", saleId: 2, atMs: AT + 2000 }),
    ]);
  });

  it("written anew with hashes that fit does not fit the signatures", async () => {
    const dir = plainDir();
    const honest = await verifyDir(dir);
    tamper(dir, (db) => {
      changeTotal(db, 2, 100);
      rehash(db);
    });
    const report = await verifyDir(dir);
    expect(summary(report)).toEqual([`rewritten@${honest.events}`]);
    expect(report.soundUpTo?.seq).toBe(1);
    // A quick look at the chain alone notices it as well.
    expect(summary(await verifyDir(dir, { depth: "chain" }))).toEqual([
      `rewritten@${honest.events}`,
    ]);
  });

  it("written anew and signed anew with the till's own key does not fit the witness", async () => {
    const dir = plainDir();
    const honest = await verifyDir(dir);
    const key = loadTillKey(new FileKeyStore(dir));
    tamper(dir, (db) => {
      changeTotal(db, 2, 100);
      rehash(db);
      resign(db, tillIdOf(dir), key);
    });
    expect(summary(await verifyDir(dir))).toEqual([`rewritten@${honest.events}`]);
  });

  it("written anew with the key, and the witness with it, no longer has the code on the slip", async () => {
    const dir = plainDir();
    const log = new SaleLog(dir);
    const code = log.sales.proofCode(2) ?? "";
    log.close();
    const key = loadTillKey(new FileKeyStore(dir));
    tamper(dir, (db) => {
      changeTotal(db, 2, 100);
      rehash(db);
      resign(db, tillIdOf(dir), key);
    });
    rewriteWitness(dir);
    // What one folder can't show, a customer's paper can.
    expect(summary(await verifyDir(dir))).toEqual([]);
    const report = await verifyDir(dir, { codes: [code] });
    expect(report.findings).toEqual([
      expect.objectContaining({ code: "codeUnknown", found: code }),
    ]);
  });

  it("signed by a key of somebody else is noticed by the key the log names", async () => {
    const dir = plainDir();
    const stranger = loadTillKey(new FileKeyStore(tempDir()));
    tamper(dir, (db) => resign(db, tillIdOf(dir), stranger));
    const found = summary(await verifyDir(dir));
    expect(found.some((each) => each.startsWith("anchorWrong"))).toBe(true);
  });

  it("that was made from its beginning with another key contradicts the witness", async () => {
    const dir = plainDir();
    const other = shopDir();
    copyFileSync(logPath(other), logPath(dir));
    const found = summary(await verifyDir(dir));
    expect(found.some((each) => each.startsWith("keyChanged"))).toBe(true);
  });

  it("with a signature spelled otherwise is named, though it decodes to the same bytes", async () => {
    const dir = plainDir();
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    tamper(dir, (db) => {
      const { sig } = db.prepare("SELECT sig FROM anchor WHERE seq=1").get() ?? {};
      const text = String(sig);
      // 64 bytes leave four bits of the last letter unused.
      const last = letters[letters.indexOf(text.slice(-1)) + 1] ?? "";
      db.prepare("UPDATE anchor SET sig=? WHERE seq=1").run(text.slice(0, -1) + last);
    });
    expect(summary(await verifyDir(dir))).toContain("anchorWrong@1");
  });

  it("with a signature taken out is named", async () => {
    const dir = shopDir();
    tamper(dir, (db) => db.exec("DELETE FROM anchor WHERE seq=256"));
    expect(summary(await verifyDir(dir))).toEqual(["anchorMissing@256"]);
    const bare = await verifyFile({ path: logPath(dir), witness: null });
    expect(summary(bare)).toEqual(["anchorMissing@256"]);
  });

  it("with its newest signatures taken out is named where one is due, also without a witness", async () => {
    const dir = shopDir();
    tamper(dir, (db) => db.exec("DELETE FROM anchor WHERE seq>=256"));
    const bare = await verifyFile({ path: logPath(dir), witness: null });
    expect(summary(bare)).toEqual(["anchorMissing@256"]);
  });

  it("with the signature of a day's end taken out is named by the one after it", async () => {
    const dir = shopDir();
    const db = new Database(logPath(dir), "frozen");
    const [[end = 0] = []] = db.rows("SELECT close_seq FROM day WHERE id=1");
    db.close();
    tamper(dir, (raw) => raw.exec(`DELETE FROM anchor WHERE seq=${Number(end)}`));
    const bare = await verifyFile({ path: logPath(dir), witness: null });
    expect(summary(bare)).toEqual([`anchorMissing@${Number(end)}`]);
  });
});

/** Writes the witness as the log is now, as somebody would who knows of it. */
function rewriteWitness(dir: string): void {
  const db = new DatabaseSync(logPath(dir), { readOnly: true });
  const lines = db
    .prepare('SELECT seq,prev,at_ms AS "atMs",reason,hash,key_id AS "keyId",sig FROM anchor')
    .all();
  db.close();
  writeFileSync(witnessPath(dir), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

describe("the end of the log", () => {
  /** Everything after event `seq` gone, from every table. */
  const cut = (dir: string, seq: number) =>
    tamper(dir, (db) => {
      db.exec(`DELETE FROM anchor WHERE seq>${seq}; DELETE FROM event WHERE seq>${seq};
        DELETE FROM sale_line WHERE sale_id IN (SELECT id FROM sale WHERE seq>${seq});
        DELETE FROM payment WHERE sale_id IN (SELECT id FROM sale WHERE seq>${seq});
        DELETE FROM receipt WHERE sale_id IN (SELECT id FROM sale WHERE seq>${seq});
        DELETE FROM print_job WHERE sale_id IN (SELECT id FROM sale WHERE seq>${seq});
        DELETE FROM sale WHERE seq>${seq}`);
    });

  it("cut off is noticed by the witness, with the time of what is lost", async () => {
    const dir = plainDir();
    const honest = await verifyDir(dir);
    cut(dir, 5);
    const report = await verifyDir(dir);
    expect(report.findings).toEqual([
      expect.objectContaining({
        code: "tailCut",
        seq: 6,
        expected: String(honest.events),
        found: "5",
      }),
    ]);
    // What can't be noticed is said.
    const bare = await verifyFile({ path: logPath(dir), witness: null });
    expect(bare).toMatchObject({ ok: true, hasWitness: false });
  });

  it("cut off stays noticed when the till sells on, and the till wrote it down", async () => {
    const dir = plainDir();
    cut(dir, 5);
    const log = new SaleLog(dir);
    expect(log.damage.map(({ code }) => code)).toEqual(["tailCut"]);
    for (let n = 0; n < 5; n += 1) addSale(log);
    log.close();
    const again = new SaleLog(dir);
    expect(again.damage).toEqual([]);
    again.close();
    const found = summary(await verifyDir(dir));
    expect(found.filter((each) => each.startsWith("damageRecorded"))).toHaveLength(1);
    expect(found.some((each) => each.startsWith("rewritten"))).toBe(true);
  });

  it("of an older copy put back is noticed the same way", async () => {
    const dir = plainDir();
    const older = readFileSync(logPath(dir));
    const log = new SaleLog(dir);
    addSale(log);
    log.close();
    writeFileSync(logPath(dir), older);
    expect(summary(await verifyDir(dir))).toEqual([expect.stringMatching(/^tailCut/)]);
  });

  it("can't be told without the witness, and its loss is told", async () => {
    const dir = plainDir();
    rmSync(witnessPath(dir));
    expect(summary(await verifyDir(dir))).toEqual(["witnessMissing"]);
    const log = new SaleLog(dir);
    expect(log.damage.map(({ code }) => code)).toEqual(["witnessMissing"]);
    log.close();
    const anchors = (await verifyDir(dir)).anchors;
    expect(readWitness(witnessPath(dir))?.anchors).toHaveLength(anchors);
  });

  it("a whole log taken away is noticed by the one that follows it", () => {
    const dir = plainDir();
    rmSync(logPath(dir));
    const log = new SaleLog(dir);
    expect(log.damage.map(({ code }) => code)).toEqual(["tailCut"]);
    log.close();
  });
});

describe("the witness", () => {
  it("changed in one letter is named", async () => {
    const dir = plainDir();
    const text = readFileSync(witnessPath(dir), "utf8");
    writeFileSync(witnessPath(dir), text.replace('"reason":"close"', '"reason":"cloze"'));
    const found = summary(await verifyDir(dir));
    expect(found.some((each) => each.startsWith("witnessChanged"))).toBe(true);
    writeFileSync(witnessPath(dir), `not json\n${text}`);
    expect(summary(await verifyDir(dir))).toEqual(["witnessChanged"]);
  });

  it("torn in its last line by a power cut is nothing, and is mended by the next line", async () => {
    const dir = plainDir();
    const text = readFileSync(witnessPath(dir), "utf8");
    writeFileSync(witnessPath(dir), text.slice(0, -20));
    expect(summary(await verifyDir(dir))).toEqual([]);
    const log = new SaleLog(dir);
    expect(log.damage).toEqual([]);
    addSale(log);
    log.close();
    const after = readFileSync(witnessPath(dir), "utf8");
    expect(after.startsWith(text)).toBe(true);
    expect(summary(await verifyDir(dir))).toEqual([]);
  });
});

describe("the key", () => {
  it("lost: the till makes another one, says so, and verify does until somebody vouches for it", async () => {
    const dir = plainDir();
    rmSync(join(dir, "till.key"));
    const log = new SaleLog(dir);
    addSale(log);
    log.close();
    const report = await verifyDir(dir);
    expect(report.findings.map(({ code }) => code)).toEqual(["keyChanged"]);
    const trusted = await verifyDir(dir, { trustedKeys: [report.keyId ?? ""] });
    expect(summary(trusted)).toEqual([]);
  });

  it("unreadable is put aside, not lost", async () => {
    const dir = plainDir();
    writeFileSync(join(dir, "till.key"), "no key at all");
    const log = new SaleLog(dir);
    log.close();
    expect(readFileSync(join(dir, "till.key.unreadable"), "utf8")).toBe("no key at all");
    expect(summary(await verifyDir(dir))).toEqual([expect.stringMatching(/^keyChanged/)]);
  });
});

describe("what follows from the events", () => {
  it.each([
    ["person", "rowid"],
    ["item_name", "rowid"],
    ["sale", "rowid"],
    ["sale_line", "sale_id"],
    ["payment", "sale_id"],
    ["receipt", "rowid"],
    ["print_job", "rowid"],
    ["day", "rowid"],
    ["meta", "rowid"],
    ["product", "rowid"],
  ])("a row of %s taken out is named", async (table, where) => {
    const dir = shopDir();
    tamper(dir, (db) =>
      db.exec(`DELETE FROM ${table} WHERE ${where} IN (SELECT ${where} FROM ${table} LIMIT 1)`),
    );
    const { findings } = await verifyDir(dir);
    expect(findings.some((finding) => finding.table === table)).toBe(true);
  });

  it.each([
    ["person", "INSERT INTO person(name) VALUES('nobody')"],
    ["item_name", "INSERT INTO item_name(name_zh,name_en) VALUES('无','none')"],
    [
      "sale",
      "INSERT INTO sale SELECT max(id)+1,seq,at_ms,day_id,cashier,total,tax,saved,pieces,lines,change FROM sale",
    ],
    [
      "sale_line",
      "INSERT INTO sale_line SELECT sale_id,99,code,name_id,1,1,1 FROM sale_line LIMIT 1",
    ],
    ["payment", "INSERT INTO payment VALUES(1,99,'cash',1,NULL,NULL)"],
    [
      "print_job",
      "INSERT INTO print_job(sale_id,attempt,state,asked_at_ms) VALUES(1,99,'waiting',1)",
    ],
    ["day", "INSERT INTO day(id,biz_date,opened_at_ms) VALUES(99,'2030-01-01',1)"],
    ["meta", "INSERT INTO meta VALUES('more','1')"],
  ])("a row of %s that nobody wrote is named", async (table, sql) => {
    const dir = shopDir();
    tamper(dir, (db) => db.exec(sql));
    const { findings } = await verifyDir(dir);
    expect(findings.map((finding) => [finding.code, finding.table])).toContainEqual([
      "rowExtra",
      table,
    ]);
  });

  it("a guard taken out is named, and is there again after the next start", async () => {
    const dir = plainDir();
    const raw = new DatabaseSync(logPath(dir));
    raw.exec("DROP TRIGGER event_no_update");
    raw.exec("CREATE TRIGGER sale_no_delete2 AFTER INSERT ON sale BEGIN SELECT 1; END");
    raw.close();
    expect(summary(await verifyDir(dir)).sort()).toEqual([
      "schemaChanged:trigger",
      "schemaChanged:trigger",
    ]);
    const log = new SaleLog(dir);
    expect(log.damage.map(({ code, row }) => [code, row])).toEqual([
      ["schemaChanged", "event_no_update"],
      ["schemaChanged", "sale_no_delete2"],
    ]);
    log.close();
    expect(summary(await verifyDir(dir))).toEqual([expect.stringMatching(/^damageRecorded/)]);
  });

  it("an index that hides rows from those who look things up is named", async () => {
    const dir = shopDir();
    tamper(dir, (db) => {
      const { sql } = db.prepare("SELECT sql FROM sqlite_schema WHERE name='sale_day'").get() ?? {};
      db.exec("DROP INDEX sale_day; CREATE INDEX sale_day ON sale(day_id,total) WHERE id>50");
      db.exec("PRAGMA writable_schema=ON");
      db.prepare("UPDATE sqlite_schema SET sql=? WHERE name='sale_day'").run(String(sql));
    });
    const { findings } = await verifyDir(dir);
    expect(findings[0]).toMatchObject({
      code: "fileDamaged",
      table: "sale",
      found: expect.stringContaining("index sale_day"),
    });
  });

  it("a day's end that says other totals than its sales is named", async () => {
    const dir = shopDir();
    tamper(dir, (db) => {
      db.exec(`UPDATE event SET body=json_set(body,'$.totalMinor',1,'$.grandTotalMinor',2)
        WHERE kind=5 AND ref=2`);
      rehash(db);
      resign(db, tillIdOf(dir), loadTillKey(new FileKeyStore(dir)));
    });
    rewriteWitness(dir);
    const { findings } = await verifyDir(dir);
    expect(findings.map(({ code, row, column, found }) => [code, row, column, found])).toEqual([
      ["dayTotalWrong", "2", "totalMinor", "1"],
      ["dayTotalWrong", "2", "grandTotalMinor", "2"],
    ]);
  });

  it("amounts of a sale that don't add up are named", async () => {
    const dir = plainDir();
    tamper(dir, (db) => {
      db.exec("UPDATE event SET body=json_set(body,'$.changeMinor',5) WHERE kind=3 AND ref=2");
      db.exec("UPDATE sale SET change=5 WHERE id=2");
      rehash(db);
      resign(db, tillIdOf(dir), loadTillKey(new FileKeyStore(dir)));
    });
    rewriteWitness(dir);
    const { findings } = await verifyDir(dir);
    expect(findings).toEqual([
      expect.objectContaining({ code: "sumWrong", saleId: 2, column: "changeMinor", found: "5" }),
    ]);
  });

  it("a number left out is named", async () => {
    const dir = plainDir();
    tamper(dir, (db) => {
      db.exec("DELETE FROM event WHERE kind=3 AND ref=2");
      db.exec("UPDATE event SET seq=seq-1 WHERE seq>5");
      rehash(db);
    });
    const { findings } = await verifyDir(dir);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: "numberMissing", table: "sale", expected: "2", found: "3" }),
    );
  });
});

describe("damage", () => {
  it("that makes the file no database is an error, not a finding", async () => {
    const dir = tempDir();
    writeFileSync(logPath(dir), "this is not a sale log ".repeat(500));
    await expect(verifyDir(dir)).rejects.toThrow("not a database");
  });

  it("of whole pages is told, and the rest is looked at all the same", async () => {
    const dir = shopDir();
    const bytes = readFileSync(logPath(dir));
    for (const page of [20, 40, 60]) bytes.fill(0xa5, page * 4096, page * 4096 + 4096);
    writeFileSync(logPath(dir), bytes);
    const report = await verifyDir(dir);
    expect(report.ok).toBe(false);
    expect(report.totals.fileDamaged).toBeGreaterThan(0);
  });

  it("in the newest event is found when the log is opened, and written down", async () => {
    const dir = plainDir();
    const log = new SaleLog(dir);
    addSale(log);
    // No end was signed: the till was killed here.
    tamperOpen(dir, log);
    const again = new SaleLog(dir);
    expect(again.damage.map(({ code }) => code)).toEqual(["eventChanged"]);
    expect(addSale(again)).toBeGreaterThan(0);
    again.close();
    const found = summary(await verifyDir(dir));
    expect(found.some((each) => each.startsWith("eventChanged"))).toBe(true);
    expect(found.some((each) => each.startsWith("damageRecorded"))).toBe(true);
  });
});

/** Leaves the log as a killed till would, with its newest event changed. */
function tamperOpen(dir: string, log: SaleLog): void {
  const copy = tempDir();
  cpSync(dir, copy, { recursive: true });
  log.close();
  for (const file of readdirSync(dir)) rmSync(join(dir, file));
  cpSync(copy, dir, { recursive: true });
  tamper(dir, (db) =>
    db.exec("UPDATE event SET at_ms=at_ms+1 WHERE seq=(SELECT max(seq) FROM event)"),
  );
}
