import type { OwedReceipt } from "../contract/values.ts";
import type { TillStatus } from "../contract/status.ts";
import { holdsNextSale } from "../domain/receipt/state.ts";
import { damageOf } from "../damage/damage-record.ts";
import type { ReceiptRow } from "../sale-log/receipts.ts";
import type { Backlog } from "./backlog.ts";
import type { FreeSpace } from "./free-space.ts";
import type { PrinterRoom } from "./printer-room.ts";
import { stationWidthMm, type PrinterStation } from "./printer-station.ts";
import type { ReceiptDesk } from "./receipt-desk.ts";
import type { TillRoom } from "./room.ts";
import { shopNow } from "./shop-time.ts";
import type { SettingsWatchdog } from "./watchdog.ts";

/** Speed the strip on the screen moves at, until it knows better. */
const SHOWN_MM_PER_S = 150;

export interface StatusSources {
  room: TillRoom;
  desk: ReceiptDesk;
  printers: PrinterRoom;
  backlog: Backlog;
  watchdog: SettingsWatchdog;
  space: FreeSpace;
  catalogueSize: () => number;
  /** How far reading damaged books is; null: nobody reads them. */
  recovering: () => number | null;
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
  const damage = damageOf(log);
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
    printer: printerStatus(sources.room, sources.printers.receipt),
    backupPrinter: sources.printers.backup && printerStatus(sources.room, sources.printers.backup),
    progress: progress(sources),
    rail,
    reminder: rail.find((owed) => owed.holdsNextSale)?.saleId ?? null,
    tray: log.receipts.tray().map((row) => ({
      saleId: row.saleId,
      totalMinor: row.totalMinor,
      atMs: row.atMs,
      printedAtMs: row.status.settledAtMs ?? row.atMs,
    })),
    backlog: sources.backlog.question(),
    warnings: [...sources.space.warnings(), ...sources.watchdog.warnings()],
    notices: sources.room.shell.notices(),
    lastSale: lastSale(sources.room, log.sales.newestSoldId()),
    newestSaleId: newest,
    saleIdsLeftOut: log.sales.leftOut(),
    catalogueSize: sources.catalogueSize(),
    damage: damage && { ...damage, progress: sources.recovering() },
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

function printerStatus(room: TillRoom, station: PrinterStation): TillStatus["printer"] {
  const { slot, config, memory, transport, printer, roll } = station;
  const { widthMm } = room.settings.get();
  const { state, cause, paper, queue } = printer.state();
  const leftMm = roll.leftMm(stationWidthMm(station, widthMm));
  return {
    slot,
    config,
    address: transport.address,
    state,
    cause,
    paper,
    proof: memory.fence === "id" ? "A" : memory.fence === "paperSensor" ? "B" : "none",
    queue,
    widthMm,
    rollLeftM: leftMm === null ? null : Math.round(leftMm / 100) / 10,
    rollUsedM: Math.round(roll.usedMm() / 100) / 10,
    qualification: memory.qualification,
  };
}

/** The paper under way; the receipt printer's when both have one. */
function progress({ printers }: StatusSources): TillStatus["progress"] {
  for (const { slot, printer } of printers.all()) {
    const { current } = printer.state();
    if (!current) continue;
    const durationMs = (current.paperMm / SHOWN_MM_PER_S) * 1000;
    const { label, paperMm, state } = current;
    return { slot, ...label, paperMm, durationMs, state };
  }
  return null;
}

function lastSale({ log }: TillRoom, newest: number): TillStatus["lastSale"] {
  const record = newest > 0 ? log.sales.record(newest) : null;
  const status = newest > 0 ? log.receipts.status(newest) : null;
  if (!record || !status) return null;
  const { atMs, totalMinor, changeMinor } = record;
  return { saleId: newest, atMs, totalMinor, changeMinor, state: status.state };
}
