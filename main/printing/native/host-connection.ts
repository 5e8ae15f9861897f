import { z } from "zod";
import type { Clock } from "../../clock.ts";
import { PrinterUnreachable, type PrinterLink } from "../transport.ts";
import { asUnreachable, messageOf, PrinterHostGone } from "./host-error.ts";
import type { NativePrinterConfig } from "./native-printers.ts";
import type { PrinterHostProcess, SpawnPrinterHost } from "./printer-host-process.ts";
import { fromHostSchema, type FromHost, type HostRequest } from "./protocol.ts";
import { RemoteLink } from "./remote-link.ts";

/** Starting includes a virus scanner's look at the program on a slow PC. */
const START_TIMEOUT_MS = 10_000;
const OPEN_TIMEOUT_MS = 5_000;
const PORT_STATUS_TIMEOUT_MS = 500;
const PING_EVERY_MS = 5_000;
/** Two, not one: after the PC has slept, the first turn comes before the answer can be read. */
const PINGS_MISSED = 2;
/** How long it may take to close its links in order when the till ends. */
const END_TIMEOUT_MS = 1_000;

export interface HostConnectionOptions {
  spawn: SpawnPrinterHost;
  clock: Clock;
  /** The host tells of trouble that ends nothing, such as a driver that can't be loaded. */
  problem: (error: Error) => void;
  /** Called once, when it is over; null: it was told to end. */
  ended: (why: PrinterHostGone | null) => void;
}

interface PendingCall {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  found: ((kind: string, printers: unknown[]) => void) | null;
  stopTimer: () => void;
}

/** One living printer host: pairs answers with calls, carries its links, and ends it when it hangs. */
export class HostConnection {
  /** The kinds of printer it knows. Rejects with PrinterHostGone when it ends before it listens. */
  readonly ready: Promise<string[]>;
  private readonly options: HostConnectionOptions;
  private readonly host: PrinterHostProcess | null;
  private readonly calls = new Map<number, PendingCall>();
  private readonly links = new Map<number, RemoteLink>();
  private state: "starting" | "up" | "ending" | "gone" = "starting";
  private started: { resolve: (kinds: string[]) => void; reject: (error: Error) => void };
  /** Documents were given to queues: only this host can say what became of them. */
  private holdsJobs = false;
  private lastNumber = 0;
  private pingsOpen = 0;
  private stopTimer: () => void;
  private stopPing: (() => void) | null = null;

  constructor(options: HostConnectionOptions) {
    this.options = options;
    const started = Promise.withResolvers<string[]>();
    this.started = started;
    this.ready = started.promise;
    // Whoever waits hears of it; nobody has to.
    this.ready.catch(() => {});
    this.stopTimer = options.clock.setTimer(START_TIMEOUT_MS, () => {
      this.end("the printer host did not start");
    });
    this.host = this.spawn();
  }

  /**
   * Asks and waits. One answer that is late is one printer's fault (a queue on a computer that is off keeps
   * Windows waiting for half a minute), so it ends the host only when nobody else is served by it. A host
   * that hangs as a whole answers no ping either.
   * @param timeoutMs null: as long as it takes.
   * @throws PrinterHostGone, PrinterUnreachable (nothing was handed over) or Error (the driver's, or late)
   */
  async call<Value>(
    request: HostRequest,
    answer: z.ZodType<Value>,
    timeoutMs: number | null,
    found: PendingCall["found"] = null,
  ): Promise<Value> {
    // Without a wait once it is up: what is sent must stay in order.
    if (this.state === "starting") await this.ready;
    if (this.state !== "up") throw new PrinterHostGone("the printer host has ended");
    if (request.type === "submit") this.holdsJobs = true;
    const value = await new Promise<unknown>((resolve, reject) => {
      const number = this.nextNumber();
      const stopTimer =
        timeoutMs === null
          ? () => {}
          : this.options.clock.setTimer(timeoutMs, () => {
              this.late(number, request, `no answer to "${request.type}" within ${timeoutMs} ms`);
            });
      this.calls.set(number, { resolve, reject, found, stopTimer });
      this.stopPing ??= this.pingSoon();
      this.host?.send({ ...request, call: number });
    });
    return answer.parse(value);
  }

  /** @throws PrinterUnreachable */
  async open(config: NativePrinterConfig): Promise<PrinterLink> {
    const number = this.nextNumber();
    const link = new RemoteLink({
      write: (bytes) =>
        this.call({ type: "write", link: number, bytes: copied(bytes) }, z.unknown(), null).then(
          () => undefined,
        ),
      portStatus: () =>
        this.call(
          { type: "portStatus", link: number },
          z.int().nullable(),
          PORT_STATUS_TIMEOUT_MS,
        ).catch(() => null),
      close: () => {
        this.links.delete(number);
        if (this.state === "up") this.host?.send({ type: "close", link: number });
      },
    });
    this.links.set(number, link);
    try {
      const request: HostRequest = { type: "open", link: number, config };
      await this.call(request, z.unknown(), OPEN_TIMEOUT_MS);
      return link;
    } catch (error) {
      this.links.delete(number);
      // It may be opened later than anybody waits for it, and must not stay open then.
      if (this.isUp()) this.host?.send({ type: "close", link: number });
      throw asUnreachable(error);
    }
  }

