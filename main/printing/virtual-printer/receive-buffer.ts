/**
 * The printer's receive buffer: bytes wait here in order until the print head gets to them.
 * Real-time commands are executed on arrival and take no room, so a till that polls the status of
 * an open printer for an hour does not fill it.
 */
export class ReceiveBuffer {
  readonly capacity: number;
  #bytes: Uint8Array;
  #start = 0;
  #end = 0;
  /** Absolute position of the byte at `#start`; never goes back. */
  #startPosition = 0;
  /** Absolute positions [from, to) of bytes that take no room. */
  #weightless: { from: number; to: number }[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#bytes = new Uint8Array(Math.max(1024, capacity));
  }

  /** Bytes waiting, real-time commands included. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** Bytes that take up room. */
  get used(): number {
    let weightless = 0;
    for (const range of this.#weightless) weightless += range.to - range.from;
    return this.length - weightless;
  }

  /** Absolute position of the next byte to be pushed. */
  get endPosition(): number {
    return this.#startPosition + this.length;
  }

  /** Absolute position of the next byte to be taken. */
  get startPosition(): number {
    return this.#startPosition;
  }

  push(byte: number): void {
    if (this.#end === this.#bytes.length) this.#makeRoom();
    this.#bytes[this.#end] = byte;
    this.#end += 1;
  }

  /** Makes the last `count` bytes weightless, as far as they are still here. */
  releaseLast(count: number): void {
    const to = this.endPosition;
    const from = Math.max(to - count, this.#startPosition);
    if (from === to) return;
    const last = this.#weightless.at(-1);
    if (last !== undefined && last.to === from) last.to = to;
    else this.#weightless.push({ from, to });
  }

  /** Takes the oldest byte out; undefined when there is none. */
  shift(): number | undefined {
    if (this.#start === this.#end) return undefined;
    const byte = this.#bytes[this.#start];
    this.#start += 1;
    this.#startPosition += 1;
    const first = this.#weightless[0];
    if (first !== undefined && this.#startPosition > first.from) {
      first.from = this.#startPosition;
      if (first.from >= first.to) this.#weightless.shift();
    }
    return byte;
  }

  clear(): void {
    this.#startPosition += this.length;
    this.#start = 0;
    this.#end = 0;
    this.#weightless = [];
  }

  #makeRoom(): void {
    const waiting = this.#bytes.subarray(this.#start, this.#end);
    const target =
      this.#start > this.#bytes.length / 2 ? this.#bytes : new Uint8Array(this.#bytes.length * 2);
    target.set(waiting, 0);
    this.#bytes = target;
    this.#end = waiting.length;
    this.#start = 0;
  }
}
