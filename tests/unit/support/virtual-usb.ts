import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { compileFunction } from "node:vm";
import type { Clock } from "../../../main/clock.ts";
import type { UsbDriverParts } from "../../../main/printing/transports/usb/driver.ts";
import type { EscposUsb, UsbBinding } from "../../../main/printing/transports/usb/usb-binding.ts";
import type {
  PrinterConnection,
  VirtualPrinter,
} from "../../../main/printing/virtual-printer/index.ts";

/**
 * A USB bus without hardware. The JavaScript of the packages `usb` and `escpos-usb` runs as it is, over a
 * native part that is made here, so endpoints, claims and time-outs behave as those packages make them.
 */

/** As libusb.h has them. */
const CONSTANTS = {
  LIBUSB_CLASS_PRINTER: 7,
  LIBUSB_REQUEST_GET_DESCRIPTOR: 6,
  LIBUSB_DT_STRING: 3,
  LIBUSB_ENDPOINT_IN: 0x80,
  LIBUSB_ENDPOINT_OUT: 0,
  LIBUSB_TRANSFER_TYPE_CONTROL: 0,
  LIBUSB_TRANSFER_TYPE_BULK: 2,
  LIBUSB_TRANSFER_ERROR: 1,
  LIBUSB_TRANSFER_TIMED_OUT: 2,
  LIBUSB_TRANSFER_CANCELLED: 3,
  LIBUSB_TRANSFER_STALL: 4,
  LIBUSB_TRANSFER_NO_DEVICE: 5,
  LIBUSB_TRANSFER_OVERFLOW: 6,
  LIBUSB_CONTROL_SETUP_SIZE: 8,
  LIBUSB_CAP_HAS_HOTPLUG: 1,
  LIBUSB_ERROR_IO: -1,
  LIBUSB_ERROR_ACCESS: -3,
  LIBUSB_ERROR_NO_DEVICE: -4,
  LIBUSB_ERROR_NOT_FOUND: -5,
  LIBUSB_ERROR_BUSY: -6,
  LIBUSB_ERROR_NOT_SUPPORTED: -12,
} as const;
export const USB_CONSTANTS: Readonly<Record<string, number>> = CONSTANTS;

/** What stands between a device and being opened. */
export type UsbAccess = "ok" | "denied" | "notSupported" | "notFound";

export interface UsbPlugOptions {
  vendorId?: number;
  productId?: number;
  maker?: string | null;
  model?: string | null;
  serial?: string | null;
  /** `class7`: the printer interface alone. `composite`: a vendor's own interface stands before it. */
  layout?: "class7" | "composite" | "alternatives" | "oneWay" | "notAPrinter";
  packetBytes?: 64 | 512;
  /** usblp holds the interface, as on a Linux desktop. */
  kernelDriver?: boolean;
  access?: UsbAccess;
}

/** One printer on the bus. It disappears without power, and comes back as another device of the same kind. */
export interface VirtualUsbPrinter {
  readonly printer: VirtualPrinter;
  access: UsbAccess;
  /** Another process has claimed the interface. */
  claimedElsewhere: boolean;
  /** Whether usblp has the interface now. */
  kernelDriverActive: boolean;
  /** Interface numbers this process has claimed. */
  readonly claimed: ReadonlySet<number>;
  readonly isOpen: boolean;
  /** Transfers that were given to the device and have not come back. */
  readonly transfersUnderWay: number;
  /** String descriptors are asked for in vain. */
  muteStrings: boolean;
  /** The IN endpoint takes part in nothing: what the printer says is lost. */
  muteIn: boolean;
  /** Every read is answered at once with nothing. `emptyReads` counts them. */
  answersEmpty: boolean;
  readonly emptyReads: number;
  /** From here on the OUT endpoint takes this many more bytes and then none; null: all. */
  takesOnly(bytes: number | null): void;
  /** The next transfer of that direction ends with a halted endpoint. */
  halt(direction: "in" | "out"): void;
  readonly haltsCleared: number;
  unplug(): void;
  plug(): void;
}

export interface VirtualUsb extends Required<Pick<UsbDriverParts, "usb" | "escposUsb">> {
  plug(printer: VirtualPrinter, options?: UsbPlugOptions): VirtualUsbPrinter;
  /** Listeners for unplugging, whoever has added them. */
  detachListeners(): number;
}

