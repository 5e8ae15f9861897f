import type { Clock } from "../clock.ts";
import { conditionOfPort, conditionOfStatus, hasNews, type PrinterCondition } from "./condition.ts";
import { askStatus } from "./escpos/commands.ts";
import { Pace } from "./pace.ts";
import { ReplyReader, type PrinterReply } from "./replies.ts";
import { SensorAsks } from "./sensor-asks.ts";
import type { PrinterLink } from "./transport.ts";

export type SessionEvent = (PrinterReply | { type: "closed" }) & {
  /** It came in no earlier than this (monotonic); missing where only the till itself reads the wire. */
  arrivedMs?: number;
};

/**
 * What came of asking a printer how it is. `noise`: it said something that is no status, so it lives.
 * `silence`: nothing at all, though it was asked more than once.
 */
export type Look =
  | { says: "condition"; condition: PrinterCondition }
  | { says: "noise" | "silence" | "closed" };

type Heard = number | "noise" | "silence" | "closed";

/** What was not answered by then is not answered any more. */
const NEVER_ANSWERED_MS = 10_000;
const QUESTIONS = [1, 2, 3, 4] as const;
type Question = (typeof QUESTIONS)[number];

/** One open link with its reader always running. Listeners see every reply; queries wait for theirs. */
export class PrinterSession {
  /** Some byte came back on this link. */
  heard = false;
  closed = false;
  readonly pace: Pace;
  private readonly link: PrinterLink;
  private readonly clock: Clock;
  private readonly listeners = new Set<(event: SessionEvent) => void>();
  private readonly sensorAsks: SensorAsks;
  private asking: Promise<unknown> = Promise.resolve();
  private isAsked = false;
  private hasHeardStatus = false;
  private hasAsked = false;
  /** Answers that looked like a fault, were asked for again and turned out to be none. */
  private readonly examined = new Map<string, PrinterCondition>();
  /** When the questions were asked that nobody waits for any more. */
  private readonly givenUp: number[] = [];
  /** When everything written so far has certainly left the line. */
  private lineFreeAtMs = 0;

  /**
   * @param sensorAsks handed in by who keeps it from one link to the next.
   * @param pace likewise.
   */
  constructor(
    link: PrinterLink,
    clock: Clock,
    sensorAsks: SensorAsks = new SensorAsks(),
    pace: Pace = new Pace(),
  ) {
    this.link = link;
    this.clock = clock;
    this.sensorAsks = sensorAsks;
    sensorAsks.linked();
    this.pace = pace;
    const reader = new ReplyReader();
    link.onData((bytes, arrivedMs) => {
      this.heard = true;
      for (const reply of reader.push(bytes)) {
        const event = this.addressed(reply);
        this.emit(arrivedMs === undefined ? event : { ...event, arrivedMs });
      }
    });
    link.onClose(() => this.ended());
  }

