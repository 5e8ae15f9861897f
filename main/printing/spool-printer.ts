import type { CauseCode } from "../domain/receipt/cause.ts";
import { wait } from "../clock.ts";
import { proofTimeoutMs, type JobEvent } from "./job.ts";
import { PaperQueue } from "./paper-queue.ts";
import {
  apart,
  IDLE_POLL_MS,
  paperName,
  RECOVERY_POLL_MS,
  type PaperRequest,
  type PrinterOptions,
  type PrinterState,
  type ReceiptPrinter,
} from "./receipt-printer.ts";
import { PrinterUnreachable, type SpoolJob, type SpoolTransport } from "./transport.ts";

export interface SpoolPrinterOptions extends PrinterOptions {
  transport: SpoolTransport;
}

/** How often a job in the queue is looked at. */
const JOB_POLL_MS = 500;

/**
 * A printer behind a print queue of the system. The queue says what stops it and when a job has left;
 * nothing says that paper came out, so every receipt ends as a question to the person at the till.
 */
export class SpoolPrinter implements ReceiptPrinter {
  private readonly options: SpoolPrinterOptions;
  private readonly queue: PaperQueue;
  private job: SpoolJob | null = null;
  /** The job under way is being taken out of the queue; true when nothing of it had left. */
  private cancelling: Promise<boolean> | null = null;
  /** undefined: not looked at yet. */
  private stop: CauseCode | null | undefined = undefined;
  private stopWatch: () => void = () => {};

  constructor(options: SpoolPrinterOptions) {
    this.options = options;
    this.queue = new PaperQueue({
      print: (request) => this.print(request),
      busy: () => this.stopWatch(),
      idle: () => this.watch(this.stop === null ? IDLE_POLL_MS : RECOVERY_POLL_MS),
      changed: options.changed,
      incident: options.incident,
    });
    this.watch(0);
  }

  enqueue(request: PaperRequest): void {
    this.queue.add(request, this.stop ?? "printerError");
  }

  state(): PrinterState {
    const state = ((): PrinterState["state"] => {
      if (this.queue.progress?.state === "blocked") return "blocked";
      if (this.queue.current !== null) return "printing";
      if (this.stop === undefined) return "unknown";
      return this.stop === null ? "ready" : "offline";
    })();
    return {
      state,
      cause: this.stop ?? null,
      paper: this.stop === "paperOut" ? "out" : "unknown",
      queue: this.queue.length,
      current: this.queue.progress,
    };
  }

  async clear(): Promise<boolean> {
    const { job } = this;
    if (!job) return false;
    // Kept before it is answered: the job is looked at while the queue takes it out.
    this.cancelling ??= job.cancel().catch(() => false);
    const taken = await this.cancelling;
    if (taken) await this.queue.settled();
    else this.cancelling = null;
    return taken;
  }

  settled(): Promise<void> {
    return this.queue.settled();
  }

  wake(): void {
    if (this.queue.current === null) this.watch(0);
  }

  close(): void {
    this.queue.close();
    this.stopWatch();
  }

  private async print(request: PaperRequest): Promise<void> {
    if (!request.wanted()) {
      request.emit({ type: "failed", cause: "skipped" });
      return;
    }
    const cause = await this.check();
    if (cause !== null) {
      if (!this.queue.closed) request.emit({ type: "failed", cause });
      return;
    }
    const made = await request.document();
    if (this.queue.closed) throw new Error("the till is closing");
    // What is drawn takes a moment.
    if (!request.wanted()) {
      request.emit({ type: "failed", cause: "skipped" });
      return;
    }
    const hanging = this.options.memory.hanging ?? null;
    const document = hanging === null ? made : apart(made);
    this.queue.progress = { label: request.label, paperMm: document.paperMm, state: "sending" };
    const bytes = new Uint8Array(Buffer.concat([document.bytes, document.finish]));
    this.tell(request, { type: "started", bytes });
    this.leaveHanging(request.label);
    const outcome = await this.handOver(request, document.paperMm, bytes);
    // Nothing of it has left the queue, so what hung there before still does.
    if (outcome.type === "notTaken") this.note(hanging);
    this.tell(request, outcome);
    if (outcome.type !== "notTaken") this.options.paperUsed?.(document.paperMm);
  }

