import {
  DEVPROP_TYPE_STRING,
  DIGCF_DEVICEINTERFACE,
  DIGCF_PRESENT,
  ERROR,
  FILE_FLAG_OVERLAPPED,
  INVALID_HANDLE,
  IOCTL_USBPRINT_GET_LPT_STATUS,
  OVERLAPPED,
  SP_DEVICE_INTERFACE_DATA,
  SP_DEVICE_INTERFACE_DETAIL_DATA_W,
  SP_DEVINFO_DATA,
  type Called,
  type Handle,
  type Memory,
  type Win32,
} from "../../../main/printing/transports/usbprint/win32.ts";
import { USBPRINT_INTERFACE } from "../../../main/printing/transports/usbprint/device-interfaces.ts";
import type {
  PrinterConnection,
  VirtualPrinter,
} from "../../../main/printing/virtual-printer/index.ts";

/** usbprint.sys without Windows: the functions of `Win32` over virtual printers. */
export interface VirtualUsbPrint {
  win32: Win32;
  plug(printer: VirtualPrinter, options?: UsbPrintPlugOptions): VirtualUsbPrintPort;
  /** Handles and pieces of memory that were taken and not given back. */
  held(): { handles: number; memory: number };
  /** Every function called so far, by name. */
  calls(name: keyof Win32): number;
}

export interface UsbPrintPlugOptions {
  vendorId?: number;
  productId?: number;
  /** The part of the path behind the model: a serial number, or what Windows makes of the port. */
  instance?: string;
  /** null: the device reports no description. */
  model?: string | null;
}

/** Where one printer is plugged in. Without power it is not there. */
export interface VirtualUsbPrintPort {
  readonly printer: VirtualPrinter;
  readonly path: string;
  /** The spooler has it open to print: opening is answered with this code. */
  openFails: number | null;
  /** Reads never bring anything: what the printer says is lost. */
  muteIn: boolean;
  /** What GET_LPT_STATUS answers. "fromPrinter": its paper, as the better ones do; null: the driver refuses. */
  portStatus: number | "fromPrinter" | null;
  /** Reads end with this code: a one-way printer, or one that has a fault. */
  readFails: number | null;
  /** Reads end at once with nothing. */
  answersEmpty: boolean;
  /** From here on it takes this many more bytes and then none; null: all. */
  takesOnly(bytes: number | null): void;
  readonly isOpen: boolean;
  unplug(): void;
  plug(): void;
}

export function virtualUsbPrint(): VirtualUsbPrint {
  const system = new System();
  return {
    win32: system.functions(),
    plug: (printer, options) => system.plug(printer, options ?? {}),
    held: () => ({
      handles: system.files.size + system.events.size + system.deviceLists.size,
      memory: system.memory.size,
    }),
    calls: (name) => system.counts.get(name) ?? 0,
  };
}

const PACKET_BYTES = 64;

interface Transfer {
  file: OpenFile;
  direction: "in" | "out";
  buffer: Memory;
  bytes: number;
  done: number;
  /** null while it is under way. */
  code: number | null;
}

class System {
  readonly ports: Port[] = [];
  readonly files = new Map<number, OpenFile>();
  readonly events = new Set<number>();
  readonly deviceLists = new Map<number, Port[]>();
  readonly memory = new Map<Memory, Buffer>();
  readonly transfers = new Map<Memory, Transfer>();
  readonly counts = new Map<string, number>();
  private lastHandle = 0x100;
  private lastAddress = 0x7ff6_0000_0000n;

  plug(printer: VirtualPrinter, options: UsbPrintPlugOptions): Port {
    const port = new Port(this, printer, options);
    this.ports.push(port);
    return port;
  }

  newHandle(): number {
    this.lastHandle += 4;
    return this.lastHandle;
  }

  functions(): Win32 {
    const all: Win32 = {
      ...this.setupFunctions(),
      ...this.fileFunctions(),
      ...this.memoryFunctions(),
    };
    return new Proxy(all, {
      get: (target, name: string) => {
        this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
        return target[name as keyof Win32];
      },
    });
  }

