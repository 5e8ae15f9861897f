import { PrinterUnreachable } from "../../transport.ts";
import { StructReader } from "../usbprint/c-struct.ts";
import { ERROR, isHandle, type Handle } from "../usbprint/win32.ts";
import type { JobState, QueueState } from "./queue-state.ts";
import {
  DRIVER_INFO_8W,
  JOB_INFO_1W,
  PRINTER_DRIVER_XPS,
  PRINTER_ENUM_CONNECTIONS,
  PRINTER_ENUM_LOCAL,
  PRINTER_INFO_2W,
  PRINTER_INFO_4W,
  SPOOLER_ERROR,
  type Filled,
  type Winspool,
} from "./winspool.ts";

/** How often a size that keeps growing is asked for again. */
const MOST_TRIES = 5;
/** Enough to see what stands in front; a till's queue is empty or stuck. */
const JOBS_LOOKED_AT = 64;

/** A call of the spooler that failed. */
export class SpoolerError extends Error {
  readonly code: number;

  constructor(call: string, code: number) {
    super(`${call} failed with Windows error ${code}`);
    this.name = "SpoolerError";
    this.code = code;
  }
}

/**
 * Opens a queue for as long as `use` needs it.
 * @throws PrinterUnreachable when it can't be opened; nothing has been handed over then
 */
export async function withQueue<Value>(
  winspool: Winspool,
  name: string,
  use: (queue: OpenQueue) => Promise<Value>,
): Promise<Value> {
  const opened = await winspool.OpenPrinterW(name);
  if (!isHandle(opened.value)) throw refused(name, opened.code);
  try {
    return await use(new OpenQueue(winspool, opened.value));
  } finally {
    // Closing can only fail for a handle that is none, and there is nothing to be done about it then.
    await winspool.ClosePrinter(opened.value);
  }
}

function refused(name: string, code: number): PrinterUnreachable {
  switch (code) {
    case SPOOLER_ERROR.invalidPrinterName:
      return new PrinterUnreachable("noPrinter", `Windows has no queue named ${name}`);
    case SPOOLER_ERROR.serverUnavailable:
      return new PrinterUnreachable("unreachable", `${name}: the print spooler is not running`);
    case ERROR.accessDenied:
      return new PrinterUnreachable("unreachable", `${name}: this account may not print on it`);
    default:
      return new PrinterUnreachable("unreachable", `${name}: Windows error ${code}`);
  }
}

/** One queue, open, with the questions asked of it. All reject with SpoolerError. */
export class OpenQueue {
  readonly handle: Handle;
  readonly winspool: Winspool;

  constructor(winspool: Winspool, handle: Handle) {
    this.winspool = winspool;
    this.handle = handle;
  }

  async state(): Promise<QueueState> {
    const { memory, address } = await read("GetPrinterW", (buffer) =>
      this.winspool.GetPrinterW(this.handle, 2, buffer),
    );
    return queueState(new StructReader(PRINTER_INFO_2W, memory, address), 0);
  }

  /** The jobs at the front, in their order. */
  async jobs(): Promise<JobState[]> {
    const { memory, address, count } = await read("EnumJobsW", (buffer) =>
      this.winspool.EnumJobsW(this.handle, JOBS_LOOKED_AT, 1, buffer),
    );
    const reader = new StructReader(JOB_INFO_1W, memory, address);
    return Array.from({ length: count }, (_, index) => jobState(reader, index));
  }

  /** null: it is not there any more. */
  async job(id: number): Promise<JobState | null> {
    try {
      const { memory, address } = await read("GetJobW", (buffer) =>
        this.winspool.GetJobW(this.handle, id, 1, buffer),
      );
      return jobState(new StructReader(JOB_INFO_1W, memory, address), 0);
    } catch (error) {
      if (error instanceof SpoolerError && error.code === ERROR.invalidParameter) return null;
      throw error;
    }
  }

  /** @returns false when there is no such job any more, or it can't be commanded */
  async command(id: number, command: number): Promise<boolean> {
    return (await this.winspool.SetJobW(this.handle, id, command)).value;
  }

