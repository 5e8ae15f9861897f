import type { CStruct } from "../../../main/printing/transports/usbprint/c-struct.ts";
import {
  ERROR,
  type Called,
  type Handle,
} from "../../../main/printing/transports/usbprint/win32.ts";
import {
  DRIVER_INFO_8W,
  JOB_CONTROL,
  JOB_INFO_1W,
  JOB_STATUS,
  PRINTER_ATTRIBUTE,
  PRINTER_DRIVER_XPS,
  PRINTER_ENUM_CONNECTIONS,
  PRINTER_ENUM_LOCAL,
  PRINTER_INFO_2W,
  PRINTER_INFO_4W,
  PRINTER_STATUS,
  SPOOLER_ERROR,
  type Filled,
  type Winspool,
} from "../../../main/printing/transports/spooler/winspool.ts";
import type {
  PrinterConnection,
  VirtualPrinter,
} from "../../../main/printing/virtual-printer/index.ts";

/** The Windows print spooler without Windows: the functions of `Winspool` over virtual printers. */
export interface VirtualWinspool {
  winspool: Winspool;
  addQueue(name: string, printer: VirtualPrinter, options?: QueueOptions): VirtualQueue;
  /** The service "Print Spooler" is not running. */
  serviceStopped: boolean;
  /** The next call of that function fails with this code, having done nothing. */
  failNext(name: keyof Winspool, code: number): void;
  /** Runs right behind the next call of that function, before its caller hears of it. */
  afterNext(name: keyof Winspool, run: () => void): void;
  /** Handles that were opened and not closed. */
  openHandles(): number;
}

export interface QueueOptions {
  port?: string;
  driver?: string;
  /** PRINTER_ATTRIBUTE bits that stay. */
  attributes?: number;
  /** The driver goes through the XPS pipeline: RAW gives an empty document. */
  xps?: boolean;
  /** The driver says it does, but the queue knows RAW only. */
  claimsXps?: boolean;
  /** The port monitor understands what the printer says, so lid and paper show in the queue. */
  bidirectional?: boolean;
  /** Jobs stay in the list when they are sent. */
  keepsJobs?: boolean;
  /** It belongs to another computer. "off": that computer does not answer, and neither do calls that open it. */
  server?: "on" | "off";
}

export interface VirtualQueue {
  readonly name: string;
  readonly printer: VirtualPrinter;
  /** PRINTER_STATUS bits on top of those the spooler sets by itself. */
  status: number;
  /** A WritePrinter takes no more than this at once; null: all. */
  mostBytesPerWrite: number | null;
  pause(): void;
  resume(): void;
  /** Oldest first; gone when sent, unless they are kept. */
  jobs(): readonly VirtualJob[];
  /** Puts another program's job at the end, with JOB_STATUS bits that stay. */
  addJob(status: number): VirtualJob;
  /** Somebody deletes the queue. */
  remove(): void;
}

export interface VirtualJob {
  readonly id: number;
  readonly title: string;
  readonly datatype: string;
  /** JOB_STATUS bits. */
  readonly status: number;
  readonly sentBytes: number;
  /** Sets bits that a monitor or a person would; they stay until set again. */
  flag(status: number): void;
  /** It disappears from the list, for whatever reason. */
  vanish(): void;
}

export function virtualWinspool(): VirtualWinspool {
  return new Spooler();
}

const PACKET_BYTES = 64;
const UNKNOWN_HANDLE = 6;

interface OpenPrinter {
  queue: Queue;
  document: Job | null;
}

class Spooler implements VirtualWinspool {
  serviceStopped = false;
  readonly winspool: Winspool;
  private readonly queues: Queue[] = [];
  private readonly open = new Map<Handle, OpenPrinter>();
  private readonly failing = new Map<string, number>();
  private readonly meanwhile = new Map<string, () => void>();
  private lastHandle = 0x2_0000;
  private lastAddress = 0x2_0000_0000n;
  private lastJob = 0;

  constructor() {
    const functions = { ...this.queueFunctions(), ...this.documentFunctions() };
    this.winspool = new Proxy<Winspool>(functions, {
      get: (target, name: string) => {
        const call = target[name as keyof Winspool] as (...args: unknown[]) => unknown;
        return async (...args: unknown[]) => {
          // Always answered later, as from a worker thread.
          await new Promise((resolve) => setImmediate(resolve));
          const code = this.failing.get(name);
          this.failing.delete(name);
          const none = { value: 0, neededBytes: 0, count: 0, address: 0n, writtenBytes: 0 };
          const answer = code === undefined ? await call(...args) : { ...none, code };
          const run = this.meanwhile.get(name);
          this.meanwhile.delete(name);
          run?.();
          return answer;
        };
      },
    });
  }

