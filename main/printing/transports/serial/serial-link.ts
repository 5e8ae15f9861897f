import type { SerialPort } from "serialport";
import { PrinterUnreachable, type PrinterLink } from "../../transport.ts";

/** How soon a port that went away unnoticed is noticed. */
const ALIVE_EVERY_MS = 500;

/** A serial port that is open, until either side ends it. */
export class SerialLink implements PrinterLink {
  private readonly port: SerialPort;
  private readonly closed: Promise<void>;
  private isClosing = false;
  private writesOpen = 0;
  private last: Promise<void> = Promise.resolve();
  private readonly listeners: ((bytes: Uint8Array) => void)[] = [];
  /** What came before anybody listened. */
  private unread: Uint8Array[] = [];

  constructor(port: SerialPort) {
    this.port = port;
    // Always followed by "close" when it ends the port; without a listener it would end the process.
    port.on("error", () => {});
    this.closed = new Promise((resolve) => port.once("close", () => resolve()));
    // From the start: a read that waits is the first to notice that the adapter was pulled out.
    port.on("data", (bytes: Uint8Array) => {
      if (this.listeners.length === 0) this.unread.push(bytes);
      for (const listener of this.listeners) listener(bytes);
    });
    // One that comes just then reads nothing, for ever, and says nothing (bindings-cpp, unix-read.js).
    const alive = setInterval(() => this.checkAlive(), ALIVE_EVERY_MS);
    void this.closed.then(() => {
      this.isClosing = true;
      clearInterval(alive);
    });
  }

  /**
   * Resolves when every byte has left this computer. One after the other: waiting for that holds a
   * thread of the four that reading needs too (libuv's pool).
   */
  write(bytes: Uint8Array): Promise<void> {
    if (this.isClosing) return Promise.reject(new Error("the link is closed"));
    this.writesOpen += 1;
    const turn = this.last.then(() => this.send(bytes));
    this.last = turn
      .catch(() => {}) // said to its own caller
      .finally(() => {
        this.writesOpen -= 1;
      });
    return turn;
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.listeners.push(listener);
    const unread = this.unread;
    this.unread = [];
    for (const bytes of unread) listener(bytes);
  }

  onClose(listener: () => void): void {
    void this.closed.then(listener);
  }

  close(): void {
    if (this.isClosing) return;
    this.isClosing = true;
    const close = () => this.port.close(() => {});
    // What a printer does not take would keep the port closing for half a minute (Linux `closing_wait`).
    if (this.writesOpen > 0) this.port.flush(close);
    else close();
  }

  /** To wait for bytes that are not there harms no port, and fails on one that is gone. */
  private checkAlive(): void {
    if (this.isClosing || this.writesOpen > 0) return;
    this.port.drain((error) => {
      if (error) this.close();
    });
  }

  private async send(bytes: Uint8Array): Promise<void> {
    if (this.isClosing) throw new Error("the link is closed");
    const sent = new Promise<void>((resolve, reject) => {
      this.port.write(Buffer.from(bytes), (error) => {
        if (error) reject(error);
        else this.port.drain((failed) => (failed ? reject(failed) : resolve()));
      });
    });
    // A port that is closed meanwhile never answers a drain.
    const gone = this.closed.then(() => {
      throw new Error("the port was closed before it took every byte");
    });
    await Promise.race([sent, gone]);
  }
}

/** serialport's errors carry text only: the system's own words on Linux and macOS, its own on Windows. */
export function unreachableBecause(path: string, error: Error): PrinterUnreachable {
  // Locked by flock, TIOCEXCL or, on Windows, opened by anybody else, where no other "access denied" exists.
  const isBusy = /cannot lock port|resource busy|temporarily unavailable|access denied/i.test(
    error.message,
  );
  return new PrinterUnreachable(isBusy ? "busy" : "unreachable", `${path}: ${error.message}`);
}