  /**
   * What the documents have to be called so that the driver leaves them alone: `XPS_PASS` for drivers that
   * go through the XPS pipeline, all of version 4 among them, where `RAW` makes an empty spool file (KB2779300).
   */
  async rawDatatype(): Promise<"RAW" | "XPS_PASS"> {
    const { memory, address } = await read("GetPrinterDriverW", (buffer) =>
      this.winspool.GetPrinterDriverW(this.handle, 8, buffer),
    );
    const reader = new StructReader(DRIVER_INFO_8W, memory, address);
    const isXps = reader.number("dwPrinterDriverAttributes") & PRINTER_DRIVER_XPS;
    return isXps ? "XPS_PASS" : "RAW";
  }
}

/**
 * Every queue of this computer, network queues it is connected to included. Local queues are asked for all that
 * is known of them. Connections are asked for by name alone, which Windows reads from the registry: for more it
 * opens each of them, and one whose server is off holds up the whole list until its call times out (Microsoft,
 * EnumPrinters and PRINTER_INFO_4, remarks).
 * @param problem told when the connections can't be read; the local queues are found all the same
 * @throws SpoolerError
 */
export async function listQueues(
  winspool: Winspool,
  problem: (error: Error) => void = () => {},
): Promise<QueueState[]> {
  const local = await read("EnumPrintersW", (buffer) =>
    winspool.EnumPrintersW(PRINTER_ENUM_LOCAL, 2, buffer),
  );
  const localReader = new StructReader(PRINTER_INFO_2W, local.memory, local.address);
  const queues = Array.from({ length: local.count }, (_, index) => queueState(localReader, index));
  const names = await connectionNames(winspool).catch((error: unknown) => {
    if (!(error instanceof SpoolerError)) throw error;
    problem(error);
    return [];
  });
  const known = new Set(queues.map(({ name }) => name));
  const connected = names
    .filter((name) => !known.has(name))
    .map((name) => ({ name, port: "", driver: "", status: 0, attributes: 0 }));
  return [...queues, ...connected];
}

/** Such as `\\\\office-pc\\kitchen`. @throws SpoolerError */
async function connectionNames(winspool: Winspool): Promise<string[]> {
  const { memory, address, count } = await read("EnumPrintersW", (buffer) =>
    winspool.EnumPrintersW(PRINTER_ENUM_CONNECTIONS, 4, buffer),
  );
  const reader = new StructReader(PRINTER_INFO_4W, memory, address);
  return Array.from({ length: count }, (_, index) => reader.text("pPrinterName", index));
}

function queueState(
  reader: StructReader<keyof typeof PRINTER_INFO_2W.offsets>,
  index: number,
): QueueState {
  return {
    name: reader.text("pPrinterName", index),
    port: reader.text("pPortName", index),
    driver: reader.text("pDriverName", index),
    status: reader.number("Status", index),
    attributes: reader.number("Attributes", index),
  };
}

function jobState(reader: StructReader<keyof typeof JOB_INFO_1W.offsets>, index: number): JobState {
  return {
    status: reader.number("Status", index),
    pagesPrinted: reader.number("PagesPrinted", index),
  };
}

/** Asks for the size, then for the thing, and again when it has grown in between. */
async function read(
  call: string,
  fill: (buffer: Uint8Array | null) => Promise<Filled>,
): Promise<{ memory: Uint8Array; address: bigint; count: number }> {
  let buffer: Buffer | null = null;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { value, code, neededBytes, count, address } = await fill(buffer);
    if (value) {
      // Nothing to return fits into no buffer.
      return { memory: buffer ?? Buffer.alloc(0), address, count: buffer === null ? 0 : count };
    }
    if (code !== ERROR.insufficientBuffer) throw new SpoolerError(call, code);
    buffer = Buffer.alloc(neededBytes);
  }
  throw new SpoolerError(call, ERROR.insufficientBuffer);
}