/** An empty bus; its time-outs run on `clock`. */
export function virtualUsb(clock: Clock): VirtualUsb {
  const bus = new Bus(clock);
  const usb = loadPackage<UsbBinding & Emitter>("usb/usb.js", (name) =>
    name === "node-gyp-build" ? () => bus.native : null,
  );
  bus.emit = (event, device) => usb.emit(event, device);
  const escposUsb = loadPackage<EscposUsb>("escpos-usb/index.js", (name) =>
    name === "usb" ? usb : null,
  );
  return {
    usb,
    escposUsb,
    plug: (printer, options = {}) => new BusPlace(bus, printer, options),
    detachListeners: () => usb.listenerCount("detach"),
  };
}

interface Emitter {
  emit(event: string, device: unknown): boolean;
  listenerCount(event: string): number;
}

/** Runs one CommonJS file with some of what it requires replaced. */
function loadPackage<Exports>(file: string, replace: (name: string) => unknown): Exports {
  const require = createRequire(import.meta.url);
  const path = require.resolve(file);
  const module = { exports: {} };
  const run = compileFunction(
    readFileSync(path, "utf8"),
    ["exports", "require", "module", "__filename", "__dirname"],
    { filename: path },
  );
  const requireOther = (name: string): unknown => replace(name) ?? createRequire(path)(name);
  run.call(module.exports, module.exports, requireOther, module, path, dirname(path));
  return module.exports as Exports;
}

function libusbError(errno: number): Error {
  const name = Object.entries(CONSTANTS).find(
    ([key, value]) => value === errno && key.startsWith("LIBUSB_ERROR"),
  )?.[0];
  // A transfer's status has no name in libusb_error_name.
  return Object.assign(new Error(name ?? "**UNKNOWN**"), { errno });
}

const { LIBUSB_ERROR_NO_DEVICE: NO_DEVICE, LIBUSB_TRANSFER_CANCELLED: CANCELLED } = CONSTANTS;
const GONE = CONSTANTS.LIBUSB_TRANSFER_NO_DEVICE;

type Native = Record<string, unknown>;

class Bus {
  readonly clock: Clock;
  readonly native: Native;
  readonly present: NativeDevice[] = [];
  emit: (event: string, device: unknown) => void = () => {};
  hotplug = false;
  private addresses = 0;
  private readonly Device: typeof NativeDevice;

  constructor(clock: Clock) {
    this.clock = clock;
    // Classes of this bus alone: the package adds its own methods to them.
    this.Device = class Device extends NativeDevice {};
    this.native = {
      ...CONSTANTS,
      INIT_ERROR: 0,
      Device: this.Device,
      Transfer: class Transfer extends NativeTransfer {},
      getDeviceList: () => [...this.present],
      _getLibusbCapability: () => 1,
      _enableHotplugEvents: () => void (this.hotplug = true),
      _disableHotplugEvents: () => void (this.hotplug = false),
    };
  }

  attach(place: BusPlace): NativeDevice {
    this.addresses += 1;
    const device = new this.Device(place, this.addresses);
    this.present.push(device);
    if (this.hotplug) setImmediate(() => this.emit("attach", device));
    return device;
  }

  detach(device: NativeDevice): void {
    this.present.splice(this.present.indexOf(device), 1);
    device.disappear();
    if (this.hotplug) setImmediate(() => this.emit("detach", device));
  }
}

/** Where a printer is plugged in, with what stays the same when it comes and goes. */
class BusPlace implements VirtualUsbPrinter {
  readonly bus: Bus;
  readonly printer: VirtualPrinter;
  readonly options: Required<UsbPlugOptions>;
  access: UsbAccess;
  claimedElsewhere = false;
  kernelDriverActive: boolean;
  muteStrings = false;
  muteIn = false;
  answersEmpty = false;
  emptyReads = 0;
  haltsCleared = 0;
  readonly port: number;
  readonly halting = new Set<"in" | "out">();
  private device: NativeDevice | null = null;
  private plugged = true;
  private outLimit: number | null = null;

  constructor(bus: Bus, printer: VirtualPrinter, options: UsbPlugOptions) {
    this.bus = bus;
    this.printer = printer;
    this.options = {
      vendorId: 0x0416,
      productId: 0x5011,
      maker: "Nowhere",
      model: "N58",
      serial: null,
      layout: "class7",
      packetBytes: 64,
      kernelDriver: false,
      access: "ok",
      ...options,
    };
    this.access = this.options.access;
    this.kernelDriverActive = this.options.kernelDriver;
    this.port = bus.present.length + 1;
    this.follow();
    printer.on((event) => {
      if (event.kind === "state" || event.kind === "fault") this.follow();
    });
  }

