import type { CauseCode } from "../domain/receipt/cause.ts";
import { conditionOfAutomatic, type PrinterCondition } from "./condition.ts";
import { CLEAR_BUFFERS } from "./escpos/commands.ts";
import { FenceIds } from "./fence-ids.ts";
import { runJob, type Fence, type JobEvent } from "./job.ts";
import { PaperQueue } from "./paper-queue.ts";
import { GAP_MS, KEEP_MS, PrinterLine, RETRY_MS } from "./printer-line.ts";
import {
  apart,
  IDLE_POLL_MS,
  paperName,
  type PaperRequest,
  type PrinterMemory,
  type PrinterOptions,
  type PrinterState,
  type ReceiptPrinter,
} from "./receipt-printer.ts";
import { OTHERS_OWED, SensorAsks, settleAsks } from "./sensor-asks.ts";
import type { PrinterSession, SessionEvent } from "./session.ts";
import type { WireTransport } from "./transport.ts";

export interface WirePrinterOptions extends PrinterOptions {
  transport: WireTransport;
}

const CLEAR_TIMEOUT_MS = 1_500;
/** Nothing came back in time, over a link that is well: it may still come. */
const LATE_CAUSES: ReadonlySet<CauseCode> = new Set(["noAnswer", "noBackChannel"]);

/**
 * One printer: a queue with one job in flight, a link kept open, and a watch that notices by itself
 * when it stops and when it is back.
 */
export class Printer implements ReceiptPrinter {
  private readonly options: WirePrinterOptions;
  private readonly ids = new FenceIds();
  private readonly queue: PaperQueue;
  private readonly line: PrinterLine;
  private condition: PrinterCondition | null = null;
  /** Why it can't be talked to; null while a link is open or was never tried. */
  private trouble: CauseCode | null = null;
  /** Papers whose proof may still come, by id. */
  private readonly orphans = new Map<string, PaperRequest>();
  private stopWatch: () => void = () => {};
  private wasReady = false;
  /** Nobody knows what became of the last paper: the printer is looked at soon. */
  private isDoubted = false;
  private lastPaperMs = Number.NEGATIVE_INFINITY;
  private recoveredMeanwhile = false;
  private readonly sensorAsks: SensorAsks;
  private isSettling = false;
  /** What comes back once the paper that may hang there has been cut off after all. */
  private hangingCutId: string | null = null;

  constructor(options: WirePrinterOptions) {
    this.options = options;
    this.sensorAsks = new SensorAsks(options.memory.owedAnswers ?? 0, (owedAnswers) =>
      this.write({ owedAnswers }),
    );
    this.queue = new PaperQueue({
      print: (request) => this.print(request),
      busy: () => this.stopWatch(),
      idle: () => this.afterWork(),
      changed: options.changed,
      incident: options.incident,
    });
    this.line = new PrinterLine({
      transport: options.transport,
      clock: options.clock,
      memory: options.memory,
      sensorAsks: this.sensorAsks,
      ids: this.ids,
      learned: (facts) => this.remember({ ...options.memory, ...facts }),
      opened: (session) => this.opened(session),
      hear: (session, event) => {
        try {
          this.hear(session, event);
        } catch (error) {
          // Nobody above the wire could catch it.
          if (!this.closed) options.incident(error);
        }
      },
    });
    this.watch(0);
  }

  enqueue(request: PaperRequest): void {
    this.queue.add(request, this.condition?.stop ?? "printerError");
  }

  state(): PrinterState {
    const stop = this.trouble ?? this.condition?.stop ?? null;
    const blocked = this.queue.progress?.state === "blocked";
    const state = ((): PrinterState["state"] => {
      if (blocked) return "blocked";
      if (this.queue.current !== null) return "printing";
      if (stop !== null) return "offline";
      return this.condition === null ? "unknown" : "ready";
    })();
    return {
      state,
      cause: stop,
      paper: this.condition?.paper ?? "unknown",
      queue: this.queue.length,
      current: this.queue.progress,
    };
  }

  /** DLE DC4 fn 8, which must be answered. */
  async clear(): Promise<boolean> {
    const { session } = this.line;
    if (!session || session.closed) return false;
    const answered = new Promise<boolean>((resolve) => {
      const finish = (value: boolean) => {
        cancel();
        stop();
        resolve(value);
      };
      const cancel = this.options.clock.setTimer(CLEAR_TIMEOUT_MS, () => finish(false));
      const stop = session.listen((event) => {
        if (event.type === "cleared") finish(true);
        if (event.type === "closed") finish(false);
      });
    });
    session.write(CLEAR_BUFFERS).catch(() => {});
    const cleared = await answered;
    // The job in flight hears the same answer; wait until it has said so.
    if (cleared) await this.settled();
    return cleared;
  }

  /** An open link for a test, outside the queue. @throws PrinterUnreachable */
  openSession(): Promise<PrinterSession> {
    return this.line.connect();
  }

  leaveHanging(label: PaperRequest["label"]): void {
    this.hangingCutId = null;
    this.remember({ hanging: paperName(label) });
  }

