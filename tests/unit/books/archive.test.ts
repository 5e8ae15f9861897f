import { createHash, generateKeyPairSync } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { MANIFEST_PREFIX } from "../../../main/books/archive/manifest.ts";
import type { ArchiveManifest } from "../../../main/books/archive/manifest.ts";
import { anchorText, type Anchor } from "../../../main/sale-log/anchors.ts";
import { canonicalJson } from "../../../main/sale-log/canonical-json.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { loadTillKey, type TillKey } from "../../../main/sale-log/till-key.ts";
import { copiesOf } from "../sale-log/support/log-copies.ts";
import { sellForDays } from "../sale-log/support/shop-days.ts";
import { tamper } from "../sale-log/support/verify-dir.ts";
import { tempDir } from "../support/temp-dir.ts";
import { archived } from "./support.ts";
import { runVerifier } from "./unzip.ts";

/** Four days, all receipts settled but those of the seed; the last day stays open. */
const books = copiesOf((log) => sellForDays(log, 4, 40));

/** Books in which every receipt is settled. */
const settledBooks = copiesOf((log) => {
  sellForDays(log, 4, 40);
  log.transaction(() => {
    for (const { saleId, atMs } of log.receipts.owed())
      log.receipts.record(saleId, atMs + 90_000, "Li", {
        type: "settled",
        how: "declined",
        by: "Li",
        reason: '=走了,"真的"',
        allowedBy: "店长",
      });
  });
});

function manifestOf(folder: string): ArchiveManifest {
  return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as ArchiveManifest;
}

function linesOf(folder: string, name: string): string[] {
  return readFileSync(join(folder, name), "utf8").split("\n");
}

describe("the archive of a period", () => {
  it("is true and says that every receipt was settled, and how", () => {
    const folder = archived(settledBooks());
    const { code, text } = runVerifier(folder);
    expect(text).toContain("每一笔的小票都有交代");
    expect(text).toContain("each of 120 sales had its receipt settled");
    expect(text).toMatch(/\d+ {2}打印机证明已打出 \/ proven by the printer \(grade A\)/);
    expect(text).toMatch(/\d+ {2}由人确认已打出/);
    expect(text).toMatch(/\d+ {2}顾客不要/);
    expect(code).toBe(0);
    const { receipts, counts, files } = manifestOf(folder);
    expect(Object.values(receipts).reduce((sum, count) => sum + count)).toBe(120);
    expect(counts).toMatchObject({ sales: 120, firstSale: 1, lastSale: 120 });
    expect(files.map(({ name }) => name)).toEqual([
      "events.jsonl",
      "anchors.jsonl",
      "receipts.csv",
      "verify.mjs",
      "README.txt",
    ]);
    // A reason somebody typed must not run as a formula.
    expect(readFileSync(join(folder, "receipts.csv"), "utf8")).toContain(`"'=走了,""真的""",`);
  });

  it("names the receipts still owed and goes on to the end of the log", () => {
    const dir = books();
    const folder = archived(dir);
    const { code, text } = runVerifier(folder);
    const { receipts, headAfter } = manifestOf(folder);
    expect(receipts.owed).toBeGreaterThan(0);
    expect(text).toContain(`${receipts.owed} receipts are still owed`);
    expect(code).toBe(1);
    const log = new SaleLog(dir);
    expect(headAfter.seq).toBeGreaterThanOrEqual(log.head().seq - 2);
    log.close();
  });

  it("of one day begins with its opening and ends with what settled its last receipt", () => {
    const dir = settledBooks();
    const folder = archived(dir, { from: "2026-11-21", to: "2026-11-21" });
    expect(runVerifier(folder).code).toBe(0);
    const { counts, headBefore, headAfter } = manifestOf(folder);
    expect(counts).toMatchObject({ sales: 40, firstSale: 41, lastSale: 80 });
    const [first = ""] = linesOf(folder, "events.jsonl");
    expect(JSON.parse(first)).toMatchObject({ seq: headBefore.seq + 1, kind: 2 });
    // Settled days later, by the very last events of the log.
    const events = linesOf(folder, "events.jsonl").slice(0, -1);
    expect(events).toHaveLength(headAfter.seq - headBefore.seq);
    const settled = events.findLast((line) => line.includes('"type":"settled"'));
    expect(settled).toBeDefined();
  });

  it("of an open day too", () => {
    const folder = archived(settledBooks(), { from: "2026-11-23", to: "2026-11-30" });
    expect(runVerifier(folder)).toMatchObject({ code: 0 });
  });

  it("of a till whose key was lost names both keys", () => {
    const dir = settledBooks();
    rmSync(join(dir, "till.key"));
    const folder = archived(dir, { to: "2026-11-23" });
    // The list ends before the change; the archive of the open day has it.
    const { code, text } = runVerifier(folder);
    expect(manifestOf(folder).keys).toHaveLength(2);
    expect(text).toContain("the signing key changed");
    expect(code).toBe(0);
  });

  it("is refused for days without sales and for books that are not whole", () => {
    const dir = settledBooks();
    expect(() => archived(dir, { from: "2025-01-01", to: "2025-12-31" })).toThrow("empty");
    tamper(dir, (db) => db.exec("UPDATE event SET body=replace(body,'2','3') WHERE seq=40"));
    expect(() => archived(dir)).toThrow("damaged: event 40");
  });
});

