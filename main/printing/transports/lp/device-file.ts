import { close, constants, fstat, open, read, write } from "node:fs";
import { promisify } from "node:util";
import { messageOf } from "../../native/host-error.ts";
import { PrinterUnreachable } from "../../transport.ts";

const openFile = promisify(open);
const closeFile = promisify(close);
const stat = promisify(fstat);
const readFile = promisify(read);
const writeFile = promisify(write);
const READ_BYTES = 1_024;
const { O_RDWR, O_NONBLOCK, O_NOCTTY } = constants;

/**
 * A printer's device file, opened so that no call on it ever waits: a printer that takes nothing must
 * not hold one of the few threads that file calls have.
 */
export interface DeviceFile {
  /** What the printer has said; null: nothing now; "never": it can't. @throws when the device is gone. */
  read(): Promise<Uint8Array | "never" | null>;
  /** @returns how many bytes it took; null: it takes nothing now. @throws when the device is gone. */
  write(bytes: Uint8Array): Promise<number | null>;
  close(): Promise<void>;
}

/** @throws PrinterUnreachable */
export async function openDevice(path: string): Promise<DeviceFile> {
  let fd: number;
  try {
    fd = await openFile(path, O_RDWR | O_NONBLOCK | O_NOCTTY);
  } catch (error) {
    const isBusy = codeOf(error) === "EBUSY";
    throw new PrinterUnreachable(isBusy ? "busy" : "unreachable", messageOf(error));
  }
  if (!(await stat(fd)).isCharacterDevice()) {
    await closeFile(fd);
    throw new PrinterUnreachable("noPrinter", `${path} is no printer`);
  }
  return {
    read: () => orLater(() => readSome(fd)),
    write: (bytes) =>
      orLater(async () => (await writeFile(fd, bytes, 0, bytes.length, null)).bytesWritten),
    close: () => closeFile(fd),
  };
}

async function readSome(fd: number): Promise<Uint8Array | "never" | null> {
  const buffer = new Uint8Array(READ_BYTES);
  try {
    const { bytesRead } = await readFile(fd, buffer, 0, READ_BYTES, null);
    // Not the end: usblp hands on the empty packets that printers answer with while they have nothing to say.
    return bytesRead === 0 ? null : buffer.slice(0, bytesRead);
  } catch (error) {
    // A printer without a way back (Linux drivers/usb/class/usblp.c, usblp_read).
    if (codeOf(error) === "EINVAL") return "never";
    throw error;
  }
}

async function orLater<Value>(call: () => Promise<Value>): Promise<Value | null> {
  try {
    return await call();
  } catch (error) {
    if (["EAGAIN", "EWOULDBLOCK", "EINTR"].includes(codeOf(error))) return null;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
