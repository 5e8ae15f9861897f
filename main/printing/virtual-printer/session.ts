import { PrinterConnectionError, type PrinterConnection } from "./types.ts";

interface PendingWrite {
  bytes: Uint8Array;
  offset: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** The device's end of a session. */
export interface SessionDevice {
  /** Bytes are waiting on the wire, or the host has gone. */
  pump(): void;
  hostClosed(session: Session): void;
}

export interface SessionOptions {
  /** Both ways in packets of this size, taken whole or not at all; missing: byte by byte. */
  packetBytes?: number;
  /** Nothing holds the host back: what does not fit into the printer is lost. */
  overruns?: boolean;
  /** false: nothing gets back to the host. */
  answers?: boolean;
}

/** One host's connection: bytes wait here, outside the printer, while its buffer is full. */
export class Session implements PrinterConnection {
  /** @see SessionOptions.overruns */
  readonly overruns: boolean;
  readonly #device: SessionDevice;
  readonly #packetBytes: number | undefined;
  readonly #answers: boolean;
  #writes: PendingWrite[] = [];
  #closed = false;
  #error: Error | undefined;
  #dataListeners: ((bytes: Uint8Array) => void)[] = [];
  #closeListeners: ((error?: Error) => void)[] = [];
  /** Answers nobody has listened for yet. */
  #unread: Uint8Array[] = [];

  constructor(device: SessionDevice, options: SessionOptions = {}) {
    this.#device = device;
    this.#packetBytes = options.packetBytes;
    this.overruns = options.overruns ?? false;
    this.#answers = options.answers ?? true;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#closed) {
      return Promise.reject(
        this.#error ??
          new PrinterConnectionError("EPIPE", "the session with the printer is closed"),
      );
    }
    return new Promise((resolve, reject) => {
      this.#writes.push({ bytes: bytes.slice(), offset: 0, resolve, reject });
      this.#device.pump();
    });
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#dataListeners.push(listener);
    const unread = this.#unread;
    this.#unread = [];
    for (const bytes of unread) this.#deliverSoon(bytes);
  }

  onClose(listener: (error?: Error) => void): void {
    if (this.#closed) queueMicrotask(() => listener(this.#error));
    else this.#closeListeners.push(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#end(undefined);
    this.#device.hostClosed(this);
  }

  /** The next byte on the wire, without taking it. */
  peek(): number | undefined {
    const write = this.#writes[0];
    return write?.bytes[write.offset];
  }

  /** Room the printer must have before it can take the next byte: none in the middle of a packet. */
  get roomNeeded(): number {
    const write = this.#writes[0];
    if (write === undefined || this.#packetBytes === undefined) return 1;
    const isPacketStart = write.offset % this.#packetBytes === 0;
    return isPacketStart ? Math.min(this.#packetBytes, write.bytes.length - write.offset) : 0;
  }

  /** The printer has taken the byte `peek` showed. */
  take(): void {
    const write = this.#writes[0];
    if (write === undefined) return;
    write.offset += 1;
    this.settle();
  }

  /** Resolves the writes that are through, empty ones included. */
  settle(): void {
    for (;;) {
      const write = this.#writes[0];
      if (write === undefined || write.offset < write.bytes.length) return;
      this.#writes.shift();
      write.resolve();
    }
  }

  /** The printer answers. Never inside the caller's own write: a wire always takes a moment. */
  deliver(bytes: Uint8Array): void {
    if (this.#closed || !this.#answers) return;
    const size = this.#packetBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += size) {
      const packet = bytes.slice(at, at + size);
      if (this.#dataListeners.length === 0) this.#unread.push(packet);
      else this.#deliverSoon(packet);
    }
  }

  /** The printer's end goes away: TCP reset, power loss. */
  kill(reason: string): void {
    if (!this.#closed) this.#end(new PrinterConnectionError("ECONNRESET", reason));
  }

  #deliverSoon(bytes: Uint8Array): void {
    queueMicrotask(() => {
      if (this.#closed && this.#error === undefined) return;
      for (const listener of this.#dataListeners) listener(bytes.slice());
    });
  }

  #end(error: Error | undefined): void {
    this.#closed = true;
    this.#error = error;
    const writes = this.#writes;
    this.#writes = [];
    for (const write of writes) {
      write.reject(
        error ?? new PrinterConnectionError("EPIPE", "closed before the printer took every byte"),
      );
    }
    const listeners = this.#closeListeners;
    this.#closeListeners = [];
    queueMicrotask(() => {
      for (const listener of listeners) listener(error);
    });
  }
}
