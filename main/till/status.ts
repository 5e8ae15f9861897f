import type { OwedReceipt } from "../contract/values.ts";
import type { TillStatus } from "../contract/status.ts";
import { holdsNextSale } from "../domain/receipt/state.ts";
import type { ReceiptRow } from "../sale-log/receipts.ts";
import type { PrinterRoom } from "./printer-room.ts";
import type { ReceiptDesk } from "./receipt-desk.ts";
import type { TillRoom } from "./room.ts";
import { shopNow } from "./shop-time.ts";

/** Speed the strip on the screen moves at, until it knows better. */
const SHOWN_MM_PER_S = 150;

export interface StatusSources {
  room: TillRoom;
  desk: ReceiptDesk;
  printers: PrinterRoom;
  catalogueSize: () => number;
}

/** Makes the till's status on demand, each with a higher revision than the one before. */
export function createStatus(sources: StatusSources): () => TillStatus {
  // From the start time on, so that it also grows from one run to the next.
  let revision = Date.now() * 1000;
  return () => {
    revision += 1;
    return tillStatus(sources, revision);
  };
}

/** The till at this moment, put together from the log and the printer; nothing in it is stored. */
function tillStatus(sources: StatusSources, revision: number): TillStatus {
  const { log, clock, settings } = sources.room;
  const { atMs, date } = shopNow(clock);
  const rail = log.receipts.owed().map((row) => owedReceipt(row, atMs));
  const day = log.days.open();
  const newest = log.sales.newestId();
  const cashier = log.kept("cashier");
  return {
    revision,
    nowMs: atMs,
    cashier: cashier !== null && settings.get().cashiers.includes(cashier) ? cashier : null,
    day: day && {
      id: day.id,
      openedAtMs: day.openedAtMs,
      date: day.date,
      stale: day.date !== date,
    },
    printer: printerStatus(sources),
    progress: progress(sources),
    rail,
    reminder: rail.find((owed) => owed.holdsNextSale)?.saleId ?? null,
    tray: log.receipts.tray().map((row) => ({
      saleId: row.saleId,
      totalMinor: row.totalMinor,
      atMs: row.atMs,
      printedAtMs: row.status.settledAtMs ?? row.atMs,
    })),
    lastSale: lastSale(sources.room, newest),
    newestSaleId: newest,
    catalogueSize: sources.catalogueSize(),
    lastJob: sources.desk.lastJob,
  };
}

function owedReceipt(
  { saleId, status, totalMinor, atMs, cashier }: ReceiptRow,
  nowMs: number,
): OwedReceipt {
  return {
    saleId,
    totalMinor,
    atMs,
    cashier,
    state: status.state,
    cause: status.cause,
    attempts: status.attempts,
    mayBeOnPaper: status.papers > 0,
    damaged: status.damaged,
    deferredUntilMs: status.deferredUntilMs,
    deferrals: status.deferrals,
    holdsNextSale: holdsNextSale(status, nowMs),
  };
}

function printerStatus({ printers, room }: StatusSources): TillStatus["printer"] {
  const { printer, memory, transport } = printers;
  const { kind, address } = transport;
  const { state, cause, paper, queue } = printer.state();
  const proof = memory.fence === "id" ? "A" : memory.fence === "paperSensor" ? "B" : "none";
  return { kind, address, state, cause, paper, proof, queue, widthMm: room.settings.get().widthMm };
}

function progress({ printers }: StatusSources): TillStatus["progress"] {
  const { current } = printers.printer.state();
  if (!current) return null;
  const durationMs = (current.paperMm / SHOWN_MM_PER_S) * 1000;
  return { ...current.label, paperMm: current.paperMm, durationMs, state: current.state };
}

function lastSale({ log }: TillRoom, newest: number): TillStatus["lastSale"] {
  const record = newest > 0 ? log.sales.record(newest) : null;
  const status = newest > 0 ? log.receipts.status(newest) : null;
  if (!record || !status) return null;
  const { atMs, totalMinor, changeMinor } = record;
  return { saleId: newest, atMs, totalMinor, changeMinor, state: status.state };
}