  addQueue(name: string, printer: VirtualPrinter, options: QueueOptions = {}): VirtualQueue {
    const queue = new Queue(name, printer, options, {
      nextJob: () => (this.lastJob += 1),
      removed: () => this.queues.splice(this.queues.indexOf(queue), 1),
    });
    this.queues.push(queue);
    return queue;
  }

  failNext(name: keyof Winspool, code: number): void {
    this.failing.set(name, code);
  }

  afterNext(name: keyof Winspool, run: () => void): void {
    this.meanwhile.set(name, run);
  }

  openHandles(): number {
    return this.open.size;
  }

  private queueFunctions() {
    const now = Promise.resolve.bind(Promise);
    return {
      OpenPrinterW: (name) => {
        const queue = this.queues.find((one) => one.name === name);
        if (this.serviceStopped) return now(failed<Handle>(SPOOLER_ERROR.serverUnavailable, 0));
        if (!queue) return now(failed<Handle>(SPOOLER_ERROR.invalidPrinterName, 0));
        this.lastHandle += 8;
        this.open.set(this.lastHandle, { queue, document: null });
        return now(well<Handle>(this.lastHandle));
      },
      ClosePrinter: (printer) => {
        this.open.get(printer)?.document?.vanish();
        return now(this.open.delete(printer) ? well(true) : failed(UNKNOWN_HANDLE, false));
      },
      GetPrinterW: (printer, level, buffer) =>
        now(
          this.about(
            printer,
            (queue) => this.fill(PRINTER_INFO_2W, [queue.info()], buffer),
            level === 2,
          ),
        ),
      GetPrinterDriverW: (printer, level, buffer) =>
        now(
          this.about(
            printer,
            (queue) => this.fill(DRIVER_INFO_8W, [queue.driverInfo()], buffer),
            level === 8,
          ),
        ),
      EnumPrintersW: (flags, level, buffer) => {
        if (this.serviceStopped) return now(empty(SPOOLER_ERROR.serverUnavailable));
        const listed = this.queues.filter(({ options: { server } }) =>
          server === undefined ? flags & PRINTER_ENUM_LOCAL : flags & PRINTER_ENUM_CONNECTIONS,
        );
        if (level === 4) {
          const names = listed.map(({ name }) => ({ pPrinterName: name, pServerName: "office" }));
          return now(this.fill(PRINTER_INFO_4W, names, buffer));
        }
        if (level !== 2) return now(empty(124));
        // Level 2 opens each connection (Microsoft, PRINTER_INFO_4, remarks).
        if (listed.some(({ options: { server } }) => server === "off"))
          return new Promise(() => {});
        const infos = listed.map((queue) => queue.info());
        return now(this.fill(PRINTER_INFO_2W, infos, buffer));
      },
      EnumJobsW: (printer, jobs, level, buffer) =>
        now(
          this.about(
            printer,
            (queue) =>
              this.fill(
                JOB_INFO_1W,
                queue.list.slice(0, jobs).map((job) => job.info()),
                buffer,
              ),
            level === 1,
          ),
        ),
      GetJobW: (printer, id, level, buffer) =>
        now(
          this.about(
            printer,
            (queue) => {
              const job = queue.list.find((one) => one.id === id);
              return job
                ? this.fill(JOB_INFO_1W, [job.info()], buffer)
                : empty(ERROR.invalidParameter);
            },
            level === 1,
          ),
        ),
      SetJobW: (printer, id, command) => {
        const queue = this.open.get(printer)?.queue;
        const job = queue?.list.find((one) => one.id === id);
        if (!queue || !job) return now(failed(ERROR.invalidParameter, false));
        if (command === JOB_CONTROL.pause) job.pause();
        else if (command === JOB_CONTROL.delete) job.vanish();
        else return now(failed(ERROR.invalidParameter, false));
        return now(well(true));
      },
    } satisfies Partial<Winspool>;
  }

