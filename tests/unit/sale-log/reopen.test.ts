import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyReceiptEvent,
  type ReceiptEvent,
  type ReceiptStatus,
} from "../../../main/domain/receipt/state.ts";
import type { ReceiptBody } from "../../../main/sale-log/event.ts";
import { NewerLogError } from "../../../main/sale-log/migrate.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { TillLockedError } from "../../../main/sale-log/till-lock.ts";
import { AT, addSale } from "../support/log-samples.ts";
import { tempDir } from "../support/temp-dir.ts";

const attempt = fc.integer({ min: 1, max: 5 });
const anyBody: fc.Arbitrary<ReceiptBody> = fc.oneof(
  fc.record({ type: fc.constantFrom("requested" as const), attempt }),
  fc.record({
    type: fc.constantFrom("attemptStarted" as const, "attemptResumed" as const, "notCut" as const),
    attempt,
  }),
  fc.record({
    type: fc.constantFrom(
      "attemptBlocked" as const,
      "attemptFailed" as const,
      "attemptCleared" as const,
      "attemptUnknown" as const,
    ),
    attempt,
    cause: fc.constantFrom("paperOut" as const, "appCrash" as const),
  }),
  fc.record({
    type: fc.constant("attemptPrinted" as const),
    attempt,
    grade: fc.constantFrom("A" as const, "B" as const),
    late: fc.boolean(),
  }),
  fc.record({
    type: fc.constant("denied" as const),
    attempt,
    damaged: fc.boolean(),
    by: fc.constant("Li"),
  }),
  fc.record({
    type: fc.constant("settled" as const),
    how: fc.constantFrom("person" as const, "declined" as const, "handwritten" as const),
    by: fc.constant("Li"),
    reason: fc.string(),
  }),
  fc.record({
    type: fc.constant("deferred" as const),
    untilMs: fc.integer({ min: AT, max: AT + 9 }),
    by: fc.constant("Li"),
  }),
  fc.record({ type: fc.constant("handedOver" as const), by: fc.constant("Li") }),
);

/** The statuses as the events alone say they are: what the projection must equal. */
function refold(dir: string): Map<number, ReceiptStatus> {
  const db = new DatabaseSync(join(dir, "slipsure.db"), { readOnly: true });
  const statuses = new Map<number, ReceiptStatus>();
  for (const row of db.prepare("SELECT at_ms,kind,ref,body FROM event ORDER BY seq").all()) {
    const saleId = Number(row["ref"]);
    const atMs = Number(row["at_ms"]);
    if (row["kind"] === 3) {
      const first = applyReceiptEvent(null, { type: "opened", atMs });
      statuses.set(saleId, applyReceiptEvent(first, { type: "requested", attempt: 1, atMs }));
    }
    if (row["kind"] !== 4) continue;
    const body = JSON.parse(String(row["body"])) as ReceiptBody;
    if (body.type === "notCut") continue;
    statuses.set(
      saleId,
      applyReceiptEvent(statuses.get(saleId) ?? null, { ...body, atMs } as ReceiptEvent),
    );
  }
  db.close();
  return statuses;
}

