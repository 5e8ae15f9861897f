import { wait, type Clock } from "../../../clock.ts";
import type { PrinterLink } from "../../transport.ts";

/** One transfer under way. */
export interface BulkTransfer<Result> {
  readonly done: Promise<Result>;
  /** Asks for an early end; `done` still settles, with what had gone by then. */
  readonly cancel: () => void;
}

/** How a transfer to the printer ended. `bytes`: how many of them it has taken, also when it failed. */
export interface Sent {
  bytes: number;
  error: Error | null;
}

/** A printer's two bulk endpoints, however the system hands them over. */
export interface BulkPipe {
  /** Starts one transfer; never a second one before the first is done. Never rejects. */
  send(bytes: Uint8Array): BulkTransfer<Sent>;
  /**
   * Starts one transfer from the printer. It may bring nothing; it rejects when the way is gone.
   * null: this printer has no way back.
   */
  receive(): BulkTransfer<Uint8Array> | null;
  /** The printer class's own status byte, where the system hands it out; null: it can't be had now. */
  portStatus?(): Promise<number | null>;
  /** Gives the printer back to the system. Called once, when no transfer is under way any more. */
  close(): Promise<void>;
}

/** One transfer: small enough that a slow printer makes visible progress, a multiple of every packet size. */
const TRANSFER_BYTES = 4_096;
/** A printer that takes nothing for so long and says nothing either is not there any more. */
const STALL_MS = 5_000;
/** Some printers answer every read at once with nothing; asking again at once would keep a core busy. */
const EMPTY_PAUSE_MS = 20;
/** How long transfers that were cancelled may take to say so. */
const SETTLE_MS = 2_000;

/**
 * A link over two bulk endpoints, with the reader always running.
 *
 * A full printer takes no bytes, and that alone is no fault: it may be waiting for paper. So a transfer
 * is given up only when the printer has also said nothing since it last took bytes. What had gone by then
 * can't be told with certainty, so the link ends with it, and nothing is ever sent twice.
 */
export class BulkLink implements PrinterLink {
  /** Resolves when the printer has been given back after the link ended. */
  readonly released: Promise<void>;
  private readonly pipe: BulkPipe;
  private readonly clock: Clock;
  private readonly dataListeners: ((bytes: Uint8Array) => void)[] = [];
  /** What came before anybody listened. */
  private unread: Uint8Array[] = [];
  private turn: Promise<unknown> = Promise.resolve();
  private sending: BulkTransfer<Sent> | null = null;
  private receiving: BulkTransfer<Uint8Array> | null = null;
  private heardSinceProgress = false;
  /** Why it ended; null while it is open. */
  private ended: Error | null = null;
  private readonly startRelease: () => void;

  constructor(pipe: BulkPipe, clock: Clock) {
    this.pipe = pipe;
    this.clock = clock;
    const end = Promise.withResolvers<void>();
    this.startRelease = end.resolve;
    this.released = end.promise.then(() => this.release());
    // Told to whoever waits for it; with nobody waiting it must not end the process.
    this.released.catch(() => {});
    void this.read();
  }

  write(bytes: Uint8Array): Promise<void> {
    const sent = this.turn.then(() => this.sendAll(bytes));
    this.turn = sent.catch(() => {});
    return sent;
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.dataListeners.push(listener);
    for (const bytes of this.unread.splice(0)) listener(bytes);
  }

  onClose(listener: () => void): void {
    // Not before the printer can be opened again: whoever is told may be waiting to do just that.
    const tell = () => listener();
    void this.released.then(tell, tell);
  }

  async portStatus(): Promise<number | null> {
    return this.ended ? null : ((await this.pipe.portStatus?.()) ?? null);
  }

  get isOpen(): boolean {
    return this.ended === null;
  }

  close(): void {
    this.end(new Error("the link is closed"));
  }

  /** Ends the link for a reason of the wire, such as a pulled cable. */
  end(reason: Error): void {
    if (this.ended) return;
    this.ended = reason;
    this.unread = [];
    this.sending?.cancel();
    this.receiving?.cancel();
    this.startRelease();
  }

  private async sendAll(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      if (this.ended) throw this.ended;
      const part = bytes.subarray(at, at + TRANSFER_BYTES);
      const { bytes: taken, error } = await this.send(part);
      at += taken;
      if (error === null && taken === part.length) continue;
      const why = error?.message ?? "no error was given";
      this.end(new Error(`the printer took ${at} of ${bytes.length} bytes: ${why}`));
    }
    if (this.ended) throw this.ended;
  }

  private async send(part: Uint8Array): Promise<Sent> {
    const transfer = this.pipe.send(part);
    this.sending = transfer;
    let stalled = false;
    let cancelTimer = () => {};
    const watch = () => {
      cancelTimer = this.clock.setTimer(STALL_MS, () => {
        if (this.heardSinceProgress) return watch();
        stalled = true;
        transfer.cancel();
      });
    };
    watch();
    const sent = await transfer.done;
    cancelTimer();
    this.sending = null;
    if (sent.bytes > 0) this.heardSinceProgress = false;
    if (!stalled) return sent;
    // It may have gone through in the very moment it was given up.
    const error =
      sent.bytes === part.length ? null : new Error(`no more for ${STALL_MS} ms, and no answer`);
    return { bytes: sent.bytes, error };
  }

  private async read(): Promise<void> {
    while (!this.ended) {
      const transfer = this.pipe.receive();
      if (transfer === null) return;
      this.receiving = transfer;
      let bytes: Uint8Array;
      try {
        bytes = await transfer.done;
      } catch (error) {
        this.receiving = null;
        this.end(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      this.receiving = null;
      if (this.ended) return;
      if (bytes.length === 0) await wait(this.clock, EMPTY_PAUSE_MS);
      else this.deliver(bytes);
    }
  }

  private deliver(bytes: Uint8Array): void {
    this.heardSinceProgress = true;
    if (this.dataListeners.length === 0) this.unread.push(bytes);
    for (const listener of this.dataListeners) listener(bytes);
  }

  /** A device can't be let go of while a transfer is under way: its memory is still in use. */
  private async release(): Promise<void> {
    const none = Promise.resolve();
    const settled = Promise.allSettled([this.sending?.done ?? none, this.receiving?.done ?? none]);
    const late = Promise.withResolvers<void>();
    const cancelTimer = this.clock.setTimer(SETTLE_MS, late.resolve);
    await Promise.race([settled, late.promise]);
    cancelTimer();
    await this.pipe.close();
  }
}
