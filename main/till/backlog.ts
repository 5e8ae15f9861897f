import type { PrinterSlot } from "../contract/printers.ts";
import { MOST } from "../contract/limits.ts";
import type { TillStatus } from "../contract/status.ts";
import { LATE_AFTER_MS } from "../domain/receipt/state.ts";
import type { ReceiptRow } from "../sale-log/receipts.ts";
import type { PrinterRoom } from "./printer-room.ts";
import type { ReceiptDesk } from "./receipt-desk.ts";
import type { TillRoom } from "./room.ts";

/** Receipts up to this one were taken out of the backlog by a person, who settles them one by one. */
const ONE_BY_ONE = "backlogOneByOne";

/** Those up to this one were left over by an answer: they are asked about however few they are. */
const ASKED = "backlogAsked";

/** So many are printed without asking, old or not: asking would take longer than printing them. */
const FEW = 2;

/**
 * What an outage leaves behind. A few receipts, or any number of young ones, print by themselves when
 * the printer is back. When there are more and some are old, customers are gone: a person decides.
 */
export class Backlog {
  private readonly room: TillRoom;
  private readonly printers: PrinterRoom;
  private readonly desk: ReceiptDesk;

  constructor(room: TillRoom, printers: PrinterRoom, desk: ReceiptDesk) {
    this.room = room;
    this.printers = printers;
    this.desk = desk;
  }

  /** The printer can print again. The customer at the counter comes first: newest first. */
  recovered(slot: PrinterSlot): void {
    if (slot !== "receipt") return;
    const receipts = this.receipts();
    if (!this.needsPerson(receipts)) this.desk.printByItself(ids(receipts));
  }

  /** The question to the person at the till; null when there is none now. */
  question(): TillStatus["backlog"] {
    const { state } = this.printers.receipt.printer.state();
    if (state !== "ready") return null;
    const receipts = this.receipts();
    if (!this.needsPerson(receipts)) return null;
    const waiting = receipts.filter((row) => !this.isLate(row));
    const late = receipts.filter((row) => this.isLate(row));
    return {
      waiting: ids(waiting.slice(0, MOST.backlog)),
      waitingCount: waiting.length,
      late: ids(late.slice(0, MOST.backlog)),
      lateCount: late.length,
      totalMinor: sumOf(receipts),
      lateMinor: sumOf(late),
      oldestAtMs: Math.min(...receipts.map(({ atMs }) => atMs)),
    };
  }

  /** Receipts of which nothing has left and that nobody is busy with, newest first. */
  receipts(): ReceiptRow[] {
    const after = Number(this.room.log.kept(ONE_BY_ONE) ?? "0");
    return this.room.log.receipts
      .owed()
      .filter(
        ({ saleId, status }) =>
          saleId > after &&
          status.state === "failed" &&
          !status.inFlight &&
          // Printing by itself is what the owner has switched off.
          status.cause !== "autoPrintOff",
      )
      .toReversed();
  }

  isLate({ saleId, status }: ReceiptRow): boolean {
    return this.room.ages.ageMs(saleId, status) > LATE_AFTER_MS;
  }

  /** Only some were printed: the rest waits for another answer and never prints by itself. */
  leaveTheRest(): void {
    const [newest] = this.receipts();
    if (newest) this.room.log.keep(ASKED, String(newest.saleId));
  }

  /** From now on those that are owed are asked about one at a time. */
  takeOneByOne(): void {
    const [newest] = this.receipts();
    if (newest) this.room.log.keep(ONE_BY_ONE, String(newest.saleId));
    this.room.changed();
  }

  private needsPerson(receipts: readonly ReceiptRow[]): boolean {
    const asked = Number(this.room.log.kept(ASKED) ?? "0");
    if (receipts.some(({ saleId }) => saleId <= asked)) return true;
    return receipts.length > FEW && receipts.some((row) => this.isLate(row));
  }
}

function sumOf(receipts: readonly ReceiptRow[]): number {
  return receipts.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
}

function ids(receipts: readonly ReceiptRow[]): number[] {
  return receipts.map(({ saleId }) => saleId);
}