  private setupFunctions() {
    const list = (handle: Handle) => this.deviceLists.get(Number(handle)) ?? [];
    const portOf = (handle: Handle, data: Uint8Array) =>
      list(handle)[view(data).readUInt32LE(SP_DEVICE_INTERFACE_DATA.offsets.Reserved)];
    return {
      SetupDiGetClassDevsW: (guid, flags) => {
        const wanted = Buffer.compare(guid, USBPRINT_INTERFACE) === 0;
        if (flags !== (DIGCF_PRESENT | DIGCF_DEVICEINTERFACE) || !wanted)
          return failed<Handle>(ERROR.invalidParameter, INVALID_HANDLE);
        const handle = this.newHandle();
        this.deviceLists.set(
          handle,
          this.ports.filter((port) => port.isThere),
        );
        return well<Handle>(handle);
      },
      SetupDiEnumDeviceInterfaces: (devices, _guid, index, data) => {
        if (!hasSize(data, SP_DEVICE_INTERFACE_DATA.size))
          return failed(ERROR.invalidParameter, false);
        if (index >= list(devices).length) return failed(ERROR.noMoreItems, false);
        view(data).writeUInt32LE(index, SP_DEVICE_INTERFACE_DATA.offsets.Reserved);
        return well(true);
      },
      SetupDiGetDeviceInterfaceDetailW: (devices, data, detail, info) => {
        const port = portOf(devices, data);
        if (!port?.isThere) return { ...failed(ERROR.fileNotFound, false), requiredBytes: 0 };
        const { DevicePath } = SP_DEVICE_INTERFACE_DETAIL_DATA_W.offsets;
        const path = Buffer.from(`${port.path}\0`, "utf16le");
        const requiredBytes = DevicePath + path.length;
        if (detail === null || detail.length < requiredBytes)
          return { ...failed(ERROR.insufficientBuffer, false), requiredBytes };
        const declared = view(detail).readUInt32LE(0) === SP_DEVICE_INTERFACE_DETAIL_DATA_W.size;
        if (!declared || !hasSize(info, SP_DEVINFO_DATA.size))
          return { ...failed(ERROR.invalidParameter, false), requiredBytes };
        view(detail).set(path, DevicePath);
        view(info).writeUInt32LE(this.ports.indexOf(port), SP_DEVINFO_DATA.offsets.DevInst);
        return { ...well(true), requiredBytes };
      },
      SetupDiGetDevicePropertyW: (_devices, info, _key, buffer) => {
        const port = this.ports[view(info).readUInt32LE(SP_DEVINFO_DATA.offsets.DevInst)];
        const model = port?.model ?? null;
        if (model === null) return { ...failed(1168, false), requiredBytes: 0, type: 0 };
        const text = Buffer.from(`${model}\0`, "utf16le");
        const answer = { requiredBytes: text.length, type: DEVPROP_TYPE_STRING };
        if (buffer === null) return { ...failed(ERROR.insufficientBuffer, false), ...answer };
        view(buffer).set(text);
        return { ...well(true), ...answer };
      },
      SetupDiDestroyDeviceInfoList: (devices) => well(this.deviceLists.delete(Number(devices))),
    } satisfies Partial<Win32>;
  }