  private documentFunctions() {
    const now = Promise.resolve.bind(Promise);
    const withDocument = (printer: Handle, act: (job: Job) => void) => {
      const job = this.open.get(printer)?.document;
      if (!job) return now(failed(3003, false)); // ERROR_SPL_NO_STARTDOC
      act(job);
      return now(well(true));
    };
    return {
      StartDocPrinterW: (printer, title, datatype) => {
        const opened = this.open.get(printer);
        if (!opened) return now(failed(UNKNOWN_HANDLE, 0));
        if (!opened.queue.accepts(datatype)) return now(failed(SPOOLER_ERROR.invalidDatatype, 0));
        opened.document = opened.queue.begin(title, datatype);
        return now(well(opened.document.id));
      },
      StartPagePrinter: (printer) => withDocument(printer, () => {}),
      EndPagePrinter: (printer) => withDocument(printer, () => {}),
      WritePrinter: (printer, bytes) => {
        const opened = this.open.get(printer);
        if (!opened?.document) return now({ ...failed(3003, false), writtenBytes: 0 });
        const most = opened.queue.mostBytesPerWrite ?? bytes.length;
        const part = bytes.slice(0, most);
        opened.document.add(part);
        return now({ ...well(true), writtenBytes: part.length });
      },
      EndDocPrinter: (printer) => {
        const opened = this.open.get(printer);
        return withDocument(printer, (job) => {
          if (opened) opened.document = null;
          job.complete();
        });
      },
      AbortPrinter: (printer) => withDocument(printer, (job) => job.vanish()),
    } satisfies Partial<Winspool>;
  }

  private about(printer: Handle, answer: (queue: Queue) => Filled, knowsLevel: boolean): Filled {
    const opened = this.open.get(printer);
    if (!opened) return empty(UNKNOWN_HANDLE);
    if (!this.queues.includes(opened.queue)) return empty(SPOOLER_ERROR.invalidPrinterName);
    return knowsLevel ? answer(opened.queue) : empty(124); // ERROR_INVALID_LEVEL
  }

  /** Structures first, the texts they point to behind all of them, as the spooler packs them. */
  private fill<Field extends string>(
    struct: CStruct<Field>,
    items: Partial<Record<Field, string | number>>[],
    buffer: Uint8Array | null,
  ): Filled {
    const texts = items.flatMap((item) =>
      Object.values<string | number | undefined>(item).filter((value) => typeof value === "string"),
    );
    const neededBytes =
      items.length * struct.size + texts.reduce((sum, text) => sum + 2 * (text.length + 1), 0);
    if ((buffer?.length ?? 0) < neededBytes)
      return { ...empty(ERROR.insufficientBuffer), neededBytes };
    this.lastAddress += 0x1_0000n;
    const memory = Buffer.from(
      buffer?.buffer ?? new ArrayBuffer(0),
      buffer?.byteOffset,
      buffer?.length,
    );
    let behind = items.length * struct.size;
    for (const [index, item] of items.entries())
      for (const field of Object.keys(item) as Field[]) {
        const value = item[field];
        const at = index * struct.size + struct.offsets[field];
        if (typeof value === "number") memory.writeUInt32LE(value >>> 0, at);
        else if (value !== undefined) {
          memory.writeBigUInt64LE(this.lastAddress + BigInt(behind), at);
          behind += memory.write(`${value}\0`, behind, "utf16le");
        }
      }
    return { ...well(true), neededBytes, count: items.length, address: this.lastAddress };
  }
}

interface QueueHost {
  nextJob: () => number;
  removed: () => void;
}

class Queue implements VirtualQueue {
  readonly name: string;
  readonly printer: VirtualPrinter;
  readonly options: QueueOptions;
  readonly list: Job[] = [];
  status = 0;
  mostBytesPerWrite: number | null = null;
  private readonly host: QueueHost;
  private isPaused = false;
  private isSending = false;

  constructor(name: string, printer: VirtualPrinter, options: QueueOptions, host: QueueHost) {
    this.name = name;
    this.printer = printer;
    this.options = options;
    this.host = host;
    printer.on((event) => event.kind === "state" && void this.send());
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    void this.send();
  }

  jobs(): readonly VirtualJob[] {
    return [...this.list];
  }

  addJob(status: number): VirtualJob {
    const job = new Job(this, this.host.nextJob(), "another program's", "RAW");
    job.flag(status);
    job.isForeign = true;
    this.list.push(job);
    return job;
  }

  remove(): void {
    this.list.length = 0;
    this.host.removed();
  }

  accepts(datatype: string): boolean {
    if (datatype === "RAW") return true;
    return datatype === "XPS_PASS" && this.options.xps === true;
  }

  begin(title: string, datatype: string): Job {
    const job = new Job(this, this.host.nextJob(), title, datatype);
    this.list.push(job);
    return job;
  }

  info() {
    return {
      pPrinterName: this.name,
      pPortName: this.options.port ?? "USB001",
      pDriverName: this.options.driver ?? "POS-58 Series",
      Attributes:
        (this.options.attributes ?? 0) | (this.isThere ? 0 : PRINTER_ATTRIBUTE.workOffline),
      Status: this.status | (this.isPaused ? PRINTER_STATUS.paused : 0) | this.seen(),
      cJobs: this.list.length,
    };
  }

