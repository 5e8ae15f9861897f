import type { TillCalls } from "../contract/calls.ts";
import { firstOf, MOST } from "../contract/limits.ts";
import type { PrinterSlot } from "../contract/printers.ts";
import { Refusal } from "../contract/refusals.ts";
import { layoutTest } from "../domain/receipt/test-layout.ts";
import { encodeReceipt } from "../printing/escpos/encode.ts";
import { askFingerprint } from "../printing/fingerprint.ts";
import { Printer } from "../printing/printer.ts";
import { probeFence, refusesWithCoverOpen } from "../printing/qualify.ts";
import { sampleBytes } from "../printing/sample-slips.ts";
import type { PrinterSession } from "../printing/session.ts";
import { PrinterUnreachable } from "../printing/transport.ts";
import type { CashDrawer, Opening } from "./cash-drawer.ts";
import { effectOnce } from "./effect-once.ts";
import { paperProfile } from "./paper-profile.ts";
import type { PrinterRoom } from "./printer-room.ts";
import { stationName, type PrinterStation } from "./printer-station.ts";
import { afterCommit, cashierNow, THE_TILL, writing, type TillRoom } from "./room.ts";
import { shopNow } from "./shop-time.ts";

/** What may hang in a printer after a test slip; no receipt. */
const TEST_SLIP = { saleId: null, attempt: 0 };

type PrinterCalls = Pick<
  TillCalls,
  | "printer.find"
  | "printer.test"
  | "printer.coverTest"
  | "printer.sample"
  | "printer.qualify"
  | "printer.rollChanged"
  | "drawer.open"
  | "drawer.tryOut"
>;

/** Finding out what a printer's answers are worth. Never by its brand. */
export function printerCalls(
  room: TillRoom,
  printers: PrinterRoom,
  drawer: CashDrawer,
  status: () => ReturnType<TillCalls["status.get"]>,
): PrinterCalls {
  const at = (slot: PrinterSlot = "receipt") => demandStation(printers, slot);
  const test = async (station: PrinterStation) => {
    const slip = await testSlip(room, station);
    if (!(station.printer instanceof Printer)) {
      await toSpooler(station, slip.bytes);
      noteSlip(room, station, "sent");
      const none = { answers: false, fence: "none" as const, replyMs: null, fingerprint: null };
      return { ...none, paperMm: slip.paperMm };
    }
    const session = await openSession(station, station.printer);
    station.printer.leaveHanging(TEST_SLIP);
    const found = await probeFence(session, room.clock, slip);
    // Answered from behind the slip, and its cut with it.
    if (found.fence !== "none") station.printer.handedOut(TEST_SLIP);
    noteSlip(room, station, found.fence === "none" ? "unknown" : "printed");
    const fingerprint = found.answers ? await askFingerprint(session, room.clock) : null;
    // `GS r 1` still has to pass the cover test before it counts as proof.
    const fence = found.fence === "id" ? "id" : null;
    printers.remember(station.slot, { answers: found.answers, fence });
    return { ...found, fingerprint, paperMm: slip.paperMm };
  };
  const coverTest = async (station: PrinterStation) => {
    if (!(station.printer instanceof Printer)) return false;
    const session = await openSession(station, station.printer);
    const qualified = await refusesWithCoverOpen(session, room.clock);
    if (qualified) printers.remember(station.slot, { answers: true, fence: "paperSensor" });
    return qualified;
  };
  return {
    "printer.find": async () => {
      const { shown, more } = firstOf(await printers.find(), MOST.printers);
      return { printers: shown, more };
    },
    "printer.test": async ({ requestId, slot }) => {
      const station = at(slot);
      const found = await effectOnce(room, requestId, () => test(station));
      return { ...found, status: await status() };
    },
    "printer.coverTest": async ({ requestId, slot }) => {
      const station = at(slot);
      const qualified = await effectOnce(room, requestId, () => coverTest(station));
      return { qualified, status: await status() };
    },
    "printer.sample": async ({ requestId, slot, sample, columns }) => {
      const station = at(slot);
      const profile = paperProfile(station, room.settings.get().widthMm);
      await effectOnce(room, requestId, async () => {
        // Till or printer may end in the middle of it: the next paper begins with a cut. A beep is no paper.
        if (sample !== "buzzer") station.printer.leaveHanging(TEST_SLIP);
        await sendRaw(station, sampleBytes(sample, columns ?? profile.columns));
        if (sample !== "buzzer") noteSlip(room, station, "sent");
      });
      return { status: await status() };
    },
    "printer.qualify": async ({ requestId, slot, found, pin }) => {
      const station = at(slot);
      if (!room.log.wasAnswered(requestId)) await room.pin.demand(pin);
      const by = cashierNow(room);
      const atMs = room.clock.nowMs();
      writing(() =>
        room.log.once(requestId, atMs, () => {
          note(room, by, [`qualified:${slot}`]);
          printers.qualify(station.slot, { ...found, atMs, by });
        }),
      );
      return { status: await status() };
    },
    "printer.rollChanged": async ({ requestId, slot }) => {
      at(slot);
      writing(() => room.log.once(requestId, room.clock.nowMs(), () => printers.rollChanged(slot)));
      return { status: await status() };
    },
    ...drawerCalls(room, at, drawer, status),
  };
}