  /** Lets it close its links in order; what is still asked of it gets no answer. */
  close(): void {
    if (this.state === "ending" || this.state === "gone") return;
    const canListen = this.state === "up";
    this.state = "ending";
    this.stopTimer();
    this.abandon(new PrinterHostGone("the till is closing"));
    this.options.ended(null);
    if (!canListen) {
      this.state = "gone";
      this.host?.kill();
      return;
    }
    this.host?.send({ type: "end" });
    this.stopTimer = this.options.clock.setTimer(END_TIMEOUT_MS, () => {
      this.state = "gone";
      this.host?.kill();
    });
  }

  private spawn(): PrinterHostProcess | null {
    try {
      const host = this.options.spawn();
      host.onMessage((message) => this.read(message));
      host.onExit((code) => this.exited(code));
      return host;
    } catch (error) {
      // Told as every other end, once the caller has this connection in hand.
      queueMicrotask(() => this.end(`the printer host can't be started: ${messageOf(error)}`));
      return null;
    }
  }

  private exited(code: number | null): void {
    if (this.state === "ending") {
      this.state = "gone";
      this.stopTimer();
      return;
    }
    this.end(`the printer host ended by itself (${code === null ? "killed" : `code ${code}`})`);
  }

  /** Beyond what the compiler knows of `state` after a wait. */
  private isUp(): boolean {
    return this.state === "up";
  }

  private late(number: number, request: HostRequest, why: string): void {
    const ownLinks = "link" in request ? 1 : 0;
    const others = this.calls.size - 1 + this.links.size - ownLinks;
    if (others > 0 || this.holdsJobs) this.settle(number)?.reject(new Error(why));
    else this.end(why, true);
  }

  private end(why: string, isLateAnswer = false): void {
    if (this.state === "gone" || this.state === "ending") return;
    this.state = "gone";
    this.stopTimer();
    this.host?.kill();
    const gone = new PrinterHostGone(why, isLateAnswer);
    this.abandon(gone);
    this.options.ended(gone);
  }

  private abandon(why: PrinterHostGone): void {
    this.stopPing?.();
    this.started.reject(why);
    const calls = [...this.calls.values()];
    const links = [...this.links.values()];
    this.calls.clear();
    this.links.clear();
    for (const pending of calls) {
      pending.stopTimer();
      pending.reject(why);
    }
    for (const link of links) link.lost();
  }

  private read(message: unknown): void {
    if (this.state === "gone" || this.state === "ending") return;
    const parsed = fromHostSchema.safeParse(message);
    if (parsed.success) this.take(parsed.data);
    else this.end(`the printer host sent what nobody can read: ${parsed.error.message}`);
  }

  private take(message: FromHost): void {
    switch (message.type) {
      case "ready":
        if (this.state !== "starting") return;
        this.state = "up";
        this.stopTimer();
        this.started.resolve(message.kinds);
        return;
      case "pong":
        this.pingsOpen = 0;
        return;
      case "answer":
        this.settle(message.call)?.resolve(message.value);
        return;
      case "refused":
        this.settle(message.call)?.reject(
          message.reason === null
            ? new Error(message.message)
            : new PrinterUnreachable(message.reason, message.message),
        );
        return;
      case "found":
        this.calls.get(message.call)?.found?.(message.kind, message.printers);
        return;
      case "data":
        this.links.get(message.link)?.received(message.bytes);
        return;
      case "closed": {
        const link = this.links.get(message.link);
        this.links.delete(message.link);
        link?.lost();
        return;
      }
      case "problem":
        this.options.problem(new Error(message.message));
    }
  }

  private settle(number: number): PendingCall | undefined {
    const pending = this.calls.get(number);
    this.calls.delete(number);
    pending?.stopTimer();
    return pending;
  }

  /** A host that hangs would never be noticed otherwise: a write may take as long as the paper is out. */
  private pingSoon(): () => void {
    return this.options.clock.setTimer(PING_EVERY_MS, () => {
      this.stopPing = null;
      if (this.links.size === 0 && this.calls.size === 0) {
        this.pingsOpen = 0;
        return;
      }
      if (this.pingsOpen >= PINGS_MISSED) {
        this.end("the printer host hangs");
        return;
      }
      this.pingsOpen += 1;
      this.host?.send({ type: "ping" });
      this.stopPing = this.pingSoon();
    });
  }

  private nextNumber(): number {
    this.lastNumber += 1;
    return this.lastNumber;
  }
}

/** A view would drag its whole buffer along where messages are structured clones. */
function copied(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
