import { wait, type Clock } from "../../clock.ts";
import type { ReceiveBuffer } from "./receive-buffer.ts";
import { PrinterConnectionError, type PrinterConnection, type SerialFlow } from "./types.ts";

const XON = 0x11;
const XOFF = 0x13;
/** One start bit, eight data bits, one stop bit. */
const BITS_PER_BYTE = 10;
/** Moved at a time: a timer for every byte would cost more than the printer. */
const CHUNK_BYTES = 16;
/** XOFF goes out when this share of the buffer is full, XON when it is down to that. */
const XOFF_SHARE = 7 / 8;
const XON_SHARE = 3 / 4;
/** How soon a held back host looks again, milliseconds. */
const LOOK_AGAIN_MS = 10;

export interface SerialLineOptions {
  clock: Clock;
  /** The printer's, which is what the flow control is about. */
  buffer: Pick<ReceiveBuffer, "used" | "capacity">;
  baudRate: number;
  flow: SerialFlow;
}

/** A serial cable: every byte takes its time, both ways, and only flow control keeps a full printer from losing. */
export class SerialLine implements PrinterConnection {
  readonly #inner: PrinterConnection;
  readonly #clock: Clock;
  readonly #buffer: SerialLineOptions["buffer"];
  readonly #msPerByte: number;
  readonly #flow: SerialFlow;
  readonly #listeners: ((bytes: Uint8Array) => void)[] = [];
  #turn: Promise<void> = Promise.resolve();
  #answers: Promise<void> = Promise.resolve();
  /** When the byte sent last has left the wire, for either direction. */
  #sentUntilMs = 0;
  #saidUntilMs = 0;
  #isClosed = false;
  /** Settles when the printer lets the host go on. */
  #heldBack: Promise<void> | undefined;

  constructor(inner: PrinterConnection, options: SerialLineOptions) {
    this.#inner = inner;
    this.#clock = options.clock;
    this.#buffer = options.buffer;
    this.#flow = options.flow;
    this.#msPerByte = (BITS_PER_BYTE * 1000) / options.baudRate;
    inner.onClose(() => {
      this.#isClosed = true;
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    const copy = bytes.slice();
    const written = this.#turn.then(() => this.#send(copy));
    this.#turn = written.catch(() => {}); // said to its own caller
    return written;
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#listeners.push(listener);
    // Listening starts with the first: until then the session keeps what was said.
    if (this.#listeners.length === 1) this.#inner.onData((bytes) => this.#say(bytes));
  }

  onClose(listener: (error?: Error) => void): void {
    this.#inner.onClose(listener);
  }

  close(): void {
    this.#isClosed = true;
    this.#inner.close();
  }

  async #send(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      const chunk = bytes.subarray(at, at + CHUNK_BYTES);
      // The host's system stops at XOFF. What a host does that gets to see it is its own affair.
      if (this.#flow === "software") await this.#heldBack;
      this.#sentUntilMs = await this.#pass(this.#sentUntilMs, chunk.length);
      await this.#inner.write(chunk);
      if (this.#isNearlyFull) this.#heldBack ??= this.#holdBack();
    }
    if (this.#isClosed) throw new PrinterConnectionError("EPIPE", "the serial line is closed");
  }

  /** Waits until `count` bytes have gone over the wire; returns when that was. */
  async #pass(freeAtMs: number, count: number): Promise<number> {
    const nowMs = this.#clock.monotonicMs();
    const doneMs = Math.max(nowMs, freeAtMs) + count * this.#msPerByte;
    // A dead wire takes no time: what is written to it fails at once.
    if (doneMs > nowMs && !this.#isClosed) await wait(this.#clock, doneMs - nowMs);
    return doneMs;
  }

  get #isNearlyFull(): boolean {
    const byXoff = this.#flow === "software" || this.#flow === "rawSoftware";
    return byXoff && this.#buffer.used >= this.#buffer.capacity * XOFF_SHARE;
  }

  /** The printer's side of software flow control: XOFF, and XON when it has printed some of it. */
  async #holdBack(): Promise<void> {
    const tell = (byte: number) => {
      if (this.#flow === "rawSoftware") this.#say(Uint8Array.of(byte));
    };
    tell(XOFF);
    while (this.#buffer.used > this.#buffer.capacity * XON_SHARE && !this.#isClosed)
      await wait(this.#clock, LOOK_AGAIN_MS);
    tell(XON);
    this.#heldBack = undefined;
  }

  #say(bytes: Uint8Array): void {
    this.#answers = this.#answers.then(async () => {
      this.#saidUntilMs = await this.#pass(this.#saidUntilMs, bytes.length);
      if (this.#isClosed) return;
      for (const listener of this.#listeners) listener(bytes);
    });
  }
}