  private fileFunctions() {
    const start = (direction: Transfer["direction"]) => {
      return (handle: Handle, buffer: Memory, bytes: number, overlapped: Memory) => {
        const file = this.files.get(Number(handle));
        if (!file) return failed(6, false);
        const event = this.at(overlapped).readBigUInt64LE(OVERLAPPED.offsets.hEvent);
        if (!this.events.has(Number(event))) return failed(6, false);
        return file.start({ file, direction, buffer, bytes, done: 0, code: null }, overlapped);
      };
    };
    return {
      CreateFileW: (path, _access, share, _disposition, flags) => {
        const port = this.ports.find((one) => one.path === path && one.isThere);
        if (!port) return failed<Handle>(ERROR.fileNotFound, INVALID_HANDLE);
        if (port.openFails !== null) return failed<Handle>(port.openFails, INVALID_HANDLE);
        if (share !== 0 || flags !== FILE_FLAG_OVERLAPPED)
          return failed<Handle>(ERROR.invalidParameter, INVALID_HANDLE);
        if (port.isOpen) return failed<Handle>(ERROR.sharingViolation, INVALID_HANDLE);
        let connection: PrinterConnection;
        try {
          connection = port.printer.connect();
        } catch {
          return failed<Handle>(ERROR.accessDenied, INVALID_HANDLE);
        }
        const handle = this.newHandle();
        this.files.set(handle, new OpenFile(this, port, connection));
        return well<Handle>(handle);
      },
      CreateEventW: () => {
        const handle = this.newHandle();
        this.events.add(handle);
        return well<Handle>(handle);
      },
      CloseHandle: (handle) => {
        const number = Number(handle);
        this.files.get(number)?.close();
        const known = this.files.delete(number) || this.events.delete(number);
        return known ? well(true) : failed(6, false);
      },
      ReadFile: start("in"),
      WriteFile: start("out"),
      GetOverlappedResult: (_file, overlapped) => {
        const transfer = this.transfers.get(overlapped);
        if (!transfer) return { ...failed(ERROR.invalidParameter, false), transferredBytes: 0 };
        if (transfer.code === null)
          return { ...failed(ERROR.ioIncomplete, false), transferredBytes: 0 };
        const { code, done: transferredBytes } = transfer;
        return { ...(code === 0 ? well(true) : failed(code, false)), transferredBytes };
      },
      DeviceIoControl: (handle, control, out, bytes, overlapped) => {
        const file = this.files.get(Number(handle));
        if (!file) return failed(6, false);
        if (control !== IOCTL_USBPRINT_GET_LPT_STATUS || bytes < 1)
          return failed(ERROR.invalidFunction, false);
        const status = file.port.lptStatus();
        if (status === null) return failed(ERROR.notSupported, false);
        this.at(out).writeUInt8(status);
        const transfer: Transfer = { file, direction: "in", buffer: out, bytes, done: 1, code: 0 };
        this.transfers.set(overlapped, transfer);
        return failed(ERROR.ioPending, false);
      },
      CancelIoEx: (_file, overlapped) => {
        const transfer = this.transfers.get(overlapped);
        if (!transfer || transfer.code !== null) return failed(1168, false);
        transfer.file.finish(transfer, ERROR.operationAborted);
        return well(true);
      },
    } satisfies Partial<Win32>;
  }

  private memoryFunctions() {
    return {
      allocate: (bytes) => {
        this.lastAddress += 0x1_0000n;
        this.memory.set(this.lastAddress, Buffer.alloc(bytes));
        return this.lastAddress;
      },
      free: (memory) => {
        const transfer = this.transfers.get(memory);
        if (transfer?.code === null) throw new Error("freed under a transfer");
        if (!this.memory.delete(memory)) throw new Error("freed twice");
        this.transfers.delete(memory);
      },
      put: (memory, bytes) => this.at(memory).set(bytes),
      take: (memory, bytes) => new Uint8Array(this.at(memory).subarray(0, bytes)),
    } satisfies Partial<Win32>;
  }

  at(memory: Memory): Buffer {
    const buffer = this.memory.get(memory);
    if (!buffer) throw new Error("no such memory");
    return buffer;
  }
}

class Port implements VirtualUsbPrintPort {
  readonly printer: VirtualPrinter;
  readonly path: string;
  readonly model: string | null;
  openFails: number | null = null;
  muteIn = false;
  portStatus: number | "fromPrinter" | null = 0x18;
  answersEmpty = false;
  private readonly system: System;
  private plugged = true;
  private outLimit: number | null = null;
  private failing: number | null = null;

  constructor(system: System, printer: VirtualPrinter, options: UsbPrintPlugOptions) {
    const { vendorId = 0x0416, productId = 0x5011, instance = "6&1a2b&0&1" } = options;
    const hex = (id: number) => id.toString(16).padStart(4, "0");
    this.system = system;
    this.printer = printer;
    this.model = options.model === undefined ? "N58 Printer" : options.model;
    this.path = `\\\\?\\usb#vid_${hex(vendorId)}&pid_${hex(productId)}#${instance}#{28d78fad-5a12-11d1-ae5b-0000f803a8c2}`;
    printer.on((event) => {
      if ((event.kind === "state" || event.kind === "fault") && !this.isThere) this.gone();
    });
  }

  get isThere(): boolean {
    const { faults } = this.printer;
    if (faults.refuse !== undefined || faults.unreachable !== undefined) return false;
    return this.plugged && this.printer.state().power === "on";
  }