  get claimed(): ReadonlySet<number> {
    return this.device?.claimed ?? new Set();
  }

  get isOpen(): boolean {
    return this.device?.isOpen ?? false;
  }

  get transfersUnderWay(): number {
    return this.device?.underWay.size ?? 0;
  }

  takesOnly(bytes: number | null): void {
    this.outLimit = bytes;
    this.device?.goOn();
  }

  halt(direction: "in" | "out"): void {
    this.halting.add(direction);
    this.device?.goOn();
  }

  unplug(): void {
    this.plugged = false;
    this.follow();
  }

  plug(): void {
    this.plugged = true;
    this.follow();
  }

  /** The printer broke the session off: it drops off the bus and comes back as a new device. */
  reenumerate(device: NativeDevice): void {
    if (this.device !== device) return;
    this.device = null;
    this.bus.detach(device);
    this.follow();
  }

  /** How many of `wanted` bytes the endpoint takes now. */
  allowance(wanted: number): number {
    return this.outLimit === null ? wanted : Math.min(wanted, this.outLimit);
  }

  took(bytes: number): void {
    if (this.outLimit !== null) this.outLimit -= bytes;
  }

  private follow(): void {
    const { faults } = this.printer;
    const there =
      this.plugged &&
      this.printer.state().power === "on" &&
      faults.refuse === undefined &&
      faults.unreachable === undefined;
    if (there && this.device === null) {
      if (this.options.kernelDriver) this.kernelDriverActive = true;
      this.device = this.bus.attach(this);
    } else if (!there && this.device !== null) {
      const { device } = this;
      this.device = null;
      this.bus.detach(device);
    }
  }
}

interface Setting {
  bInterfaceNumber: number;
  bAlternateSetting: number;
  bInterfaceClass: number;
  bInterfaceProtocol: number;
  endpoints: { bEndpointAddress: number; bmAttributes: number; wMaxPacketSize: number }[];
}

function settings({ layout, packetBytes }: Required<UsbPlugOptions>): Setting[][] {
  const bulk = (...addresses: number[]) =>
    addresses.map((bEndpointAddress) => ({
      bEndpointAddress,
      bmAttributes: 2,
      wMaxPacketSize: packetBytes,
    }));
  const setting = (number: number, rest: Partial<Setting>): Setting => ({
    bInterfaceNumber: number,
    bAlternateSetting: 0,
    bInterfaceClass: 7,
    bInterfaceProtocol: 2,
    endpoints: bulk(0x02, 0x82),
    ...rest,
  });
  const other = setting(0, { bInterfaceClass: 255, endpoints: bulk(0x01, 0x81) });
  switch (layout) {
    case "class7":
      return [[setting(0, {})]];
    case "composite":
      return [[other], [setting(1, {})]];
    case "alternatives":
      return [
        [
          setting(0, { bInterfaceProtocol: 4 }),
          setting(0, { bAlternateSetting: 1, endpoints: bulk(0x03, 0x83) }),
        ],
      ];
    case "oneWay":
      return [[setting(0, { bInterfaceProtocol: 1, endpoints: bulk(0x02) })]];
    case "notAPrinter":
      return [[other]];
  }
}

/** What the package calls `Device`, below the methods it adds itself. */
class NativeDevice {
  readonly busNumber = 1;
  readonly deviceAddress: number;
  readonly portNumbers: number[];
  readonly deviceDescriptor;
  readonly claimed = new Set<number>();
  readonly underWay = new Set<NativeTransfer>();
  isOpen = false;
  private readonly place: BusPlace;
  private readonly layout: Setting[][];
  private readonly altSettings = new Map<number, number>();
  private present = true;
  private connection: PrinterConnection | null = null;
  private readonly outgoing: NativeTransfer[] = [];
  private readonly incoming: NativeTransfer[] = [];
  private readonly said: Uint8Array[] = [];
  private isSending = false;

  constructor(place: BusPlace, address: number) {
    const { vendorId, productId, maker, model, serial } = place.options;
    this.place = place;
    this.deviceAddress = address;
    this.portNumbers = [place.port];
    this.layout = settings(place.options);
    this.deviceDescriptor = {
      idVendor: vendorId,
      idProduct: productId,
      iManufacturer: maker === null ? 0 : 1,
      iProduct: model === null ? 0 : 2,
      iSerialNumber: serial === null ? 0 : 3,
    };
  }

