import { describe, expect, it } from "vitest";
import type { PrinterStatus, TillStatus } from "../../../main/contract/status.ts";
import { LATE_AFTER_MS } from "../../../main/domain/receipt/state.ts";
import { holderOf, nextMarkOf, waysFor } from "../../../renderer/features/reminder/failover.ts";
import { PRINT_KEY, slotOfKey } from "../../../renderer/features/reminder/print-key-codes.ts";
import { owedReceipt, printerStatus } from "./samples.ts";

const backup = (own: Partial<PrinterStatus> = {}) => printerStatus({ slot: "backup", ...own });

function printers(
  receipt: Partial<PrinterStatus>,
  second: PrinterStatus | null,
  progress: TillStatus["progress"] = null,
) {
  return { printer: printerStatus(receipt), backupPrinter: second, progress };
}

const slots = (ways: ReturnType<typeof waysFor>) => ways.open.map(({ slot }) => slot);

describe("where an owed receipt can be printed", () => {
  it("is the receipt printer alone when there is no other", () => {
    const ways = waysFor(owedReceipt(), printers({ state: "offline", cause: "paperOut" }, null));
    expect(slots(ways)).toEqual(["receipt"]);
    expect(ways.alsoOut).toBeNull();
  });

  it("offers the backup while it may be able to print, also one that never says anything", () => {
    for (const state of ["ready", "printing", "unknown"] as const) {
      const ways = waysFor(owedReceipt(), printers({ state: "offline" }, backup({ state })));
      expect(slots(ways), state).toEqual(["receipt", "backup"]);
      expect(ways.alsoOut, state).toBeNull();
    }
  });

  it("does not offer a backup that is out, and says so when both are", () => {
    const out = backup({ state: "offline", cause: "coverOpen" });
    const both = waysFor(owedReceipt(), printers({ state: "offline", cause: "paperOut" }, out));
    expect(slots(both)).toEqual(["receipt"]);
    expect(both.alsoOut).toBe(out);
    // The first can print: what the other does is beside the point.
    expect(waysFor(owedReceipt(), printers({ state: "ready" }, out)).alsoOut).toBeNull();
  });

  it("knows which printer holds a stopped receipt, and does not offer it twice", () => {
    const owed = owedReceipt({ state: "blocked" });
    const stopped = backup({ state: "blocked", cause: "paperOut" });
    const progress = {
      slot: "backup",
      saleId: 1,
      attempt: 2,
      paperMm: 80,
      durationMs: 900,
      state: "blocked",
    } as const;
    expect(holderOf(owed, printers({}, stopped, progress)).slot).toBe("backup");
    // The receipt printer's own progress is told first when both have one.
    expect(holderOf(owed, printers({ state: "printing" }, stopped)).slot).toBe("backup");
    expect(slots(waysFor(owed, printers({}, stopped, progress)))).toEqual(["receipt"]);
    expect(holderOf(owed, printers({ state: "blocked" }, backup())).slot).toBe("receipt");
    expect(slots(waysFor(owed, printers({ state: "blocked" }, backup())))).toEqual([
      "receipt",
      "backup",
    ]);
  });

  it("has one key for each printer", () => {
    expect(slotOfKey(PRINT_KEY.receipt)).toBe("receipt");
    expect(slotOfKey(PRINT_KEY.backup)).toBe("backup");
    expect(slotOfKey("F12")).toBeNull();
  });
});

describe("what will stand on the paper", () => {
  const soonMs = LATE_AFTER_MS;
  const lateMs = LATE_AFTER_MS + 1;

  it("is the original while nothing can have left, and says when it is late", () => {
    expect(nextMarkOf(owedReceipt(), null, soonMs)).toBe("original");
    expect(nextMarkOf(owedReceipt(), null, lateMs)).toBe("late");
    // A torn slip of which nothing had left can't be: the till decides by what left.
    expect(nextMarkOf(owedReceipt({ damaged: true }), null, soonMs)).toBe("original");
  });

  it("is a marked copy once a byte may have left, however late", () => {
    const owed = owedReceipt({ state: "unknown", mayBeOnPaper: true });
    expect(nextMarkOf(owed, "nothing", lateMs)).toBe("reprint");
    expect(nextMarkOf(owed, "half", soonMs)).toBe("replacement");
    expect(nextMarkOf({ ...owed, damaged: true }, "nothing", soonMs)).toBe("replacement");
  });

  it("is a replacement when it has to be cleared out of a stopped printer first", () => {
    const owed = owedReceipt({ state: "blocked", mayBeOnPaper: true });
    expect(nextMarkOf(owed, null, soonMs)).toBe("replacement");
  });
});
