import { createHash } from "node:crypto";
import { COLUMNS_OF_WIDTH, layoutReceipt } from "../domain/receipt/layout.ts";
import type { CauseCode } from "../domain/receipt/cause.ts";
import type { ReceiptMark } from "../domain/receipt/mark.ts";
import { isSettled, type ReceiptStatus } from "../domain/receipt/state.ts";
import type { TillStatus } from "../contract/status.ts";
import { encodeReceipt } from "../printing/escpos/encode.ts";
import type { JobEvent } from "../printing/job.ts";
import type { PaperRequest } from "../printing/printer.ts";
import type { ReceiptBody } from "../sale-log/event.ts";
import { JOB_OUTCOME } from "./job-outcome.ts";
import type { PrinterRoom } from "./printer-room.ts";
import { THE_TILL, writing, type TillRoom } from "./room.ts";

/** After these a paper is with no printer any more. */
const ENDS: ReadonlySet<JobEvent["type"]> = new Set(["printed", "failed", "cleared", "unknown"]);

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
  /** Papers in the printer's queue or under way: `sale-attempt`. */
  private readonly atPrinter = new Set<string>();
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

  /** Puts a paper that the log has asked for into the printer's queue. */
  send(saleId: number, attempt: number, by: string, blind = false): void {
    const key = `${saleId}-${attempt}`;
    const copy = isSettled(this.status(saleId).state);
    this.atPrinter.add(key);
    let mark: ReceiptMark = { kind: "original" };
    const request: PaperRequest = {
      blind,
      label: { saleId, attempt },
      wanted: () => copy || !isSettled(this.status(saleId).state),
      document: () => {
        mark = this.nextMark(saleId, by);
        return this.document(saleId, mark);
      },
      emit: (event) => {
        this.note(saleId, attempt, by, mark, copy, event);
        if (ENDS.has(event.type)) this.atPrinter.delete(key);
      },
      dropped: () => {
        this.atPrinter.delete(key);
        this.lookAgain();
      },
    };
    this.noteJob(saleId, attempt, copy, "waiting", null);
    this.printers.printer.enqueue(request);
  }

  /** The mark the next paper must carry, from what may be on paper already. */
  nextMark(saleId: number, by: string): ReceiptMark {
    const status = this.status(saleId);
    if (status.papers === 0) return { kind: "original" };
    const atMs = this.room.clock.nowMs();
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
      if (started) this.record(saleId, THE_TILL, { type: "attemptUnknown", attempt, cause });
      else this.send(saleId, attempt, THE_TILL);
    }
  }

  /** Another printer is in use now: the old one tells nothing any more. */
  printerReplaced(): void {
    this.atPrinter.clear();
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

  /** The printer is back: receipts of which nothing had left are printed by themselves, oldest first. */
  printFailed(): number {
    const { log } = this.room;
    const failed = log.receipts
      .owed()
      .filter(({ status }) => status.state === "failed" && !status.inFlight);
    for (const { saleId } of failed) {
      const attempt = writing(() => log.transaction(() => this.ask(saleId, THE_TILL)));
      this.send(saleId, attempt, THE_TILL);
    }
    if (failed.length > 0) this.room.changed();
    return failed.length;
  }

  private status(saleId: number): ReceiptStatus {
    const status = this.room.log.receipts.status(saleId);
    if (!status) throw new Error(`no receipt ${saleId}`);
    return status;
  }

  private document(saleId: number, mark: ReceiptMark) {
    const sale = this.room.log.sales.record(saleId);
    if (!sale) throw new Error(`no sale ${saleId}`);
    const columns = COLUMNS_OF_WIDTH[this.room.settings.get().widthMm];
    return encodeReceipt(layoutReceipt(sale, columns, mark));
  }

  private note(
    saleId: number,
    attempt: number,
    by: string,
    mark: ReceiptMark,
    copy: boolean,
    event: JobEvent,
  ): void {
    switch (event.type) {
      case "started":
        this.record(saleId, by, {
          type: "attemptStarted",
          attempt,
          mark: mark.kind,
          copy: mark.kind === "original" ? 0 : mark.copy,
          printer: this.printers.name(),
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
        this.record(saleId, THE_TILL, { type: "attemptPrinted", attempt, grade, late });
        break;
      }
      case "notCut":
        this.record(saleId, THE_TILL, { type: "notCut", attempt });
        return;
      case "failed":
        this.record(saleId, THE_TILL, { type: "attemptFailed", attempt, cause: event.cause });
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