  driverInfo() {
    const xps = this.options.xps === true || this.options.claimsXps === true;
    return {
      cVersion: xps ? 4 : 3,
      pName: this.options.driver ?? "POS-58 Series",
      dwPrinterDriverAttributes: xps ? PRINTER_DRIVER_XPS : 0,
    };
  }

  /** What a monitor that understands the printer would set on the job that is being sent. */
  jobFaults(): number {
    if (!this.options.bidirectional) return 0;
    const { paper, cover } = this.printer.state();
    if (paper === "out") return JOB_STATUS.paperOut | JOB_STATUS.error;
    return cover === "open" ? JOB_STATUS.error : 0;
  }

  /** Sends what waits, one job after the other, while the port takes it. */
  async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let job = this.next(); job; job = this.next()) await this.sendJob(job);
    } finally {
      this.isSending = false;
    }
  }

  private next(): Job | undefined {
    if (this.isPaused || !this.isThere) return undefined;
    const first = this.list.find((job) => !job.isPaused && !job.isSent);
    return first?.isReady ? first : undefined;
  }

  private async sendJob(job: Job): Promise<void> {
    let connection: PrinterConnection;
    try {
      connection = this.printer.connect();
    } catch {
      job.broken();
      return;
    }
    try {
      job.isPrinting = true;
      const bytes = this.options.xps && job.datatype === "RAW" ? Buffer.alloc(0) : job.bytes();
      for (let at = 0; at < bytes.length && this.list.includes(job); at += PACKET_BYTES) {
        await connection.write(new Uint8Array(bytes.subarray(at, at + PACKET_BYTES)));
        job.sentBytes = Math.min(bytes.length, at + PACKET_BYTES);
      }
      job.sent();
      if (!this.options.keepsJobs) job.vanish();
    } catch {
      job.broken();
    } finally {
      connection.close();
    }
  }

  private get isThere(): boolean {
    const { faults } = this.printer;
    if (faults.refuse !== undefined || faults.unreachable !== undefined) return false;
    return this.printer.state().power === "on";
  }

  private seen(): number {
    if (!this.options.bidirectional) return 0;
    const { paper, cover } = this.printer.state();
    return (
      (paper === "out" ? PRINTER_STATUS.paperOut : 0) |
      (cover === "open" ? PRINTER_STATUS.doorOpen : 0)
    );
  }
}

class Job implements VirtualJob {
  readonly id: number;
  readonly title: string;
  readonly datatype: string;
  sentBytes = 0;
  isPrinting = false;
  isPaused = false;
  isForeign = false;
  private readonly queue: Queue;
  private readonly parts: Uint8Array[] = [];
  private bits: number = JOB_STATUS.spooling;
  private flagged = 0;

  constructor(queue: Queue, id: number, title: string, datatype: string) {
    this.queue = queue;
    this.id = id;
    this.title = title;
    this.datatype = datatype;
  }

  /** Whole, and not stopped by a fault of its own. */
  get isReady(): boolean {
    return this.bits === 0 && !this.isForeign;
  }

  get isSent(): boolean {
    return (this.bits & JOB_STATUS.printed) !== 0;
  }

  get status(): number {
    const printing = this.isPrinting ? JOB_STATUS.printing | this.queue.jobFaults() : 0;
    return this.bits | this.flagged | printing | (this.isPaused ? JOB_STATUS.paused : 0);
  }

  add(bytes: Uint8Array): void {
    this.parts.push(bytes);
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }

  complete(): void {
    this.bits = 0;
    void this.queue.send();
  }

  sent(): void {
    this.isPrinting = false;
    this.bits = JOB_STATUS.printed | JOB_STATUS.complete;
  }

  /** The port failed under it: it stands in the list until somebody restarts or deletes it. */
  broken(): void {
    this.bits = JOB_STATUS.error;
  }

  pause(): void {
    this.isPaused = true;
  }

  flag(status: number): void {
    this.flagged = status;
  }

  vanish(): void {
    const at = this.queue.list.indexOf(this);
    if (at >= 0) this.queue.list.splice(at, 1);
  }

  info() {
    return {
      JobId: this.id,
      pPrinterName: this.queue.name,
      pDocument: this.title,
      pDatatype: this.datatype,
      Status: this.status,
      Position: this.queue.list.indexOf(this) + 1,
    };
  }
}

const well = <Value>(value: Value): Called<Value> => ({ value, code: 0 });
const failed = <Value>(code: number, value: Value): Called<Value> => ({ value, code });
const empty = (code: number): Filled => ({
  ...failed(code, false),
  neededBytes: 0,
  count: 0,
  address: 0n,
});