describe("the receipt rows", () => {
  it("equal what their events fold to, for any history, also after reopening", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), anyBody), { maxLength: 25 }),
        (steps) => {
          const dir = tempDir();
          const log = new SaleLog(dir);
          addSale(log);
          addSale(log);
          const asked = new Map([
            [1, 1],
            [2, 1],
          ]);
          let atMs = AT + 10_000;
          log.transaction(() => {
            for (const [saleId, body] of steps) {
              atMs += 60_000;
              const next = (asked.get(saleId) ?? 0) + 1;
              if (body.type === "requested") asked.set(saleId, next);
              log.receipts.record(
                saleId,
                atMs,
                "Li",
                body.type === "requested" ? { ...body, attempt: next } : body,
              );
            }
          });
          const folded = refold(dir);
          for (const saleId of [1, 2])
            expect(log.receipts.status(saleId)).toEqual(folded.get(saleId));
          log.close();
          const again = new SaleLog(dir);
          for (const saleId of [1, 2])
            expect(again.receipts.status(saleId)).toEqual(folded.get(saleId));
          expect(again.findBrokenLink()).toBeNull();
          again.close();
        },
      ),
      { numRuns: 15 },
    );
  });

  it("list what is owed, what waits in the tray and what was never ended", () => {
    const log = new SaleLog(tempDir());
    for (let n = 0; n < 4; n += 1) addSale(log);
    log.transaction(() => {
      log.receipts.record(1, AT, "till", { type: "attemptStarted", attempt: 1 });
      log.receipts.record(2, AT, "till", { type: "attemptStarted", attempt: 1 });
      log.receipts.record(2, AT + 10 * 60_000, "till", {
        type: "attemptPrinted",
        attempt: 1,
        grade: "A",
        late: true,
      });
      log.receipts.record(3, AT, "till", { type: "attemptFailed", attempt: 1, cause: "paperOut" });
    });
    expect(log.receipts.owed().map(({ saleId }) => saleId)).toEqual([1, 3, 4]);
    expect(log.receipts.tray(10).map(({ saleId }) => saleId)).toEqual([2]);
    expect(log.receipts.openJobs()).toEqual([
      { saleId: 1, attempt: 1, started: true },
      { saleId: 4, attempt: 1, started: false },
    ]);
    log.close();
  });
});

describe("reopening", () => {
  it("finds everything as it was left", () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    const id = addSale(log);
    const before = log.sales.record(id);
    log.keep("basket", "[1]");
    log.close();
    const again = new SaleLog(dir);
    expect(again.sales.record(id)).toEqual(before);
    expect(again.kept("basket")).toBe("[1]");
    expect(addSale(again)).toBe(id + 1);
    again.close();
  });

  it("refuses a file of a newer program, and leaves it alone and unlocked", () => {
    const dir = tempDir();
    new SaleLog(dir).close();
    const raw = new DatabaseSync(join(dir, "slipsure.db"));
    const schema = Number(raw.prepare("PRAGMA user_version").get()?.["user_version"]);
    raw.exec("PRAGMA user_version=99");
    raw.close();
    for (let n = 0; n < 2; n += 1) expect(() => new SaleLog(dir)).toThrow(NewerLogError);
    const after = new DatabaseSync(join(dir, "slipsure.db"));
    expect(after.prepare("PRAGMA user_version").get()?.["user_version"]).toBe(99);
    after.exec(`PRAGMA user_version=${schema}`);
    after.close();
    new SaleLog(dir).close();
  });

  it("says so when the file is no database, and lets go of the folder", () => {
    const dir = tempDir();
    writeFileSync(join(dir, "slipsure.db"), "this is not a sale log ".repeat(500));
    for (let n = 0; n < 2; n += 1) expect(() => new SaleLog(dir)).toThrow(/not a database/);
  });
});

describe("two at once", () => {
  it("the second in the same process is refused, the first sells on", () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    expect(() => new SaleLog(dir)).toThrow(TillLockedError);
    expect(addSale(log)).toBe(1);
    log.close();
    new SaleLog(dir).close();
  });

  it("the second in another process is refused, the first sells on", () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    const url = new URL("../../../main/sale-log/sale-log.ts", import.meta.url).href;
    const script = `const { SaleLog } = await import(${JSON.stringify(url)});
      try { new SaleLog(${JSON.stringify(dir)}); console.log("opened"); } catch (error) { console.log(error.name); }`;
    const said = execFileSync(
      process.execPath,
      ["--no-warnings", "--input-type=module", "-e", script],
      { encoding: "utf8" },
    );
    expect(said.trim()).toBe("TillLockedError");
    expect(addSale(log)).toBe(1);
    expect(log.findBrokenLink()).toBeNull();
    log.close();
  });
});