  listen(listener: (event: SessionEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @param left as `PrinterLink.write` has it. */
  write(bytes: Uint8Array, left?: (atMs: number) => void): Promise<void> {
    const nowMs = this.clock.monotonicMs();
    this.lineFreeAtMs = Math.max(nowMs, this.lineFreeAtMs) + this.pace.lineMs(bytes.length);
    return this.link.write(bytes, left);
  }

  /**
   * To be called right before a GS r 1 is written; returns how many answers may come before its own.
   * May throw when that can't be written down: then it must not be sent.
   */
  expectSensor(): number {
    return this.sensorAsks.ask();
  }

  /** Somebody else than its owner listens. */
  get isInUse(): boolean {
    return this.listeners.size > 1;
  }

  close(): void {
    this.link.close();
  }

  /** Ends it so that nothing that is still on its way to the printer arrives any more. */
  abort(): void {
    if (this.link.abort) this.link.abort();
    else this.link.close();
  }

  /** @returns null when the printer does not say how it is. */
  async askCondition(): Promise<PrinterCondition | null> {
    const look = await this.look();
    return look.says === "condition" ? look.condition : null;
  }

  /**
   * Asks DLE EOT 1 to 4, one at a time as the manuals demand. The answers carry no name, and there are
   * printers whose answers lag one question behind: whatever looks like a fault is asked for again,
   * each question twice, and only the second answer counts.
   */
  look(): Promise<Look> {
    const turn = this.asking.then(
      () => this.lookNow(),
      () => this.lookNow(),
    );
    this.asking = turn;
    return turn;
  }

  private async lookNow(): Promise<Look> {
    const first = await this.askAll((n) => this.askInsisting(n));
    if (!Array.isArray(first)) return this.lookAtPort(first);
    if (!first.some(hasNews)) return { says: "condition", condition: conditionOfStatus(first) };
    const seen = this.examined.get(first.join());
    if (seen) return { says: "condition", condition: seen };
    const again = await this.askAll(async (n) => {
      const lagging = await this.ask(n);
      return typeof lagging === "number" ? this.ask(n) : lagging;
    });
    if (!Array.isArray(again)) return { says: again };
    const condition = conditionOfStatus(again);
    // What is no fault today is none at the next look; a fault is never taken from memory.
    if (condition.stop === null) this.examined.set(first.join(), condition);
    return { says: "condition", condition };
  }

  /** Nothing came over the wire. The system may know beside it that the paper is out. */
  private async lookAtPort(says: Exclude<Heard, number>): Promise<Look> {
    if (says === "closed") return { says };
    const status = (await this.link.portStatus?.()) ?? null;
    const condition = status === null ? null : conditionOfPort(status);
    return condition === null ? { says } : { says: "condition", condition };
  }

  private async askAll(
    ask: (n: Question) => Promise<Heard>,
  ): Promise<number[] | Exclude<Heard, number>> {
    const answers: number[] = [];
    for (const n of QUESTIONS) {
      const answer = await ask(n);
      if (typeof answer !== "number") return answer;
      answers.push(answer);
    }
    return answers;
  }

  /** One question unheard is no silence: the first of a lagging printer has no answer of its own. */
  private async askInsisting(n: Question): Promise<Heard> {
    const isFirst = !this.hasAsked;
    this.hasAsked = true;
    const answer = await this.ask(n, isFirst);
    return answer === "silence" ? this.ask(n) : answer;
  }

  private ask(n: Question, isFirst = false): Promise<Heard> {
    if (this.closed) return Promise.resolve("closed");
    return new Promise((resolve) => {
      const askedMs = this.clock.monotonicMs();
      while (askedMs - (this.givenUp[0] ?? askedMs) > NEVER_ANSWERED_MS) this.givenUp.shift();
      // On a link that has never said a word the answer may have waited for another till's turn to end.
      const isFree = this.heard && this.lineFreeAtMs <= askedMs && this.givenUp.length === 0;
      const done = (heard: Heard) => {
        cancel();
        stop();
        this.isAsked = false;
        if (typeof heard === "number" && isFree)
          this.pace.answered(this.clock.monotonicMs() - askedMs);
        if (heard === "silence" && this.heard) this.givenUp.push(askedMs);
        resolve(heard);
      };
      const queuedMs = Math.max(0, this.lineFreeAtMs - askedMs);
      const patienceMs = this.pace.patienceMs(isFirst) + queuedMs;
      this.isAsked = true;
      const cancel = this.clock.setTimer(patienceMs, () => {
        // What has arrived meanwhile is read first: it is we who may be late.
        setImmediate(() => done("silence"));
      });
      const stop = this.listen((event) => {
        if (event.type === "status") done(event.byte);
        if (event.type === "noise") done("noise");
        if (event.type === "closed") done("closed");
      });
      // A write fails because the link is dead. That may be known before its end has been tidied up, and is
      // something else than a printer that does not answer.
      this.write(askStatus(n)).catch(() => this.ended());
    });
  }

  private ended(): void {
    if (this.closed) return;
    this.closed = true;
    this.emit({ type: "closed" });
    this.link.close();
  }

  private addressed(reply: PrinterReply): SessionEvent {
    // An answer, so everything before its question has arrived.
    if (reply.type !== "automatic") this.lineFreeAtMs = this.clock.monotonicMs();
    if (reply.type === "status") this.statusCame();
    if (reply.type !== "paperSensor") return reply;
    // There are printers that answer DLE EOT with 00, which looks like paper and proves nothing.
    if (this.isAsked && !this.hasHeardStatus) return { type: "noise", byte: reply.byte };
    this.sensorAsks.answered();
    return reply;
  }

  private statusCame(): void {
    this.hasHeardStatus = true;
    // Nobody waits: it answers a question that was given up, and says how long that takes.
    const askedMs = this.isAsked ? undefined : this.givenUp.shift();
    if (askedMs !== undefined) this.pace.answered(this.clock.monotonicMs() - askedMs);
  }

  private emit(event: SessionEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}
