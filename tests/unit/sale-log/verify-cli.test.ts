import { execFile } from "node:child_process";
import { copyFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import {
  FINDING_CODES,
  type Finding,
  type FindingCode,
} from "../../../main/sale-log/verify/finding.ts";
import { findingSentence } from "../../../main/sale-log/verify/sentences.ts";
import { addSale } from "../support/log-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { copiesOf } from "./support/log-copies.ts";
import { tamper } from "./support/verify-dir.ts";

const CLI = fileURLToPath(new URL("../../../main/sale-log/verify-cli.ts", import.meta.url));

const shopDir = copiesOf((log) => {
  for (let n = 0; n < 3; n += 1) addSale(log);
});

function verify(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["--no-warnings", CLI, ...args], (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

describe("npm run verify", () => {
  it("says yes with 0, in both languages, and leaves nothing behind", async () => {
    const dir = shopDir();
    const before = readdirSync(dir);
    const zh = await verify("--data", dir, "--locale", "zh-CN");
    expect(zh).toMatchObject({ code: 0, err: "" });
    expect(zh.out).toContain("完整、真实：3 笔销售");
    const en = await verify("--data", dir, "--locale", "en");
    expect(en.code).toBe(0);
    expect(en.out).toContain("Whole and true: 3 sales");
    // What it can't see is said as well.
    expect(en.out).toContain("Not to be seen from one folder");
    expect(readdirSync(dir)).toEqual(before);
  });

  it("says what is wrong and since when with 1", async () => {
    const dir = shopDir();
    tamper(dir, (db) => db.exec("UPDATE sale SET total=1 WHERE id=2"));
    const { code, out } = await verify("--data", dir, "--locale", "en");
    expect(code).toBe(1);
    expect(out).toContain("- sales 2: total shows 1, the events say 200.");
    const json = await verify("--data", dir, "--json");
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      ok: false,
      findings: [{ code: "rowChanged", table: "sale", row: "2", saleId: 2 }],
    });
  });

  it("holds the log to the codes on paper", async () => {
    const dir = shopDir();
    const log = new SaleLog(dir);
    const slip = log.sales.proofCode(2) ?? "";
    const { seq, hash } = log.head();
    log.close();
    const held = await verify(
      "--data",
      dir,
      "--code",
      slip.toLowerCase(),
      "--code",
      `${seq} ${hash}`,
    );
    expect(held.code).toBe(0);
    const other = await verify("--data", dir, "--locale", "en", "--code=AAAAAAAAAA");
    expect(other.code).toBe(1);
    expect(other.out).toContain("No event has the code AAAAAAAAAA");
  });

  it("checks a bare copy, and says that it had no witness", async () => {
    const copy = join(tempDir(), "copy.db");
    copyFileSync(logPath(shopDir()), copy);
    const { code, out } = await verify("--file", copy, "--locale", "en");
    expect(code).toBe(0);
    expect(out).toContain("Checked without a witness file");
  });

  it("says why it can't check with 2", async () => {
    const dir = tempDir();
    const none = await verify("--data", dir, "--locale", "en");
    expect(none).toMatchObject({ code: 2, out: "" });
    expect(none.err).toContain("There is no sale log");
    writeFileSync(logPath(dir), "no database ".repeat(1000));
    const broken = await verify("--data", dir);
    expect(broken.code).toBe(2);
    expect(broken.err).toContain("not a database");
    expect((await verify()).code).toBe(2);
    expect((await verify("--what")).code).toBe(2);
  });
});

describe("sentences", () => {
  const whole: Finding = {
    code: "fileDamaged",
    seq: 12,
    atMs: Date.UTC(2026, 10, 23, 1, 0, 0),
    saleId: 3,
    table: "sale",
    row: "3",
    column: "total",
    expected: "200",
    found: "100",
  };
  /** Codes that can be about the file, or about rows no event speaks of. */
  const WITHOUT_EVENT: readonly FindingCode[] = [
    "fileDamaged",
    "unreadable",
    "schemaChanged",
    "anchorMissing",
    "anchorWrong",
    "witnessMissing",
    "witnessChanged",
    "codeUnknown",
    "rowMissing",
    "rowExtra",
    "rowChanged",
    "memoryChanged",
  ];

  it.each(FINDING_CODES)("%s has one in each language, whatever is known", (code) => {
    const bare = { ...whole, seq: null, atMs: null, saleId: null };
    for (const finding of WITHOUT_EVENT.includes(code) ? [whole, bare] : [whole]) {
      const zh = findingSentence({ ...finding, code }, "zh-CN", 480);
      const en = findingSentence({ ...finding, code }, "en", 480);
      expect(zh).toMatch(/[\u4e00-\u9fff].*。$/);
      expect(en).toMatch(/^\S.*\.$/);
      for (const text of [zh, en]) expect(text).not.toMatch(/undefined|null|NaN|\(\)|（）/);
    }
  });

  it("show the shop's own clock, and no clock for a time that is none", () => {
    const text = findingSentence({ ...whole, code: "tailCut" }, "en", 480);
    expect(text).toContain("2026-11-23 09:00:00");
    const odd = findingSentence({ ...whole, code: "tailCut", atMs: 9e15 }, "en", 480);
    expect(odd).toContain("9000000000000000");
  });
});
