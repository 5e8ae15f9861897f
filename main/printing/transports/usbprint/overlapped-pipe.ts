import type { Clock } from "../../../clock.ts";
import type { BulkPipe, BulkTransfer, Sent } from "../usb/bulk-link.ts";
import {
  ERROR,
  IOCTL_USBPRINT_GET_LPT_STATUS,
  isHandle,
  OVERLAPPED,
  type Called,
  type Handle,
  type Memory,
  type Win32,
} from "./win32.ts";

/**
 * How often a transfer is asked whether it is done. Waiting for its event instead would take one of Node's
 * four worker threads for as long as the printer is silent, which is all day.
 */
const POLL_MS = 10;
/** Longer than any packet of a printer. */
const READ_BYTES = 512;
const WRITE_BYTES = 4_096;
/** What GET_LPT_STATUS answers (usbprint.h: one UCHAR). */
const STATUS_BYTES = 1;

/** One direction: memory the system may use at any time, and the state of the transfer in it. */
interface Channel {
  buffer: Memory;
  overlapped: Memory;
  event: Handle;
}

/** How a transfer ended. */
interface Ended {
  bytes: number;
  /** 0: well. */
  code: number;
}

/** A printer behind usbprint.sys, opened for overlapped transfers. */
export class OverlappedPipe implements BulkPipe {
  private readonly win32: Win32;
  private readonly clock: Clock;
  private readonly file: Handle;
  private readonly out: Channel;
  private readonly in: Channel;
  private readonly status: Channel;
  private readonly underWay = new Set<Channel>();
  private hasWayBack = true;
  private isClosed = false;

  /** @throws Error when the system gives no event; the file is the caller's to close then */
  constructor(win32: Win32, file: Handle, clock: Clock) {
    this.win32 = win32;
    this.file = file;
    this.clock = clock;
    this.out = this.channel(WRITE_BYTES);
    const made = [this.out];
    try {
      this.in = this.channel(READ_BYTES);
      made.push(this.in);
      this.status = this.channel(STATUS_BYTES);
    } catch (error) {
      for (const channel of made) this.freeChannel(channel);
      throw error;
    }
  }

  send(bytes: Uint8Array): BulkTransfer<Sent> {
    if (bytes.length > WRITE_BYTES) throw new RangeError(`at most ${WRITE_BYTES} bytes at once`);
    this.win32.put(this.out.buffer, bytes);
    const { done, cancel } = this.start(this.out, (buffer, overlapped) =>
      this.win32.WriteFile(this.file, buffer, bytes.length, overlapped),
    );
    return {
      cancel,
      done: done.then(({ bytes: taken, code }) => ({
        bytes: taken,
        error: code === 0 ? null : new Error(words(code)),
      })),
    };
  }

  receive(): BulkTransfer<Uint8Array> | null {
    if (!this.hasWayBack) return null;
    const { done, cancel } = this.start(this.in, (buffer, overlapped) =>
      this.win32.ReadFile(this.file, buffer, READ_BYTES, overlapped),
    );
    return {
      cancel,
      done: done.then(({ bytes, code }) => {
        if (code === 0) return this.win32.take(this.in.buffer, bytes);
        // A one-way printer: reading is nothing it can do, writing is.
        if (ONE_WAY.has(code)) this.hasWayBack = false;
        else if (code !== ERROR.semTimeout) throw new Error(words(code));
        return new Uint8Array(0);
      }),
    };
  }

  async portStatus(): Promise<number | null> {
    if (this.isClosed || this.underWay.has(this.status)) return null;
    const { done } = this.start(this.status, (buffer, overlapped) =>
      this.win32.DeviceIoControl(
        this.file,
        IOCTL_USBPRINT_GET_LPT_STATUS,
        buffer,
        STATUS_BYTES,
        overlapped,
      ),
    );
    const { bytes, code } = await done;
    if (code !== 0 || bytes === 0) return null;
    return this.win32.take(this.status.buffer, STATUS_BYTES)[0] ?? null;
  }

  close(): Promise<void> {
    this.isClosed = true;
    this.win32.CloseHandle(this.file);
    for (const channel of [this.out, this.in, this.status]) {
      // Memory that a transfer may still write to is never given back, not even at the price of losing it.
      if (!this.underWay.has(channel)) this.freeChannel(channel);
    }
    return Promise.resolve();
  }

  private start(
    channel: Channel,
    call: (buffer: Memory, overlapped: Memory) => Called<boolean>,
  ): BulkTransfer<Ended> {
    const overlapped = Buffer.alloc(OVERLAPPED.size);
    overlapped.writeBigUInt64LE(BigInt(channel.event), OVERLAPPED.offsets.hEvent);
    this.win32.put(channel.overlapped, overlapped);
    const started = call(channel.buffer, channel.overlapped);
    if (!started.value && started.code !== ERROR.ioPending)
      return { done: Promise.resolve({ bytes: 0, code: started.code }), cancel: () => {} };
    this.underWay.add(channel);
    return {
      done: this.ended(channel),
      cancel: () => {
        if (this.underWay.has(channel)) this.win32.CancelIoEx(this.file, channel.overlapped);
      },
    };
  }

  private ended(channel: Channel): Promise<Ended> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.isClosed) return resolve({ bytes: 0, code: ERROR.operationAborted });
        const result = this.win32.GetOverlappedResult(this.file, channel.overlapped);
        if (!result.value && result.code === ERROR.ioIncomplete) {
          this.clock.setTimer(POLL_MS, look);
          return;
        }
        this.underWay.delete(channel);
        resolve({ bytes: result.transferredBytes, code: result.value ? 0 : result.code });
      };
      look();
    });
  }

  private channel(bytes: number): Channel {
    const event = this.win32.CreateEventW();
    if (!isHandle(event.value)) throw new Error(`CreateEventW failed: ${words(event.code)}`);
    const [buffer, overlapped] = [this.win32.allocate(bytes), this.win32.allocate(OVERLAPPED.size)];
    return { buffer, overlapped, event: event.value };
  }

  private freeChannel({ buffer, overlapped, event }: Channel): void {
    this.win32.CloseHandle(event);
    this.win32.free(buffer);
    this.win32.free(overlapped);
  }
}

const ONE_WAY = new Set<number>([ERROR.invalidFunction, ERROR.notSupported]);

function words(code: number): string {
  const said = {
    [ERROR.operationAborted]: "cancelled",
    [ERROR.deviceNotConnected]: "the printer is not connected",
    [ERROR.genFailure]: "the printer does not work or is gone",
  }[code];
  return said ?? `Windows error ${code}`;
}
