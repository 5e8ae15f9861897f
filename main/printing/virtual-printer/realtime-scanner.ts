/** A command that the printer executes the moment its last byte arrives. */
export type RealtimeCommand =
  | { kind: "status"; n: 1 | 2 | 3 | 4 }
  | { kind: "recover"; clearBuffers: boolean }
  | { kind: "drawer"; pin: 0 | 1 }
  | { kind: "clear" };

const DLE = 0x10;
const EOT = 0x04;
const ENQ = 0x05;
const DC4 = 0x14;
const CLEAR_TAIL = [0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08] as const;

/**
 * Finds real-time commands in the byte stream on arrival, whatever they stand in: Epson's manual warns that
 * image data containing `10 04 n` is taken as a command, and so it is here. The bytes stay in the stream,
 * where the interpreter skips them as a command or uses them as data.
 */
export class RealtimeScanner {
  #seen: number[] = [];

  /** True when `byte` would begin or continue a real-time command. */
  fits(byte: number): boolean {
    return match([...this.#seen, byte]) !== "no";
  }

  /** Takes the next byte; returns the command it completes and that command's length in bytes. */
  accept(byte: number): { command: RealtimeCommand; length: number } | undefined {
    this.#seen.push(byte);
    while (this.#seen.length > 0) {
      const result = match(this.#seen);
      if (result === "more") return undefined;
      if (result !== "no") {
        const length = this.#seen.length;
        this.#seen = [];
        return { command: result, length };
      }
      this.#seen.shift();
    }
    return undefined;
  }

  reset(): void {
    this.#seen = [];
  }
}

function match(seen: readonly number[]): RealtimeCommand | "more" | "no" {
  if (seen[0] !== DLE) return "no";
  if (seen.length === 1) return "more";
  const parameter = seen[2];
  switch (seen[1]) {
    case EOT:
      if (parameter === undefined) return "more";
      if (parameter === 1 || parameter === 2 || parameter === 3 || parameter === 4) {
        return { kind: "status", n: parameter };
      }
      return "no";
    case ENQ:
      if (parameter === undefined) return "more";
      if (parameter === 1 || parameter === 2) {
        return { kind: "recover", clearBuffers: parameter === 2 };
      }
      return "no";
    case DC4:
      return matchDc4(seen.slice(2));
    default:
      return "no";
  }
}

/** `seen` is what follows DLE DC4: fn 1 is the drawer pulse (m, t), fn 8 clears the buffers. */
function matchDc4(seen: readonly number[]): RealtimeCommand | "more" | "no" {
  const [fn, m, t] = seen;
  if (fn === undefined) return "more";
  if (fn === 1) {
    if (m === undefined) return "more";
    if (m !== 0 && m !== 1) return "no";
    if (t === undefined) return "more";
    return t >= 1 && t <= 8 ? { kind: "drawer", pin: m } : "no";
  }
  if (seen.some((byte, index) => CLEAR_TAIL[index] !== byte)) return "no";
  return seen.length === CLEAR_TAIL.length ? { kind: "clear" } : "more";
}
