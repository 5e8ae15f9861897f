import { Worker } from "node:worker_threads";
import { systemClock } from "../../../clock.ts";
import { threadEntry } from "../../../thread-entry.ts";
import { PrinterUnreachable, type PrinterLink, type WireTransport } from "../../transport.ts";
import { sharedMs, type FromTcpThread, type ToTcpThread } from "./thread-messages.ts";

/** Every network link of this process is held by one thread, started with the first. */
let current: TcpThread | null = null;

/**
 * Raw TCP, read by a thread of its own: whatever holds the till up, an import or a restore, every answer is
 * stamped with the time it came in. In the computer's own time, so not for a till under another clock.
 */
export class ThreadedTcpTransport implements WireTransport {
  readonly path = "wire";
  readonly kind = "tcp";
  readonly address: string;
  private readonly host: string;
  private readonly port: number;

  constructor(host: string, port: number) {
    this.host = host;
    this.port = port;
    this.address = `${host}:${port}`;
  }

  open(withinMs?: number): Promise<PrinterLink> {
    current ??= new TcpThread(() => {
      current = null;
    });
    return current.open(this.host, this.port, withinMs ?? null);
  }
}

class TcpThread {
  private readonly worker: Worker;
  private readonly links = new Map<number, ThreadLink>();
  private readonly opening = new Map<number, PromiseWithResolvers<PrinterLink>>();
  private lastLink = 0;

  /** @param ended called once; every link has been told by then. */
  constructor(ended: () => void) {
    const entry = threadEntry(import.meta, "tcp-thread-main.ts", "tcp-thread.js");
    this.worker = new Worker(entry, {
      name: "network printers",
      execArgv: [],
      // It keeps nothing.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 },
    });
    // A till that ends does not wait for it.
    this.worker.unref();
    this.worker.on("message", (message: FromTcpThread) => this.hear(message));
    // "exit" follows, and each link says what became of it.
    this.worker.on("error", () => {});
    this.worker.once("exit", () => {
      ended();
      for (const number of this.opening.keys()) this.refuse(number, "the thread has ended");
      for (const link of this.links.values()) link.lost();
    });
  }

  open(host: string, port: number, withinMs: number | null): Promise<PrinterLink> {
    this.lastLink += 1;
    const opening = Promise.withResolvers<PrinterLink>();
    this.opening.set(this.lastLink, opening);
    this.say({ type: "open", link: this.lastLink, host, port, withinMs });
    return opening.promise;
  }

  private say(message: ToTcpThread): void {
    this.worker.postMessage(message);
  }

  private hear(message: FromTcpThread): void {
    switch (message.type) {
      case "opened": {
        const link = new ThreadLink(message.link, (text) => this.say(text));
        this.links.set(message.link, link);
        this.opening.get(message.link)?.resolve(link);
        this.opening.delete(message.link);
        return;
      }
      case "refused":
        this.refuse(message.link, message.message, message.reason, message.isRefused);
        return;
      case "data":
        this.links.get(message.link)?.received(message.bytes, message.arrivedMs);
        return;
      case "left":
        this.links.get(message.link)?.left(message.write, message.atMs);
        return;
      case "written":
        this.links.get(message.link)?.written(message.write, message.isTaken);
        return;
      case "closed":
        this.links.get(message.link)?.lost();
        this.links.delete(message.link);
    }
  }

  private refuse(
    number: number,
    message: string,
    reason: PrinterUnreachable["reason"] = "unreachable",
    isRefused = false,
  ): void {
    this.opening.get(number)?.reject(new PrinterUnreachable(reason, message, isRefused));
    this.opening.delete(number);
  }
}

class ThreadLink implements PrinterLink {
  private readonly number: number;
  private readonly say: (message: ToTcpThread) => void;
  private readonly writes = new Map<number, PromiseWithResolvers<void>>();
  private readonly leaving = new Map<number, (atMs: number) => void>();
  private readonly closing = Promise.withResolvers<void>();
  private listener: ((bytes: Uint8Array, arrivedMs?: number) => void) | null = null;
  /** What came before anybody listened. */
  private unread: [Uint8Array, number | undefined][] = [];
  private lastWrite = 0;
  private isClosed = false;

  constructor(number: number, say: (message: ToTcpThread) => void) {
    this.number = number;
    this.say = say;
  }

  write(bytes: Uint8Array, left?: (atMs: number) => void): Promise<void> {
    if (this.isClosed) return Promise.reject(new Error("the link is closed"));
    this.lastWrite += 1;
    const write = Promise.withResolvers<void>();
    this.writes.set(this.lastWrite, write);
    if (left) this.leaving.set(this.lastWrite, left);
    this.say({ type: "write", link: this.number, write: this.lastWrite, bytes });
    return write.promise;
  }

  onData(listener: (bytes: Uint8Array, arrivedMs?: number) => void): void {
    this.listener = listener;
    for (const [bytes, arrivedMs] of this.unread.splice(0)) listener(bytes, arrivedMs);
  }

  onClose(listener: () => void): void {
    void this.closing.promise.then(listener);
  }

  close(): void {
    this.say({ type: "close", link: this.number });
    this.lost();
  }

  abort(): void {
    this.say({ type: "abort", link: this.number });
    this.lost();
  }

  received(bytes: Uint8Array, stampMs: number | null): void {
    if (this.isClosed) return;
    const arrivedMs = stampMs === null ? undefined : onOurClock(stampMs);
    if (this.listener) this.listener(bytes, arrivedMs);
    else this.unread.push([bytes, arrivedMs]);
  }

  left(number: number, atMs: number): void {
    this.leaving.get(number)?.(onOurClock(atMs));
    this.leaving.delete(number);
  }

  written(number: number, isTaken: boolean): void {
    const write = this.writes.get(number);
    this.writes.delete(number);
    if (isTaken) write?.resolve();
    else write?.reject(new Error("the link ended before it took every byte"));
  }

  lost(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const number of this.writes.keys()) this.written(number, false);
    this.closing.resolve();
  }
}

function onOurClock(stampMs: number): number {
  return stampMs + systemClock.monotonicMs() - sharedMs();
}