  __getConfigDescriptor() {
    return { interfaces: this.layout };
  }

  __open(): void {
    this.mustBePresent();
    const errno = {
      ok: 0,
      denied: CONSTANTS.LIBUSB_ERROR_ACCESS,
      notSupported: CONSTANTS.LIBUSB_ERROR_NOT_SUPPORTED,
      notFound: CONSTANTS.LIBUSB_ERROR_NOT_FOUND,
    }[this.place.access];
    if (errno !== 0) throw libusbError(errno);
    this.isOpen = true;
  }

  __close(): void {
    if (this.underWay.size > 0) throw new Error("Can't close device with a pending request");
    this.isOpen = false;
    for (const number of this.claimed) this.unclaim(number);
  }

  __claimInterface(number: number): void {
    this.mustBePresent();
    const held = this.place.kernelDriverActive || this.place.claimedElsewhere;
    if (held) throw libusbError(CONSTANTS.LIBUSB_ERROR_BUSY);
    this.claimed.add(number);
    if (number === this.printerInterface) this.connect();
  }

  __releaseInterface(number: number, callback: (error?: Error) => void): void {
    this.unclaim(number);
    setImmediate(() => callback(this.present ? undefined : libusbError(NO_DEVICE)));
  }

  __setInterface(number: number, altSetting: number, callback: (error?: Error) => void): void {
    this.altSettings.set(number, altSetting);
    setImmediate(() => callback(this.present ? undefined : libusbError(NO_DEVICE)));
  }

  __clearHalt(_address: number, callback: (error?: Error) => void): void {
    this.place.haltsCleared += 1;
    setImmediate(callback);
  }

  __isKernelDriverActive(): boolean {
    this.mustBePresent();
    return this.place.kernelDriverActive;
  }

  __detachKernelDriver(): void {
    this.mustBePresent();
    this.place.kernelDriverActive = false;
  }

  __attachKernelDriver(): void {
    this.mustBePresent();
    if (this.claimed.size > 0) throw libusbError(CONSTANTS.LIBUSB_ERROR_BUSY);
    this.place.kernelDriverActive = true;
  }

  get clock(): Clock {
    return this.place.bus.clock;
  }

  submit(transfer: NativeTransfer): void {
    if (!this.isOpen) throw new Error("Device is not open");
    this.mustBePresent();
    this.underWay.add(transfer);
    if (transfer.type === CONSTANTS.LIBUSB_TRANSFER_TYPE_CONTROL) this.answerControl(transfer);
    else if ((transfer.endpoint & 0x80) === 0) this.outgoing.push(transfer);
    else this.incoming.push(transfer);
    this.goOn();
  }

  /** The transfer ends now, whatever it was waiting for. */
  finish(transfer: NativeTransfer, status: number): void {
    for (const list of [this.outgoing, this.incoming]) {
      const at = list.indexOf(transfer);
      if (at >= 0) list.splice(at, 1);
    }
    transfer.complete(status, () => this.underWay.delete(transfer));
  }

  disappear(): void {
    this.present = false;
    for (const transfer of this.underWay) this.finish(transfer, GONE);
    this.connection?.close();
    this.connection = null;
  }

  /** Moves what can move, after anything changed. */
  goOn(): void {
    void this.sendOn();
    this.answerReads();
  }

  private get printerInterface(): number {
    return this.layout.findIndex((of) => of.some((one) => one.bInterfaceClass === 7));
  }

  private mustBePresent(): void {
    if (!this.present) throw libusbError(NO_DEVICE);
  }

  private connect(): void {
    if (this.connection) return;
    let connection: PrinterConnection;
    try {
      connection = this.place.printer.connect();
    } catch {
      this.claimed.clear();
      throw libusbError(CONSTANTS.LIBUSB_ERROR_BUSY);
    }
    this.connection = connection;
    connection.onData((bytes) => {
      if (this.place.muteIn) return;
      const { packetBytes } = this.place.options;
      for (let at = 0; at < bytes.length; at += packetBytes)
        this.said.push(bytes.slice(at, at + packetBytes));
      this.answerReads();
    });
    connection.onClose((error) => {
      if (error && this.connection === connection) this.place.reenumerate(this);
    });
  }

  private unclaim(number: number): void {
    this.claimed.delete(number);
    if (number !== this.printerInterface) return;
    this.connection?.close();
    this.connection = null;
  }

