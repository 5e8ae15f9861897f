import { createHash } from "node:crypto";
import { layoutReceipt } from "../domain/receipt/layout.ts";
import type { CauseCode } from "../domain/receipt/cause.ts";
import type { ReceiptMark } from "../domain/receipt/mark.ts";
import { isSettled, LATE_AFTER_MS, type ReceiptStatus } from "../domain/receipt/state.ts";
import type { PrinterSlot } from "../contract/printers.ts";
import type { TillStatus } from "../contract/status.ts";
import { BUZZER } from "../printing/escpos/commands.ts";
import { encodeReceipt, type EncodedDocument } from "../printing/escpos/encode.ts";
import type { JobEvent } from "../printing/job.ts";
import type { PaperRequest } from "../printing/receipt-printer.ts";
import type { ReceiptBody } from "../sale-log/event.ts";
import { JOB_OUTCOME } from "./job-outcome.ts";
import { receiptAssets } from "./logos.ts";
import { paperProfile } from "./paper-profile.ts";
import type { PrinterRoom } from "./printer-room.ts";
import { stationName, type PrinterStation } from "./printer-station.ts";
import { THE_TILL, writing, type TillRoom } from "./room.ts";

/** After these a paper is with no printer any more. */
const ENDS: ReadonlySet<JobEvent["type"]> = new Set([
  "printed",
  "failed",
  "notTaken",
  "cleared",
  "unknown",
]);

/** How a paper is sent. */
interface SendHow {
  /** A person asked although the printer is silent, and will look. */
  blind?: boolean;
  /** Default: the receipt printer. */
  slot?: PrinterSlot;
}

interface PaperUnderWay {
  station: PrinterStation;
  saleId: number;
  attempt: number;
  by: string;
  mark: ReceiptMark;
  copy: boolean;
}

/** How soon a paper whose fate could not be written down is looked at again. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Where the log and the printer meet: every paper of a receipt is asked for, started and ended in
 * the log, and nothing is sent that the log does not know of.
 */
export class ReceiptDesk {
  lastJob: TillStatus["lastJob"] = null;
  private readonly room: TillRoom;
  private readonly printers: PrinterRoom;
  /** Papers in a printer's queue or under way, by `sale-attempt`. */
  private readonly atPrinter = new Map<string, PrinterSlot>();
  private stopLook: () => void = () => {};

  constructor(room: TillRoom, printers: PrinterRoom) {
    this.room = room;
    this.printers = printers;
  }

  /** Appends one event about a receipt in a transaction of its own. */
  record(saleId: number, by: string, body: ReceiptBody): ReceiptStatus {
    const { log, clock } = this.room;
    const status = writing(() =>
      log.transaction(() => log.receipts.record(saleId, clock.nowMs(), by, body)),
    );
    this.room.changed();
    return status;
  }

  /** Asks for one more paper in the log; call `send` once that is committed. Inside a transaction. */
  ask(saleId: number, by: string): number {
    const { log, clock } = this.room;
    const attempt = (log.receipts.status(saleId)?.attempts ?? 0) + 1;
    log.receipts.record(saleId, clock.nowMs(), by, { type: "requested", attempt });
    return attempt;
  }

  /**
   * Puts a paper that the log has asked for into a printer's queue. Never throws: what asked for it is committed,
   * and the paper is taken up again in a few seconds.
   */
  send(saleId: number, attempt: number, by: string, how: SendHow = {}): void {
    try {
      this.enqueue(saleId, attempt, by, how);
    } catch (error) {
      this.room.report("printing", error);
      this.atPrinter.delete(`${saleId}-${attempt}`);
      this.lookAgain();
    }
  }

  private enqueue(saleId: number, attempt: number, by: string, how: SendHow): void {
    const { blind = false, slot = "receipt" } = how;
    const station = this.printers.at(slot) ?? this.printers.receipt;
    const key = `${saleId}-${attempt}`;
    const copy = isSettled(this.status(saleId).state);
    this.atPrinter.set(key, station.slot);
    let mark: ReceiptMark = { kind: "original" };
    const request: PaperRequest = {
      blind,
      label: { saleId, attempt },
      wanted: () => copy || !isSettled(this.status(saleId).state),
      document: async () => {
        for (;;) {
          mark = this.nextMark(saleId, by);
          const document = await this.document(station, saleId, mark);
          // While it was drawn, another printer may have put one on paper.
          if (isSameMark(mark, this.nextMark(saleId, by))) return document;
        }
      },
      emit: (event) => {
        this.note({ station, saleId, attempt, by, mark, copy }, event);
        if (ENDS.has(event.type)) this.atPrinter.delete(key);
      },
      dropped: () => {
        this.atPrinter.delete(key);
        this.lookAgain();
      },
    };
    this.noteJob(saleId, attempt, copy, "waiting", null);
    station.printer.enqueue(request);
  }

  /** The mark the next paper must carry, from what may be on paper already. */
  nextMark(saleId: number, by: string): ReceiptMark {
    const status = this.status(saleId);
    const atMs = this.room.clock.nowMs();
    if (status.papers === 0)
      return this.room.ages.ageMs(saleId, status) > LATE_AFTER_MS
        ? { kind: "late", atMs, by }
        : { kind: "original" };
    const kind = status.damaged ? "replacement" : "reprint";
    return { kind, copy: status.papers, atMs, by };
  }

