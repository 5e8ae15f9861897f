const PROCESS_ID = [0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30];

/** A request seen on its way in, long before the print head gets to it. */
export type SeenFence = { kind: "processId"; id: number[] } | { kind: "paperSensor" };

/**
 * Looks for GS ( H fn 48 and GS r 1 in arriving bytes. Only a dishonest interface board does this: it
 * answers what it sees instead of letting the printer answer what it has done.
 */
export class FenceWatch {
  #last: number[] = [];

  accept(byte: number): SeenFence | undefined {
    this.#last.push(byte);
    if (this.#last.length > 11) this.#last.shift();
    const last = this.#last;
    if (last.length === 11 && PROCESS_ID.every((expected, index) => last[index] === expected)) {
      return { kind: "processId", id: last.slice(7) };
    }
    const [gs, letter, n] = last.slice(-3);
    if (gs === 0x1d && letter === 0x72 && (n === 1 || n === 0x31)) return { kind: "paperSensor" };
    return undefined;
  }

  reset(): void {
    this.#last = [];
  }
}
