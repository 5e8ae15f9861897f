import koffi, { type KoffiFunc } from "koffi";
import type { Called, Handle } from "../usbprint/win32.ts";
import type { ForeignLibrary } from "../usbprint/win32-table.ts";
import { DOC_INFO_1W, type Filled, type Winspool } from "./winspool.ts";

export const WINSPOOL = {
  OpenPrinterW:
    "int __stdcall OpenPrinterW(str16 pPrinterName, _Out_ intptr_t *phPrinter, void *pDefault)",
  ClosePrinter: "int __stdcall ClosePrinter(intptr_t hPrinter)",
  GetPrinterW:
    "int __stdcall GetPrinterW(intptr_t hPrinter, uint32_t Level, void *pPrinter, uint32_t cbBuf, _Out_ uint32_t *pcbNeeded)",
  GetPrinterDriverW:
    "int __stdcall GetPrinterDriverW(intptr_t hPrinter, void *pEnvironment, uint32_t Level, void *pDriverInfo, uint32_t cbBuf, _Out_ uint32_t *pcbNeeded)",
  EnumPrintersW:
    "int __stdcall EnumPrintersW(uint32_t Flags, void *Name, uint32_t Level, void *pPrinterEnum, uint32_t cbBuf, _Out_ uint32_t *pcbNeeded, _Out_ uint32_t *pcReturned)",
  EnumJobsW:
    "int __stdcall EnumJobsW(intptr_t hPrinter, uint32_t FirstJob, uint32_t NoJobs, uint32_t Level, void *pJob, uint32_t cbBuf, _Out_ uint32_t *pcbNeeded, _Out_ uint32_t *pcReturned)",
  GetJobW:
    "int __stdcall GetJobW(intptr_t hPrinter, uint32_t JobId, uint32_t Level, void *pJob, uint32_t cbBuf, _Out_ uint32_t *pcbNeeded)",
  SetJobW:
    "int __stdcall SetJobW(intptr_t hPrinter, uint32_t JobId, uint32_t Level, void *pJob, uint32_t Command)",
  StartDocPrinterW:
    "uint32_t __stdcall StartDocPrinterW(intptr_t hPrinter, uint32_t Level, void *pDocInfo)",
  EndDocPrinter: "int __stdcall EndDocPrinter(intptr_t hPrinter)",
  StartPagePrinter: "int __stdcall StartPagePrinter(intptr_t hPrinter)",
  EndPagePrinter: "int __stdcall EndPagePrinter(intptr_t hPrinter)",
  WritePrinter:
    "int __stdcall WritePrinter(intptr_t hPrinter, void *pBuf, uint32_t cbBuf, _Out_ uint32_t *pcWritten)",
  AbortPrinter: "int __stdcall AbortPrinter(intptr_t hPrinter)",
} as const;
export const LAST_ERROR = "uint32_t __stdcall GetLastError()";

type Buffers = Uint8Array | null;
type Run = <Args extends unknown[], Value>(
  call: KoffiFunc<(...args: Args) => Value>,
  ...args: Args
) => Promise<Called<Value>>;

/** The real functions, on Windows. @throws Error where there are none */
export function loadWinspool(
  load: (name: string) => ForeignLibrary = koffi.load,
  addressOf: AddressOf = koffi.address,
): Winspool {
  const winspool = load("winspool.drv");
  const lastError = load("kernel32.dll").func(LAST_ERROR) as KoffiFunc<() => number>;
  const get: Get = (name) => winspool.func(WINSPOOL[name]) as never;
  /** Arguments of calls under way: what they point to must stay where it is. */
  const inUse = new Set<unknown[]>();
  // Every call on a worker thread: the spooler may make it wait. The code of the call that has just ended
  // can be asked for in its callback, and only there (koffi 3.2.0).
  const run: Run = (call, ...args) =>
    new Promise((resolve, reject) => {
      const done = (error: Error | null, value: ReturnType<typeof call>) => {
        inUse.delete(args);
        if (error) reject(error);
        else resolve({ value, code: lastError() });
      };
      inUse.add(args);
      (call.async as (...all: unknown[]) => void)(...args, done);
    });
  const fill = filling(addressOf);
  return {
    ...printerFunctions(get, run, fill),
    ...jobFunctions(get, run, fill),
    ...documentFunctions(get, run, addressOf),
  };
}

type AddressOf = (buffer: Uint8Array) => bigint;
type Get = <F extends (...args: never[]) => unknown>(name: keyof typeof WINSPOOL) => KoffiFunc<F>;
type Fill = (
  buffer: Buffers,
  call: (size: number, needed: number[], count: number[]) => Promise<Called<number>>,
) => Promise<Filled>;

function filling(addressOf: AddressOf): Fill {
  return async (buffer, call) => {
    // Calls that fill in a single structure do not count it.
    const [needed, count] = [[0], [1]];
    const { value, code } = await call(buffer?.length ?? 0, needed, count);
    return {
      value: value !== 0,
      code,
      neededBytes: needed[0] ?? 0,
      count: count[0] ?? 0,
      address: buffer === null ? 0n : addressOf(buffer),
    };
  };
}