  handedOut(label: PaperRequest["label"]): void {
    if (this.options.memory.hanging === paperName(label)) this.remember({ hanging: null });
  }

  settled(): Promise<void> {
    return this.queue.settled();
  }

  wake(): void {
    if (this.queue.current === null) this.watch(0);
  }

  close(): void {
    const { current } = this.queue;
    try {
      // Whoever uses it next has to know.
      if (current !== null && !this.closed) this.leaveHanging(current.label);
    } catch (error) {
      this.options.incident(error);
    }
    this.queue.close();
    this.stopWatch();
    this.line.close();
  }

  private get closed(): boolean {
    return this.queue.closed;
  }

  private afterWork(): void {
    // It may have stopped again since: then it is told when it is back for good.
    if (this.recoveredMeanwhile && this.wasReady && !this.tellRecovered()) this.wasReady = false;
    if (this.queue.current === null)
      this.watch(this.state().state === "ready" && !this.isDoubted ? this.restMs : RETRY_MS);
  }

  private async print(request: PaperRequest): Promise<void> {
    if (!request.wanted()) {
      request.emit({ type: "failed", cause: "skipped" });
      return;
    }
    const ready = await this.prepare(request.blind);
    if ("failed" in ready) {
      this.wasReady = false;
      if (!this.closed) request.emit({ type: "failed", cause: ready.failed });
      return;
    }
    const { session } = ready;
    const made = await request.document();
    if (this.closed) throw new Error("the till is closing");
    // What is drawn takes a moment.
    if (!request.wanted()) {
      request.emit({ type: "failed", cause: "skipped" });
      return;
    }
    const hanging = this.options.memory.hanging ?? null;
    const document = hanging === null ? made : apart(made);
    const fence = this.options.memory.fence ?? "id";
    const [id, cutId] = [this.ids.take(), this.ids.take()];
    this.queue.progress = { label: request.label, paperMm: document.paperMm, state: "sending" };
    let mayHang = false;
    let isDoubtful = false;
    try {
      const isCut = await runJob({
        session,
        clock: this.options.clock,
        fence,
        isProven: this.options.memory.fence !== null,
        id,
        cutId,
        oneWay: !session.heard && !this.options.memory.answers,
        document,
        emit: (event) => {
          this.tell(request, event, id, fence);
          if (event.type === "started") {
            mayHang = true;
            // A till that is killed now finds receipts in its log; a report or test slip only here.
            if (request.label.saleId === null) this.leaveHanging(request.label);
            else if (hanging !== null) this.remember({ hanging: null });
          }
          // The link ended while it was drawn: what hung there before still does.
          if (event.type === "notTaken" && hanging !== null) this.remember({ hanging });
          isDoubtful = event.type === "unknown" && event.cause === "doubtfulProof";
        },
        observe: (condition) => this.observe(condition),
      });
      if (isCut) {
        mayHang = false;
        if (request.label.saleId === null) this.handedOut(request.label);
      }
    } finally {
      if (mayHang) this.leaveHanging(request.label);
      // From a printer that answers ahead of its paper this means nothing.
      if (mayHang && !isDoubtful) this.hangingCutId = cutId;
    }
  }

  /** Makes sure that it is there and can print, before anything is sent. */
  private async prepare(
    blind: boolean,
  ): Promise<{ session: PrinterSession } | { failed: CauseCode }> {
    const reached = await this.line.reach(true);
    if ("failed" in reached) {
      // A person will look, and the link is a new one: not even this is sent into one that may be dead.
      if (blind && reached.session && reached.failed === "noAnswer")
        return { session: reached.session };
      this.fail(reached.failed);
      return { failed: reached.failed };
    }
    const { session, condition } = reached;
    if (condition) this.observe(condition);
    else this.hasNothingToSay();
    return condition?.stop ? { failed: condition.stop } : { session };
  }

  /** It is there, and that is all that is known. */
  private hasNothingToSay(): void {
    const isNews = this.trouble !== null || this.condition !== null;
    this.trouble = null;
    this.condition = null;
    if (isNews) this.changed();
  }

  private fail(cause: CauseCode): void {
    const isNews = this.trouble !== cause;
    this.trouble = cause;
    this.condition = null;
    this.wasReady = false;
    if (isNews) this.changed();
  }

  private tell(request: PaperRequest, event: JobEvent, id: string, fence: Fence): void {
    if (this.closed) throw new Error("the till is closing");
    request.emit(event);
    const { progress } = this.queue;
    if (event.type === "blocked") this.queue.stopped(event.cause);
    if (progress && (event.type === "resumed" || event.type === "started"))
      progress.state = "waiting";
    this.isDoubted = event.type === "unknown";
    if (event.type === "started") this.lastPaperMs = this.options.clock.monotonicMs();
    if (event.type === "printed") this.options.paperUsed?.(progress?.paperMm ?? 0);
    if (event.type === "printed") this.remember({ answers: true, fence });
    const mayComeLate = event.type === "unknown" && LATE_CAUSES.has(event.cause);
    if (mayComeLate && fence === "id") this.orphans.set(id, request);
    this.changed();
  }

