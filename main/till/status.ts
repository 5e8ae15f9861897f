import type { OwedReceipt } from "../contract/values.ts";
import type { TillStatus } from "../contract/status.ts";
import { MOST } from "../contract/limits.ts";
import { holdsNextSale, isStuck, LATE_AFTER_MS } from "../domain/receipt/state.ts";
import { damageOf } from "../damage/damage-record.ts";
import type { ReceiptRow } from "../sale-log/receipts.ts";
import { stamp } from "../stamp.ts";
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

/** Makes the till's status on demand. */
export function createStatus(sources: StatusSources): () => TillStatus {
  return () => tillStatus(sources);
}

/** The till at this moment, put together from the log and the printer; nothing in it is stored. */
function tillStatus(sources: StatusSources): TillStatus {
  const { log, clock, settings } = sources.room;
  const { atMs, date } = shopNow(clock);
  const owedRows = log.receipts.owed();
  sources.room.ages.keepOnly(new Set(owedRows.map(({ saleId }) => saleId)));
  const owed = owedRows.map((row) => owedReceipt(sources.room, row, atMs));
  const reminder = owed.find(({ holdsNextSale: holds }) => holds)?.saleId ?? null;
  const day = log.days.open();
  const newest = log.sales.newestId();
  const damage = damageOf(log);
  const cashier = log.kept("cashier");
  return {
    ...stamp(),
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
    rail: railOf(owed, reminder),
    owedCount: owed.length,
    stuckCount: owed.filter(({ state }) => isStuck(state)).length,
    reminder,
    tray: log.receipts.tray(MOST.tray).map((row) => ({
      saleId: row.saleId,
      totalMinor: row.totalMinor,
      atMs: row.atMs,
      printedAtMs: row.status.settledAtMs ?? row.atMs,
    })),
    trayCount: log.receipts.trayCount(),
    backlog: sources.backlog.question(),
    warnings: [...sources.space.warnings(), ...sources.watchdog.warnings()].slice(0, MOST.warnings),
    notices: sources.room.shell.notices().slice(-MOST.notices),
    lastSale: lastSale(sources.room, log.sales.newestSoldId()),
    newestSaleId: newest,
    saleIdsLeftOut: log.sales.leftOut().slice(-MOST.gaps),
    catalogueSize: sources.catalogueSize(),
    damage: damage && { ...damage, progress: sources.recovering() },
    lastJob: sources.desk.lastJob,
  };
}

/**
 * What hangs on the rail of all that is owed: of more than fit the oldest, which hold up the till first, the
 * newest, whose customers stand here, and the one that is asked about.
 */
function railOf(owed: readonly OwedReceipt[], reminder: number | null): OwedReceipt[] {
  if (owed.length <= MOST.rail) return [...owed];
  const half = MOST.rail / 2;
  const oldest = owed.slice(0, half - 1);
  const newest = owed.slice(-half);
  const between = owed.slice(half - 1, -half);
  const asked = between.find(({ saleId }) => saleId === reminder) ?? between[0];
  return [...oldest, ...(asked ? [asked] : []), ...newest];
}

function owedReceipt(
  { ages }: TillRoom,
  { saleId, status, totalMinor, atMs, cashier }: ReceiptRow,
  nowMs: number,
): OwedReceipt {
  const { deferredUntilMs } = status;
  const deferredForMs = ages.deferredForMs(saleId, status);
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
    // By the clock as it is now, which may have been set since.
    deferredUntilMs:
      deferredUntilMs === null
        ? null
        : Math.round(deferredForMs > 0 ? nowMs + deferredForMs : Math.min(deferredUntilMs, nowMs)),
    deferrals: status.deferrals,
    lateFromMs: Math.round(nowMs + LATE_AFTER_MS - ages.ageMs(saleId, status)),
    holdsNextSale: holdsNextSale(status, deferredForMs),
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
