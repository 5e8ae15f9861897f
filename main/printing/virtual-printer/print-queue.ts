import type { Clock } from "../../clock.ts";
import type { VirtualPrinter } from "./printer.ts";
import type { PrinterConnection } from "./types.ts";

export interface QueueOptions {
  clock: Clock;
  /** How soon a printer that can't be connected to is tried again; default 1000. */
  retryMs?: number;
  /**
   * What becomes of a document whose connection broke in the middle. `hold` (default): it stays, until
   * somebody restarts or deletes it. `restart`: it is sent again from its beginning, which is how spoolers
   * make copies nobody asked for. `drop`: the queue takes it for done.
   */
  onBroken?: "hold" | "restart" | "drop";
}

/** A document in the queue; gone from it when the printer has taken its last byte. */
export interface QueuedJob {
  readonly id: number;
  readonly title: string;
  readonly bytes: Uint8Array;
  /** `broken`: the connection was lost in the middle of it. */
  state: "waiting" | "sending" | "broken";
  /** A byte of it may have reached the printer. */
  hasStarted: boolean;
}

/**
 * A print queue in front of a printer, as Windows and CUPS have them: takes every document at once, whatever
 * the printer does, passes them on one after the other, and never hears what came of the paper.
 */
export class VirtualPrintQueue {
  readonly #printer: VirtualPrinter;
  readonly #clock: Clock;
  readonly #retryMs: number;
  readonly #onBroken: NonNullable<QueueOptions["onBroken"]>;
  readonly #jobs: QueuedJob[] = [];
  readonly #listeners = new Set<() => void>();
  #lastId = 0;
  #isPaused = false;
  #isPluggedIn = true;
  #isClosed = false;
  #connection: PrinterConnection | undefined;
  #cancelRetry: () => void = () => {};

  constructor(printer: VirtualPrinter, options: QueueOptions) {
    this.#printer = printer;
    this.#clock = options.clock;
    this.#retryMs = options.retryMs ?? 1000;
    this.#onBroken = options.onBroken ?? "hold";
  }

  /** Oldest first. */
  get jobs(): readonly Readonly<QueuedJob>[] {
    return this.#jobs;
  }

  /** The number the next document will get. */
  get nextId(): number {
    return this.#lastId + 1;
  }

  get paused(): boolean {
    return this.#isPaused;
  }

  /** False while the printer is away from this computer. */
  get pluggedIn(): boolean {
    return this.#isPluggedIn;
  }

  job(id: number): Readonly<QueuedJob> | undefined {
    return this.#jobs.find((job) => job.id === id);
  }

  /** Takes the document, always. Returns its number. */
  submit(title: string, bytes: Uint8Array): number {
    this.#lastId += 1;
    const job = { id: this.#lastId, title, bytes: bytes.slice(), hasStarted: false };
    this.#jobs.push({ ...job, state: "waiting" });
    this.#changed();
    this.#sendNext();
    return job.id;
  }

  /** Nothing more is begun; a document under way still goes through. */
  pause(): void {
    this.#isPaused = true;
    this.#changed();
  }

  resume(): void {
    this.#isPaused = false;
    this.#changed();
    this.#sendNext();
  }

  /** Sends a broken document again from its beginning. */
  restart(id: number): void {
    const job = this.#jobs.find((one) => one.id === id);
    if (job?.state !== "broken") return;
    job.state = "waiting";
    this.#changed();
    this.#sendNext();
  }

  /** Takes a document out; what the printer has of it, it keeps. False when it is not there any more. */
  delete(id: number): boolean {
    const at = this.#jobs.findIndex((job) => job.id === id);
    if (at < 0) return false;
    const [job] = this.#jobs.splice(at, 1);
    if (job?.state === "sending") this.#connection?.close();
    this.#changed();
    this.#sendNext();
    return true;
  }

  /** Pulls the cable between this computer and the printer. */
  unplug(): void {
    this.#isPluggedIn = false;
    this.#connection?.close();
    this.#changed();
  }

  plug(): void {
    this.#isPluggedIn = true;
    this.#changed();
    this.#sendNext();
  }

  /** Called after every change of the queue. */
  on(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelRetry();
    this.#connection?.close();
  }

  #sendNext(): void {
    this.#cancelRetry();
    const [job] = this.#jobs;
    // A broken document holds up the ones behind it, as spoolers do.
    if (this.#isClosed || this.#isPaused || job?.state !== "waiting") return;
    const connection = this.#isPluggedIn ? this.#connect() : undefined;
    if (connection === undefined) {
      this.#cancelRetry = this.#clock.setTimer(this.#retryMs, () => this.#sendNext());
      return;
    }
    job.state = "sending";
    job.hasStarted = true;
    this.#connection = connection;
    this.#changed();
    connection.write(job.bytes).then(
      () => this.#ended(job, connection, true),
      () => this.#ended(job, connection, false),
    );
  }

  #connect(): PrinterConnection | undefined {
    try {
      return this.#printer.connect();
    } catch {
      return undefined; // tried again: a queue waits for its printer
    }
  }

  #ended(job: QueuedJob, connection: PrinterConnection, isWhole: boolean): void {
    if (this.#connection === connection) this.#connection = undefined;
    connection.close();
    const at = this.#jobs.indexOf(job);
    if (at >= 0) {
      if (isWhole || this.#onBroken === "drop") this.#jobs.splice(at, 1);
      else job.state = this.#onBroken === "restart" ? "waiting" : "broken";
      this.#changed();
    }
    this.#sendNext();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