  private opened(session: PrinterSession): void {
    this.trouble = null;
    this.orphans.clear();
    if (session.heard && !this.options.memory.answers) this.remember({ answers: true });
  }

  private hear(session: PrinterSession, event: SessionEvent): void {
    if (event.type === "id" && event.id === this.hangingCutId) this.remember({ hanging: null });
    if (event.type === "closed") this.lost(session);
    if (event.type === "automatic") this.observe(conditionOfAutomatic(event.bytes));
    if (event.type === "id") this.late(event.id);
    if (session.heard && !this.options.memory.answers) this.remember({ answers: true });
  }

  private lost(session: PrinterSession): void {
    if (this.line.session !== session || this.closed) return;
    this.line.session = null;
    this.condition = null;
    this.trouble = "connectionLost";
    this.wasReady = false;
    this.changed();
    if (this.queue.current === null) this.watch(RETRY_MS);
  }

  /** A proof that came after we stopped waiting still counts, on the link it was asked on. */
  private late(id: string): void {
    const request = this.orphans.get(id);
    if (!request || this.closed) return;
    this.orphans.delete(id);
    request.emit({ type: "printed", grade: "A", late: true });
    this.remember({ ...this.options.memory, answers: true, fence: "id" });
    this.changed();
  }

  private observe(condition: PrinterCondition): void {
    const before = this.condition;
    // A printer that was silent for a moment may be just as it was before.
    const wasInTrouble = this.trouble !== null;
    this.condition = condition;
    this.trouble = null;
    const ready = condition.stop === null;
    if (wasInTrouble || before?.stop !== condition.stop || before.paper !== condition.paper)
      this.changed();
    let told = true;
    if (ready && !this.wasReady) {
      this.recoveredMeanwhile = true;
      // A job under way goes on by itself; what else waits is told when it is done.
      if (this.queue.current === null) told = this.tellRecovered();
    }
    if (!ready) this.recoveredMeanwhile = false;
    this.wasReady = ready && told;
  }

  /** @returns false when whoever was told could not do its part, so that it is told again. */
  private tellRecovered(): boolean {
    this.recoveredMeanwhile = false;
    if (this.closed) return true;
    try {
      this.options.recovered();
      return true;
    } catch (error) {
      this.options.incident(error);
      return false;
    }
  }

  /** What can't be written down now must not stop the paper. */
  private remember(facts: Partial<PrinterMemory>): void {
    if (this.closed) return;
    try {
      this.write(facts);
    } catch (error) {
      this.options.incident(error);
    }
  }

  /** @throws Error when it can't be kept */
  private write(facts: Partial<PrinterMemory>): void {
    if (this.closed) throw new Error("the till is closing");
    const { memory } = this.options;
    const before = { ...memory };
    Object.assign(memory, facts);
    const isNew = Object.entries(memory).some(
      ([key, value]) => before[key as keyof PrinterMemory] !== value,
    );
    if (isNew) this.options.remember(memory);
  }

  /** Looks at the printer from time to time while no job does. */
  private watch(delayMs: number): void {
    this.stopWatch();
    if (this.closed) return;
    this.stopWatch = this.options.clock.setTimer(delayMs, () => {
      void this.look().then((ready) => {
        if (this.queue.current === null) this.watch(ready ? this.rest() : RETRY_MS);
      });
    });
  }

  /** Another till may want it meanwhile. @returns when to look at it again. */
  private rest(): number {
    const sinceUseMs = this.options.clock.monotonicMs() - this.lastPaperMs;
    if (!this.line.letGo(sinceUseMs, this.orphans.size > 0)) return this.restMs;
    return this.options.memory.shared === true ? IDLE_POLL_MS : GAP_MS;
  }

  private get restMs(): number {
    return this.options.memory.shared === true ? KEEP_MS : IDLE_POLL_MS;
  }

  private async look(): Promise<boolean> {
    const reached = await this.line.reach(false);
    if (this.queue.current !== null) return false; // a receipt asks for itself
    if ("failed" in reached) this.fail(reached.failed);
    else if (reached.condition) this.observe(reached.condition);
    else this.hasNothingToSay();
    const isReady = "condition" in reached && reached.condition?.stop === null;
    if (isReady && !this.isSettling) void this.settleAsks(reached.session);
    return isReady;
  }

  /** What it may still owe is found out while it has nothing to do. */
  private async settleAsks(session: PrinterSession): Promise<void> {
    const isOwed =
      this.options.memory.fence === "paperSensor" && this.sensorAsks.owed > OTHERS_OWED;
    if (!isOwed || this.queue.current !== null) return;
    this.isSettling = true;
    try {
      await settleAsks(session, this.sensorAsks, this.options.clock);
    } catch (error) {
      if (!this.closed) this.options.incident(error);
    } finally {
      this.isSettling = false;
    }
  }

  private changed(): void {
    this.queue.changed();
  }
}
