import type { Clock } from "../clock.ts";
import { conditionOfPort, conditionOfStatus, type PrinterCondition } from "./condition.ts";
import { askStatus } from "./escpos/commands.ts";
import { ReplyReader, type PrinterReply } from "./replies.ts";
import { SensorAsks } from "./sensor-asks.ts";
import type { PrinterLink } from "./transport.ts";

/** A healthy printer answers real-time status within a few milliseconds, whatever it is doing. */
const STATUS_TIMEOUT_MS = 300;
/** The first answer after connecting may have to wake an interface board. */
const FIRST_STATUS_TIMEOUT_MS = 1_000;

export type SessionEvent =
  | Exclude<PrinterReply, { type: "paperSensor" }>
  /** `ask`: which question it answers, by the number `expectSensor` gave; null when none was open. */
  | { type: "paperSensor"; byte: number; ask: number | null }
  | { type: "closed" };

/** One open link with its reader always running. Listeners see every reply; queries wait for theirs. */
export class PrinterSession {
  /** Some byte came back on this link. */
  heard = false;
  closed = false;
  private readonly link: PrinterLink;
  private readonly clock: Clock;
  private readonly listeners = new Set<(event: SessionEvent) => void>();
  private readonly sensorAsks: SensorAsks;
  private asking: Promise<unknown> = Promise.resolve();

  /** @param sensorAsks handed in by who keeps it from one link to the next. */
  constructor(link: PrinterLink, clock: Clock, sensorAsks: SensorAsks = new SensorAsks(clock)) {
    this.link = link;
    this.clock = clock;
    this.sensorAsks = sensorAsks;
    const reader = new ReplyReader();
    link.onData((bytes) => {
      this.heard = true;
      for (const reply of reader.push(bytes)) this.emit(this.addressed(reply));
    });
    link.onClose(() => this.ended());
  }

  listen(listener: (event: SessionEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.link.write(bytes);
  }

  /** To be called right before a GS r 1 is written; returns the number its answer will carry. */
  expectSensor(): number {
    return this.sensorAsks.asked();
  }

  close(): void {
    this.link.close();
  }

  /**
   * Asks DLE EOT 1 to 4, one at a time as the manuals demand.
   * @returns null when the printer does not answer.
   */
  askCondition(): Promise<PrinterCondition | null> {
    const ask = async () => {
      const answers: number[] = [];
      for (const n of [1, 2, 3, 4] as const) {
        const answer = await this.ask(n);
        if (answer === null) return this.askPort();
        answers.push(answer);
      }
      return conditionOfStatus(answers);
    };
    const turn = this.asking.then(ask, ask);
    this.asking = turn;
    return turn;
  }

  /** Nothing came over the wire. The system may know beside it that the paper is out. */
  private async askPort(): Promise<PrinterCondition | null> {
    if (this.closed) return null;
    const status = (await this.link.portStatus?.()) ?? null;
    return status === null ? null : conditionOfPort(status);
  }

  private ask(n: 1 | 2 | 3 | 4): Promise<number | null> {
    if (this.closed) return Promise.resolve(null);
    return new Promise((resolve) => {
      const done = (value: number | null) => {
        cancel();
        stop();
        resolve(value);
      };
      const timeoutMs = this.heard ? STATUS_TIMEOUT_MS : FIRST_STATUS_TIMEOUT_MS;
      const cancel = this.clock.setTimer(timeoutMs, () => done(null));
      const stop = this.listen((event) => {
        if (event.type === "status") done(event.byte);
        if (event.type === "closed") done(null);
      });
      // A write fails because the link is dead. That may be known before its end has been tidied up, and is
      // something else than a printer that does not answer.
      this.link.write(askStatus(n)).catch(() => this.ended());
    });
  }

  private ended(): void {
    if (this.closed) return;
    this.closed = true;
    this.emit({ type: "closed" });
    this.link.close();
  }

  private addressed(reply: PrinterReply): SessionEvent {
    if (reply.type === "cleared") this.sensorAsks.forget();
    return reply.type === "paperSensor" ? { ...reply, ask: this.sensorAsks.answered() } : reply;
  }

  private emit(event: SessionEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}