  /** Gives a document to the queue and stays with it until the queue lets go of it. */
  private async handOver(
    request: PaperRequest,
    paperMm: number,
    bytes: Uint8Array,
  ): Promise<JobEvent> {
    try {
      this.job = await this.options.transport.submit(titleOf(request), bytes);
    } catch (error) {
      if (!(error instanceof PrinterUnreachable))
        return { type: "unknown", cause: "connectionLost" };
      return { type: "notTaken", cause: error.reason };
    }
    this.cancelling = null;
    try {
      return await this.follow(request, this.job, paperMm);
    } finally {
      this.job = null;
    }
  }

  /** Nothing tells it here but a person: until then it may hang in the printer. */
  leaveHanging(label: PaperRequest["label"]): void {
    this.note(paperName(label));
  }

  handedOut(label: PaperRequest["label"]): void {
    if (this.options.memory.hanging === paperName(label)) this.note(null);
  }

  private note(hanging: string | null): void {
    const { memory, remember } = this.options;
    if (this.queue.closed || (memory.hanging ?? null) === hanging) return;
    memory.hanging = hanging;
    try {
      remember(memory);
    } catch (error) {
      // What can't be written down now must not stop the paper.
      this.options.incident(error);
    }
  }

  /** Stays with a job until the queue lets go of it. */
  private async follow(request: PaperRequest, job: SpoolJob, paperMm: number): Promise<JobEvent> {
    const { clock } = this.options;
    const deadlineMs = clock.monotonicMs() + proofTimeoutMs(paperMm);
    let stopped: CauseCode | null = null;
    while (!this.queue.closed) {
      // A queue that can't be asked about its job may have sent it.
      const status = await job.status().catch(() => ({ state: "gone", cause: null }) as const);
      if (this.cancelling !== null && (await this.cancelling))
        return { type: "notTaken", cause: stopped ?? "printerError" };
      if (status.state === "gone") {
        this.observe(null);
        return { type: "unknown", cause: "noBackChannel" };
      }
      const late = clock.monotonicMs() > deadlineMs;
      const cause = status.state === "stopped" ? (status.cause ?? "printerError") : null;
      const now: CauseCode | null = cause ?? (late ? (status.cause ?? "unreachable") : null);
      if (now !== stopped) {
        this.stop = now;
        this.tell(request, now === null ? { type: "resumed" } : { type: "blocked", cause: now });
        stopped = now;
      }
      await wait(clock, JOB_POLL_MS);
    }
    throw new Error("the till is closing");
  }

  private tell(request: PaperRequest, event: JobEvent): void {
    if (this.queue.closed) throw new Error("the till is closing");
    request.emit(event);
    const { progress } = this.queue;
    if (event.type === "blocked") this.queue.stopped(event.cause);
    if (progress && (event.type === "resumed" || event.type === "started"))
      progress.state = "waiting";
    this.queue.changed();
  }

  private async check(): Promise<CauseCode | null> {
    let cause: CauseCode | null;
    try {
      cause = await this.options.transport.check();
    } catch (error) {
      cause = error instanceof PrinterUnreachable ? error.reason : "unreachable";
    }
    if (!this.queue.closed) this.observe(cause);
    return cause;
  }

  private observe(cause: CauseCode | null): void {
    const before = this.stop;
    this.stop = cause;
    if (before !== cause) this.queue.changed();
    if (cause !== null || before === null) return;
    try {
      this.options.recovered();
    } catch (error) {
      this.options.incident(error);
      // Not told yet, so that it is told again.
      this.stop = undefined;
    }
  }

  private watch(delayMs: number): void {
    this.stopWatch();
    if (this.queue.closed) return;
    this.stopWatch = this.options.clock.setTimer(delayMs, () => {
      void this.check().then((cause) => {
        if (this.queue.current === null)
          this.watch(cause === null ? IDLE_POLL_MS : RECOVERY_POLL_MS);
      });
    });
  }
}

function titleOf({ label }: PaperRequest): string {
  return label.saleId === null ? "Slipsure" : `Slipsure ${label.saleId}-${label.attempt}`;
}