  get isOpen(): boolean {
    return this.openFiles().length > 0;
  }

  get readFails(): number | null {
    return this.failing;
  }

  set readFails(code: number | null) {
    this.failing = code;
    for (const file of this.openFiles()) file.goOn();
  }

  lptStatus(): number | null {
    if (this.portStatus !== "fromPrinter") return this.portStatus;
    return this.printer.state().paper === "out" ? 0x30 : 0x18;
  }

  takesOnly(bytes: number | null): void {
    this.outLimit = bytes;
    for (const file of this.openFiles()) file.goOn();
  }

  unplug(): void {
    this.plugged = false;
    this.gone();
  }

  plug(): void {
    this.plugged = true;
  }

  allowance(wanted: number): number {
    return this.outLimit === null ? wanted : Math.min(wanted, this.outLimit);
  }

  took(bytes: number): void {
    if (this.outLimit !== null) this.outLimit -= bytes;
  }

  private gone(): void {
    for (const file of this.openFiles()) file.fail(ERROR.deviceNotConnected);
  }

  private openFiles(): OpenFile[] {
    return [...this.system.files.values()].filter((file) => file.port === this);
  }
}

class OpenFile {
  readonly port: Port;
  private readonly system: System;
  private readonly connection: PrinterConnection;
  private readonly underWay: Transfer[] = [];
  private readonly said: Uint8Array[] = [];
  private broken: number | null = null;
  private isSending = false;

  constructor(system: System, port: Port, connection: PrinterConnection) {
    this.system = system;
    this.port = port;
    this.connection = connection;
    connection.onData((bytes) => {
      if (port.muteIn) return;
      for (let at = 0; at < bytes.length; at += PACKET_BYTES)
        this.said.push(bytes.slice(at, at + PACKET_BYTES));
      this.goOn();
    });
    connection.onClose((error) => error && this.fail(ERROR.genFailure));
  }

  start(transfer: Transfer, overlapped: Memory): Called<boolean> {
    if (this.broken !== null) return failed(this.broken, false);
    const before = this.system.transfers.get(overlapped);
    if (before?.code === null) throw new Error("a second transfer in the same OVERLAPPED");
    this.system.transfers.set(overlapped, transfer);
    this.underWay.push(transfer);
    this.goOn();
    return transfer.code === null ? failed(ERROR.ioPending, false) : well(true);
  }

  finish(transfer: Transfer, code: number): void {
    const at = this.underWay.indexOf(transfer);
    if (at < 0) return;
    this.underWay.splice(at, 1);
    transfer.code = code;
  }

  fail(code: number): void {
    this.broken = code;
    for (const transfer of [...this.underWay]) this.finish(transfer, code);
    this.connection.close();
  }

  close(): void {
    this.fail(ERROR.operationAborted);
  }

  goOn(): void {
    void this.sendOn();
    for (let read = this.first("in"); read; read = this.first("in")) {
      if (this.port.readFails !== null) {
        this.finish(read, this.port.readFails);
        continue;
      }
      const packet = this.said.shift();
      if (packet === undefined && !this.port.answersEmpty) return;
      this.system.at(read.buffer).set(packet ?? []);
      read.done = packet?.length ?? 0;
      this.finish(read, 0);
    }
  }

  private first(direction: Transfer["direction"]): Transfer | undefined {
    return this.underWay.find((transfer) => transfer.direction === direction);
  }

  private async sendOn(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let write = this.first("out"); write; write = this.first("out")) {
        const left = Math.min(PACKET_BYTES, write.bytes - write.done);
        const size = this.port.allowance(left);
        if (size === 0 && left > 0) return;
        const packet = this.system.at(write.buffer).subarray(write.done, write.done + size);
        write.done += size;
        this.port.took(size);
        await this.connection.write(new Uint8Array(packet));
        if (write.done === write.bytes) this.finish(write, 0);
      }
    } catch {
      // The session ended; `fail` has ended every transfer.
    } finally {
      this.isSending = false;
    }
  }
}

const well = <Value>(value: Value): Called<Value> => ({ value, code: 0 });
const failed = <Value>(code: number, value: Value): Called<Value> => ({ value, code });
const view = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const hasSize = (bytes: Uint8Array, size: number) =>
  bytes.length === size && view(bytes).readUInt32LE(0) === size;
