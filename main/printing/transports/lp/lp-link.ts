import type { PrinterLink } from "../../transport.ts";
import type { DeviceFile } from "./device-file.ts";

/** While the printer was just spoken to or has just spoken, its next answer is near. */
const READ_SOON_MS = 10;
const READ_IDLE_MS = 100;
const IDLE_AFTER_MS = 2_000;
/** How soon a printer that takes nothing is offered the rest again; doubles up to the longest. */
const WRITE_AGAIN_MS = 2;
const WRITE_AGAIN_LONGEST_MS = 50;
const NOTHING = new Uint8Array(0);

/** A kernel printer device that is open. It has no events, so it is looked at again and again. */
export class LpLink implements PrinterLink {
  private readonly device: DeviceFile;
  private readonly listeners: ((bytes: Uint8Array) => void)[] = [];
  private readonly closing = Promise.withResolvers<void>();
  private isClosed = false;
  private lastActiveMs = performance.now();
  private wakeReader: () => void = () => {};
  private reading: Promise<void> | null = null;
  private last: Promise<void> = Promise.resolve();

  constructor(device: DeviceFile) {
    this.device = device;
  }

  /** Resolves when the kernel has handed every byte to the printer. */
  write(bytes: Uint8Array): Promise<void> {
    const turn = this.last.then(() => this.send(bytes));
    this.last = turn.catch(() => {}); // said to its own caller
    return turn;
  }

  /** The device keeps what nobody has read yet: reading starts with the first listener. */
  onData(listener: (bytes: Uint8Array) => void): void {
    this.listeners.push(listener);
    this.reading ??= this.readOn();
  }

  /** Called when the device file is closed too, so that the next one can open it. */
  onClose(listener: () => void): void {
    void this.closing.promise.then(listener);
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.wakeReader();
    // After the calls under way: the number of a closed file may be another file's at once.
    void Promise.allSettled([this.last, this.reading])
      .then(() => this.device.close())
      .catch(() => {}) // a device that was pulled out has nothing left to close
      .finally(() => this.closing.resolve());
  }

  private async send(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    let waitMs = WRITE_AGAIN_MS;
    // The last, empty one asks whether the block before it has left (Linux drivers/usb/class/usblp.c,
    // usblp_wwait: every write waits for that first, whatever its length).
    for (let isOver = false; !isOver;) {
      if (this.isClosed) throw new Error("the link is closed");
      const isEmpty = rest.length === 0;
      const taken = await this.orClose(() => this.device.write(isEmpty ? NOTHING : rest));
      if (taken === null) {
        await pause(waitMs);
        waitMs = Math.min(waitMs * 2, WRITE_AGAIN_LONGEST_MS);
        continue;
      }
      waitMs = WRITE_AGAIN_MS;
      this.active();
      isOver = isEmpty;
      rest = rest.subarray(taken);
    }
  }

  private async readOn(): Promise<void> {
    while (!this.isClosed) {
      const bytes = await this.orClose(() => this.device.read()).catch(() => null); // it is closed now
      if (this.isClosed || bytes === "never") return;
      if (bytes !== null) {
        this.active();
        for (const listener of this.listeners) listener(bytes);
        continue;
      }
      const isIdle = performance.now() - this.lastActiveMs > IDLE_AFTER_MS;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, isIdle ? READ_IDLE_MS : READ_SOON_MS);
        this.wakeReader = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  private active(): void {
    const wasIdle = performance.now() - this.lastActiveMs > IDLE_AFTER_MS;
    this.lastActiveMs = performance.now();
    if (wasIdle) this.wakeReader();
  }

  /** Whatever a device refuses for, it is over with this file: ENODEV and EIO mean it was pulled out. */
  private async orClose<Value>(call: () => Promise<Value>): Promise<Value> {
    try {
      return await call();
    } catch (error) {
      this.close();
      throw error;
    }
  }
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
