/** How long drawing may hold up whatever else is waiting: replies of printers, scans, the clock. */
const TURN_MS = 8;

/** Cuts long work into turns of the main loop: asked after every step, and waited for when it is over. */
export class Turn {
  #since = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#since >= TURN_MS;
  }

  /** Resolves when everything else that waits has had its turn. */
  async give(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }
}
