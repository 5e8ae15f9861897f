import type { PrinterStatus } from "../../../main/contract/status.ts";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { LATE_AFTER_MS } from "../../../main/domain/receipt/state.ts";

/** A receipt of which nothing has reached paper. */
export function owedReceipt(own: Partial<OwedReceipt> = {}): OwedReceipt {
  return {
    saleId: 1,
    totalMinor: 1234,
    atMs: 0,
    cashier: "李雷",
    state: "failed",
    cause: "paperOut",
    attempts: 1,
    mayBeOnPaper: false,
    damaged: false,
    deferredUntilMs: null,
    lateFromMs: LATE_AFTER_MS,
    deferrals: 0,
    holdsNextSale: true,
    ...own,
  };
}

/** A network printer that is well and of which nothing else is known. */
export function printerStatus(own: Partial<PrinterStatus> = {}): PrinterStatus {
  return {
    slot: "receipt",
    config: { kind: "tcp", host: "192.168.1.60", port: 9100 },
    address: "192.168.1.60:9100",
    state: "ready",
    cause: null,
    paper: "ok",
    proof: "A",
    queue: 0,
    widthMm: 80,
    rollLeftM: null,
    rollUsedM: 0,
    qualification: null,
    ...own,
  };
}