describe("the verifier notices", () => {
  const original = mkdtempSync(join(tmpdir(), "slipsure-archive-"));
  afterAll(() => rmSync(original, { recursive: true, force: true }));

  function whole(): string {
    if (readdirSync(original).length === 0)
      cpSync(archived(settledBooks()), original, { recursive: true });
    const copy = tempDir();
    cpSync(original, copy, { recursive: true });
    return copy;
  }

  /** Changes one file by its lines. */
  function change(folder: string, name: string, by: (lines: string[]) => string[]): void {
    writeFileSync(join(folder, name), by(linesOf(folder, name)).join("\n"));
  }

  /** Writes sizes and check sums anew, as somebody would who knows how the manifest is made. */
  function remake(folder: string, key: TillKey | null, with_: Partial<ArchiveManifest> = {}) {
    const manifest = { ...manifestOf(folder), ...with_ };
    manifest.files = manifest.files.map(({ name }) => {
      const data = readFileSync(join(folder, name));
      return { name, bytes: data.length, sha256: createHash("sha256").update(data).digest("hex") };
    });
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    writeFileSync(join(folder, "manifest.json"), text);
    if (key) writeFileSync(join(folder, "manifest.sig"), `${key.sign(MANIFEST_PREFIX + text)}\n`);
  }

  function strangersKey(): TillKey {
    const { privateKey } = generateKeyPairSync("ed25519");
    const pem = String(privateKey.export({ type: "pkcs8", format: "pem" }));
    return loadTillKey({ read: () => pem, write: () => {} });
  }

  const swap = (lines: string[], a: number, b: number) =>
    lines.map((line, at) => lines[at === a ? b : at === b ? a : at] ?? line);

  const TAMPERS: Record<string, [file: string, by: (lines: string[]) => string[]]> = {
    "an amount": [
      "events.jsonl",
      (lines) => lines.map((line) => line.replace('"totalMinor":', '"totalMinor":1')),
    ],
    "a dropped event": ["events.jsonl", (lines) => lines.toSpliced(30, 1)],
    "events in another order": ["events.jsonl", (lines) => swap(lines, 30, 31)],
    "a cut tail": ["events.jsonl", (lines) => [...lines.slice(0, -9), ""]],
    "something beside what is hashed": [
      "events.jsonl",
      (lines) => lines.map((line, at) => (at === 3 ? line.replace("{", '{"note":1,') : line)),
    ],
    "a signature left out": ["anchors.jsonl", (lines) => lines.toSpliced(1, 1)],
    "a changed signature": [
      "anchors.jsonl",
      (lines) => lines.map((line, at) => (at === 1 ? line.replace(/"sig":"./, '"sig":"_') : line)),
    ],
    "the settled list": [
      "receipts.csv",
      (lines) => lines.map((line) => line.replace("declined", "printedA")),
    ],
    "a line of the list left out": ["receipts.csv", (lines) => lines.toSpliced(5, 1)],
  };

  it.each(Object.entries(TAMPERS))("%s", (_what, [file, by]) => {
    const folder = whole();
    change(folder, file, by);
    const plain = runVerifier(folder);
    expect(plain.text).toContain(`the file ${file} was changed`);
    expect(plain.code).toBe(2);
    // ... also when the manifest was made to fit, without the key ...
    remake(folder, null);
    const unsigned = runVerifier(folder);
    expect(unsigned.text).toContain("manifest.json does not fit its signature");
    expect(unsigned.code).toBe(2);
    // ... and with another key, whose owner has no say over what the till signed.
    const key = strangersKey();
    const { till, keys } = manifestOf(folder);
    remake(folder, key, {
      till: { ...till, keyId: key.id },
      keys: [...keys, { keyId: key.id, publicKey: key.publicKey }],
    });
    const { code, text } = runVerifier(folder);
    expect(text).not.toContain("manifest.json does not fit");
    expect(text).not.toContain("the file");
    expect(code).toBe(2);
  });

  it("a changed manifest", () => {
    for (const [from, to] of [
      ['"sales": 120', '"sales": 121'],
      ['"owed": 0', '"owed": 1'],
      ["街角便利店", "别的店"],
    ] as const) {
      const folder = whole();
      change(folder, "manifest.json", (lines) => lines.map((line) => line.replace(from, to)));
      const { code, text } = runVerifier(folder);
      expect(text).toContain("manifest.json does not fit its signature");
      expect(code).toBe(2);
    }
  });

  it("counts and sums that do not follow from the events, even signed", () => {
    const folder = whole();
    const key = strangersKey();
    const { till, keys, receipts } = manifestOf(folder);
    remake(folder, key, {
      till: { ...till, keyId: key.id },
      keys: [...keys, { keyId: key.id, publicKey: key.publicKey }],
      receipts: { ...receipts, declined: receipts.declined - 1, printedA: receipts.printedA + 1 },
    });
    expect(runVerifier(folder)).toMatchObject({ code: 2 });
  });

  it("that everything was signed anew with another key, for who knows the till's", () => {
    const folder = whole();
    const { till } = manifestOf(folder);
    const key = strangersKey();
    change(folder, "anchors.jsonl", (lines) =>
      lines.map((line) => {
        if (line === "") return line;
        const anchor = { ...(JSON.parse(line) as Anchor), keyId: key.id };
        return canonicalJson({ ...anchor, sig: key.sign(anchorText(till.id, anchor)) });
      }),
    );
    remake(folder, key, {
      till: { ...till, keyId: key.id },
      keys: [{ keyId: key.id, publicKey: key.publicKey }],
    });
    // Nothing inside contradicts it: that is what the key id is for.
    expect(runVerifier(folder).code).toBe(0);
    expect(runVerifier(folder, "--key", till.keyId)).toMatchObject({ code: 2 });
  });

  it("a code from paper that is not in it, and finds one that is", () => {
    const folder = whole();
    const sale = linesOf(folder, "events.jsonl").find((line) => line.includes('"kind":3'));
    const { hash } = JSON.parse(sale ?? "{}") as { hash: string };
    expect(runVerifier(folder, "--code", hash.slice(0, 10).toUpperCase()).code).toBe(0);
    expect(runVerifier(folder, "--code", "0000000000")).toMatchObject({ code: 2 });
  });

  it("that files are missing", () => {
    for (const name of ["manifest.sig", "events.jsonl"]) {
      const folder = whole();
      rmSync(join(folder, name));
      const { code, text } = runVerifier(folder);
      expect(text).toContain("can't be checked");
      expect(code).toBe(2);
    }
  });
});