function printerFunctions(get: Get, run: Run, fill: Fill) {
  const open = get<(name: string, printer: Handle[], defaults: null) => number>("OpenPrinterW");
  const close = get<(printer: Handle) => number>("ClosePrinter");
  const getPrinter =
    get<
      (printer: Handle, level: number, buffer: Buffers, size: number, needed: number[]) => number
    >("GetPrinterW");
  const getDriver =
    get<
      (
        printer: Handle,
        environment: null,
        level: number,
        buffer: Buffers,
        size: number,
        needed: number[],
      ) => number
    >("GetPrinterDriverW");
  const enumPrinters =
    get<
      (
        flags: number,
        name: null,
        level: number,
        buffer: Buffers,
        size: number,
        needed: number[],
        count: number[],
      ) => number
    >("EnumPrintersW");
  return {
    OpenPrinterW: async (name) => {
      const printer: Handle[] = [0];
      const { value, code } = await run(open, name, printer, null);
      return { value: value === 0 ? 0 : (printer[0] ?? 0), code };
    },
    ClosePrinter: async (printer) => truth(await run(close, printer)),
    GetPrinterW: (printer, level, buffer) =>
      fill(buffer, (size, needed) => run(getPrinter, printer, level, buffer, size, needed)),
    GetPrinterDriverW: (printer, level, buffer) =>
      fill(buffer, (size, needed) => run(getDriver, printer, null, level, buffer, size, needed)),
    EnumPrintersW: (flags, level, buffer) =>
      fill(buffer, (size, needed, count) =>
        run(enumPrinters, flags, null, level, buffer, size, needed, count),
      ),
  } satisfies Partial<Winspool>;
}

function jobFunctions(get: Get, run: Run, fill: Fill) {
  const enumJobs =
    get<
      (
        printer: Handle,
        first: 0,
        jobs: number,
        level: number,
        buffer: Buffers,
        size: number,
        needed: number[],
        count: number[],
      ) => number
    >("EnumJobsW");
  const getJob =
    get<
      (
        printer: Handle,
        job: number,
        level: number,
        buffer: Buffers,
        size: number,
        needed: number[],
      ) => number
    >("GetJobW");
  const setJob =
    get<(printer: Handle, job: number, level: 0, data: null, command: number) => number>("SetJobW");
  return {
    EnumJobsW: (printer, jobs, level, buffer) =>
      fill(buffer, (size, needed, count) =>
        run(enumJobs, printer, 0, jobs, level, buffer, size, needed, count),
      ),
    GetJobW: (printer, job, level, buffer) =>
      fill(buffer, (size, needed) => run(getJob, printer, job, level, buffer, size, needed)),
    SetJobW: async (printer, job, command) =>
      truth(await run(setJob, printer, job, 0, null, command)),
  } satisfies Partial<Winspool>;
}

function documentFunctions(get: Get, run: Run, addressOf: AddressOf) {
  const startDoc = get<(printer: Handle, level: 1, info: Uint8Array) => number>("StartDocPrinterW");
  const endDoc = get<(printer: Handle) => number>("EndDocPrinter");
  const startPage = get<(printer: Handle) => number>("StartPagePrinter");
  const endPage = get<(printer: Handle) => number>("EndPagePrinter");
  const abort = get<(printer: Handle) => number>("AbortPrinter");
  const write =
    get<(printer: Handle, bytes: Uint8Array, size: number, written: number[]) => number>(
      "WritePrinter",
    );
  return {
    StartDocPrinterW: (printer, title, datatype) =>
      run(startDoc, printer, 1, docInfo(title, datatype, addressOf)),
    EndDocPrinter: async (printer) => truth(await run(endDoc, printer)),
    StartPagePrinter: async (printer) => truth(await run(startPage, printer)),
    EndPagePrinter: async (printer) => truth(await run(endPage, printer)),
    AbortPrinter: async (printer) => truth(await run(abort, printer)),
    WritePrinter: async (printer, bytes) => {
      const written = [0];
      const called = await run(write, printer, bytes, bytes.length, written);
      return { ...truth(called), writtenBytes: written[0] ?? 0 };
    },
  } satisfies Partial<Winspool>;
}

/** A DOC_INFO_1W with the texts it points to behind it, all in one piece of memory. */
export function docInfo(title: string, datatype: string, addressOf: AddressOf): Buffer {
  const name = Buffer.from(`${title}\0`, "utf16le");
  const type = Buffer.from(`${datatype}\0`, "utf16le");
  const { size, offsets } = DOC_INFO_1W;
  const info = Buffer.alloc(size + name.length + type.length);
  info.set(name, size);
  info.set(type, size + name.length);
  const address = addressOf(info);
  info.writeBigUInt64LE(address + BigInt(size), offsets.pDocName);
  info.writeBigUInt64LE(address + BigInt(size + name.length), offsets.pDatatype);
  return info;
}

function truth({ value, code }: Called<number>): Called<boolean> {
  return { value: value !== 0, code };
}