  /**
   * Takes up papers that the log has no end of and no printer is busy with: what was under way is
   * unknown, what only waited is sent now.
   */
  resume(cause: CauseCode): void {
    for (const { saleId, attempt, started } of this.room.log.receipts.openJobs()) {
      if (this.atPrinter.has(`${saleId}-${attempt}`)) continue;
      // Which printer had it is not known any more: a piece of empty paper is better than somebody else's receipt.
      if (started && cause === "appCrash")
        for (const { printer } of this.printers.all()) printer.leaveHanging({ saleId, attempt });
      if (started) this.record(saleId, THE_TILL, { type: "attemptUnknown", attempt, cause });
      else this.send(saleId, attempt, THE_TILL);
    }
  }

  /** Another printer is in use now: the old one tells nothing any more. */
  printerReplaced(replaced: PrinterSlot): void {
    for (const [key, slot] of this.atPrinter) if (slot === replaced) this.atPrinter.delete(key);
    this.resume("connectionLost");
  }

  close(): void {
    this.stopLook();
  }

  /** Until the log can be written again, a receipt must not be left between two states. */
  private lookAgain(): void {
    this.stopLook();
    this.stopLook = this.room.clock.setTimer(LOOK_AGAIN_MS, () => {
      try {
        this.resume("appCrash");
      } catch (error) {
        this.room.report("printing", error);
        this.lookAgain();
      }
    });
  }

  /** Asks for these papers by the till itself and sends them, in this order. */
  printByItself(saleIds: readonly number[], slot: PrinterSlot = "receipt"): void {
    for (const saleId of saleIds) {
      const attempt = writing(() => this.room.log.transaction(() => this.ask(saleId, THE_TILL)));
      this.send(saleId, attempt, THE_TILL, { slot });
    }
    if (saleIds.length > 0) this.room.changed();
  }

  private status(saleId: number): ReceiptStatus {
    const status = this.room.log.receipts.status(saleId);
    if (!status) throw new Error(`no receipt ${saleId}`);
    return status;
  }

  private async document(
    station: PrinterStation,
    saleId: number,
    mark: ReceiptMark,
  ): Promise<EncodedDocument> {
    const sale = this.room.log.sales.record(saleId);
    if (!sale) throw new Error(`no sale ${saleId}`);
    const profile = paperProfile(station, this.room.settings.get().widthMm);
    const proofCode = this.room.log.sales.proofCode(saleId);
    const assets = receiptAssets(this.room);
    const lines = layoutReceipt(sale, profile.columns, mark, assets, proofCode);
    const document = await encodeReceipt(lines, profile);
    if (document.problem !== undefined) this.room.report("printing", document.problem);
    // The beep calls for the customer who stands there: not for copies or late ones.
    const beeps = mark.kind === "original" && this.room.settings.get().template.buzzer;
    if (!beeps) return document;
    return { ...document, bytes: new Uint8Array(Buffer.concat([BUZZER, document.bytes])) };
  }

  private note(paper: PaperUnderWay, event: JobEvent): void {
    const { station, saleId, attempt, by, mark, copy } = paper;
    switch (event.type) {
      case "started":
        this.record(saleId, by, {
          type: "attemptStarted",
          attempt,
          mark: mark.kind,
          copy: "copy" in mark ? mark.copy : 0,
          printer: stationName(station),
          bytesHash: createHash("sha256").update(event.bytes).digest("base64url"),
        });
        break;
      case "blocked":
        this.record(saleId, THE_TILL, { type: "attemptBlocked", attempt, cause: event.cause });
        break;
      case "resumed":
        this.record(saleId, THE_TILL, { type: "attemptResumed", attempt });
        break;
      case "printed": {
        const { grade, late } = event;
        const sinceSaleMs = Math.round(this.room.ages.ageMs(saleId, this.status(saleId)));
        const proved = { type: "attemptPrinted", attempt, grade, late, sinceSaleMs } as const;
        this.record(saleId, THE_TILL, proved);
        break;
      }
      case "notCut":
        this.record(saleId, THE_TILL, { type: "notCut", attempt });
        return;
      case "failed":
        this.record(saleId, THE_TILL, { type: "attemptFailed", attempt, cause: event.cause });
        break;
      case "notTaken":
        this.record(saleId, THE_TILL, { type: "attemptNotTaken", attempt, cause: event.cause });
        break;
      case "cleared":
        this.record(saleId, THE_TILL, { type: "attemptCleared", attempt, cause: event.cause });
        break;
      case "unknown":
        this.record(saleId, THE_TILL, { type: "attemptUnknown", attempt, cause: event.cause });
        break;
    }
    const outcome = JOB_OUTCOME[event.type];
    this.noteJob(saleId, attempt, copy, outcome, "cause" in event ? event.cause : null);
  }

  private noteJob(
    saleId: number,
    attempt: number,
    copy: boolean,
    outcome: NonNullable<TillStatus["lastJob"]>["outcome"],
    cause: NonNullable<TillStatus["lastJob"]>["cause"],
  ): void {
    const kind = copy ? "copy" : "receipt";
    this.lastJob = { jobId: `${saleId}-${attempt}`, kind, saleId, outcome, cause };
    this.room.changed();
  }
}

/** The time on a mark goes on while nothing else changes. */
function isSameMark(one: ReceiptMark, other: ReceiptMark): boolean {
  return (
    one.kind === other.kind && ("copy" in one ? one.copy : 0) === ("copy" in other ? other.copy : 0)
  );
}