  /** Packet by packet; one the printer has no room for yet waits in the device and counts as taken. */
  private async sendOn(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let transfer = this.outgoing[0]; transfer; transfer = this.outgoing[0]) {
        if (this.place.halting.delete("out")) {
          this.finish(transfer, CONSTANTS.LIBUSB_TRANSFER_STALL);
          continue;
        }
        const { packetBytes } = this.place.options;
        const left = Math.min(packetBytes, transfer.buffer.length - transfer.actual);
        const size = this.place.allowance(left);
        if (size === 0 && left > 0) return;
        const packet = transfer.buffer.subarray(transfer.actual, transfer.actual + size);
        transfer.actual += size;
        this.place.took(size);
        if (this.connection === null) {
          this.finish(transfer, CONSTANTS.LIBUSB_TRANSFER_ERROR);
          continue;
        }
        await this.connection.write(new Uint8Array(packet));
        if (transfer.actual === transfer.buffer.length && this.outgoing.includes(transfer))
          this.finish(transfer, 0);
      }
    } catch {
      // The session ended; the device leaves the bus with it and ends every transfer.
    } finally {
      this.isSending = false;
    }
  }

  private answerReads(): void {
    for (let transfer = this.incoming[0]; transfer; transfer = this.incoming[0]) {
      if (this.place.halting.delete("in")) {
        this.finish(transfer, CONSTANTS.LIBUSB_TRANSFER_STALL);
        continue;
      }
      const packet = this.said.shift();
      if (packet === undefined && !this.place.answersEmpty) return;
      if (packet === undefined) this.place.emptyReads += 1;
      else if (packet.length > transfer.buffer.length) {
        this.finish(transfer, CONSTANTS.LIBUSB_TRANSFER_OVERFLOW);
        continue;
      } else {
        transfer.buffer.set(packet);
        transfer.actual = packet.length;
      }
      this.finish(transfer, 0);
    }
  }

  /** GET_DESCRIPTOR of a string, the only request printers are asked here. */
  private answerControl(transfer: NativeTransfer): void {
    const { maker, model, serial } = this.place.options;
    if (this.place.muteStrings) return;
    const index = transfer.buffer.readUInt16LE(2) & 0xff;
    const text = [null, maker, model, serial][index];
    if (typeof text !== "string") {
      this.finish(transfer, CONSTANTS.LIBUSB_TRANSFER_STALL);
      return;
    }
    const units = Buffer.from(text, "utf16le");
    const descriptor = Buffer.concat([Buffer.from([units.length + 2, 3]), units]);
    transfer.buffer.set(descriptor, CONSTANTS.LIBUSB_CONTROL_SETUP_SIZE);
    transfer.actual = descriptor.length;
    this.finish(transfer, 0);
  }
}

type TransferCallback = (error: Error | undefined, buffer: Buffer, actual: number) => void;

/** What the package calls `Transfer`. */
class NativeTransfer {
  readonly endpoint: number;
  readonly type: number;
  buffer: Buffer = Buffer.alloc(0);
  actual = 0;
  private readonly device: NativeDevice;
  private readonly timeoutMs: number;
  private readonly callback: TransferCallback;
  private isActive = false;
  private cancelTimer: () => void = () => {};

  constructor(
    device: NativeDevice,
    endpoint: number,
    type: number,
    timeoutMs: number,
    callback: TransferCallback,
  ) {
    this.device = device;
    this.endpoint = endpoint;
    this.type = type;
    this.timeoutMs = timeoutMs;
    this.callback = callback;
  }

  submit(buffer: Buffer): this {
    if (this.isActive) throw new Error("Transfer is already active");
    this.isActive = true;
    this.buffer = buffer;
    this.actual = 0;
    if (this.timeoutMs > 0)
      this.cancelTimer = this.device.clock.setTimer(this.timeoutMs, () =>
        this.device.finish(this, CONSTANTS.LIBUSB_TRANSFER_TIMED_OUT),
      );
    try {
      this.device.submit(this);
    } catch (error) {
      this.isActive = false;
      this.cancelTimer();
      throw error;
    }
    return this;
  }

  cancel(): boolean {
    if (!this.isActive) return false;
    this.device.finish(this, CANCELLED);
    return true;
  }

  /** Tells its end a moment later, as libusb's thread does; the device counts it until then. */
  complete(status: number, told: () => void): void {
    if (!this.isActive) return;
    this.isActive = false;
    this.cancelTimer();
    setImmediate(() => {
      told();
      this.callback.call(
        this,
        status === 0 ? undefined : libusbError(status),
        this.buffer,
        this.actual,
      );
    });
  }
}
