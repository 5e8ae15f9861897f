import type { PrinterLink } from "../transport.ts";

/** The far end of a link, in the printer host. */
export interface RemoteEnd {
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
  portStatus(): Promise<number | null>;
}

/** A link whose wire is held by the printer host. */
export class RemoteLink implements PrinterLink {
  private readonly far: RemoteEnd;
  private readonly listeners: ((bytes: Uint8Array) => void)[] = [];
  /** What came before anybody listened. */
  private unread: Uint8Array[] = [];
  private readonly closing = Promise.withResolvers<void>();
  private isClosed = false;

  constructor(far: RemoteEnd) {
    this.far = far;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.isClosed) return Promise.reject(new Error("the link is closed"));
    return this.far.write(bytes);
  }

  portStatus(): Promise<number | null> {
    return this.isClosed ? Promise.resolve(null) : this.far.portStatus();
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.listeners.push(listener);
    const unread = this.unread;
    this.unread = [];
    for (const bytes of unread) listener(bytes);
  }

  onClose(listener: () => void): void {
    void this.closing.promise.then(listener);
  }

  close(): void {
    if (this.isClosed) return;
    this.lost();
    this.far.close();
  }

  /** The host has told what the printer said. */
  received(bytes: Uint8Array): void {
    if (this.isClosed) return;
    if (this.listeners.length === 0) this.unread.push(bytes);
    for (const listener of this.listeners) listener(bytes);
  }

  /** It is over, whoever ended it. */
  lost(): void {
    this.isClosed = true;
    this.closing.resolve();
  }
}