/** Opening the cash drawer without a sale: by a named person, for a reason. */
function drawerCalls(
  room: TillRoom,
  at: (slot: PrinterSlot) => PrinterStation,
  drawer: CashDrawer,
  status: () => ReturnType<TillCalls["status.get"]>,
): Pick<TillCalls, "drawer.open" | "drawer.tryOut"> {
  const openDrawer = async (
    requestId: string,
    opening: Opening,
    why: Parameters<CashDrawer["note"]>[1],
  ) => {
    await effectOnce(
      room,
      requestId,
      () => unreachableRefused(() => drawer.carryOut(opening)),
      () => drawer.note(opening, why),
    );
  };
  return {
    "drawer.open": async ({ requestId, reason }) => {
      const by = cashierNow(room);
      await openDrawer(requestId, drawer.usual(), { why: "person", reason, by });
      return { status: await status() };
    },
    "drawer.tryOut": async ({ requestId, slot, connector, pin }) => {
      if (!room.log.wasAnswered(requestId)) await room.pin.demand(pin);
      const by = cashierNow(room);
      const opening = { station: at(slot), connector };
      await openDrawer(requestId, opening, { why: "tryOut", reason: "", by });
      return { status: await status() };
    },
  };
}

/** Paper that nobody is owed, but that came out because of somebody; a log that can't be written now takes it not back. */
function noteSlip(room: TillRoom, station: PrinterStation, outcome: string): void {
  const { log, clock } = room;
  const by = log.kept("cashier") ?? THE_TILL;
  const body = { v: 1, what: "test", outcome, printer: stationName(station) } as const;
  afterCommit(room, "printing", () =>
    log.transaction(() => log.append(clock.nowMs(), by, { kind: "paper", ref: null, body })),
  );
}

/** @throws Refusal NO_BACKUP_PRINTER */
export function demandStation(printers: PrinterRoom, slot: PrinterSlot): PrinterStation {
  const station = printers.at(slot);
  if (!station) throw new Refusal("NO_BACKUP_PRINTER");
  return station;
}

function testSlip(room: TillRoom, station: PrinterStation) {
  const { shop, receiptLocale, widthMm } = room.settings.get();
  const { atMs, utcOffsetMin } = shopNow(room.clock);
  const profile = paperProfile(station, widthMm);
  return encodeReceipt(
    layoutTest(shop, receiptLocale, profile.columns, atMs, utcOffsetMin),
    profile,
  );
}

async function openSession(station: PrinterStation, printer: Printer): Promise<PrinterSession> {
  // A stopped printer holds a receipt; a test would have to wait until somebody mends it.
  if (printer.state().state === "blocked") throw new Refusal("STILL_PRINTING");
  // A test in between two receipts would read their answers.
  await printer.settled();
  return unreachableRefused(() => printer.openSession());
}

/** Bytes that are no receipt and need no proof. Waits for a receipt under way. */
async function sendRaw(station: PrinterStation, bytes: Uint8Array): Promise<void> {
  const { printer } = station;
  if (!(printer instanceof Printer)) return toSpooler(station, bytes);
  const session = await openSession(station, printer);
  // Not awaited: a printer that stands still takes it when it can.
  session.write(bytes).catch(() => {});
}

async function toSpooler(station: PrinterStation, bytes: Uint8Array): Promise<void> {
  const { transport } = station;
  if (transport.path !== "spool") return;
  await unreachableRefused(() => transport.submit("Slipsure", bytes));
}

async function unreachableRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const why = error instanceof PrinterUnreachable ? error.reason : "unreachable";
    throw new Refusal("PRINTER_UNREACHABLE", { why });
  }
}

function note(room: TillRoom, by: string, changed: string[]): void {
  room.log.append(room.clock.nowMs(), by === "" ? THE_TILL : by, {
    kind: "settingsChanged",
    ref: null,
    body: { v: 1, changed },
  });
}
