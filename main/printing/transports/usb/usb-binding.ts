/**
 * The parts of the packages `usb` 1.9.2 and `escpos-usb` 3.0.0-alpha.4 that are used, as their sources
 * have them; neither brings types of its own for these versions.
 */

/** Thrown by calls and handed to callbacks. Below zero: a libusb error; above: a transfer's status. */
export interface UsbError extends Error {
  errno: number;
}

export interface UsbEndpointDescriptor {
  bEndpointAddress: number;
  /** The two lowest bits are the transfer type; 2 is bulk. */
  bmAttributes: number;
  wMaxPacketSize: number;
}

export interface UsbInterfaceDescriptor {
  bInterfaceNumber: number;
  bAlternateSetting: number;
  bInterfaceClass: number;
  bInterfaceProtocol: number;
  endpoints: UsbEndpointDescriptor[];
}

export interface UsbTransfer {
  /** @throws UsbError */
  submit(buffer: Buffer): unknown;
  /** @throws UsbError @returns false when there was nothing to cancel */
  cancel(): boolean;
}

export interface UsbEndpoint {
  readonly direction: "in" | "out";
  readonly descriptor: UsbEndpointDescriptor;
  /** `timeoutMs` 0: none. `actual` is how many bytes went, also beside an error. */
  makeTransfer(
    timeoutMs: number,
    callback: (error: UsbError | undefined, buffer: Buffer, actual: number) => void,
  ): UsbTransfer;
  clearHalt(callback: (error?: UsbError) => void): void;
}

export interface UsbInterface {
  /** Its place in the configuration. The package hands this to libusb where the number belongs. */
  readonly id: number;
  readonly interfaceNumber: number;
  readonly endpoints: UsbEndpoint[];
  claim(): void;
  release(closeEndpoints: boolean, callback: (error?: UsbError) => void): void;
  isKernelDriverActive(): boolean;
  detachKernelDriver(): void;
  attachKernelDriver(): void;
  setAltSetting(altSetting: number, callback: (error?: UsbError) => void): void;
}

export interface UsbDevice {
  readonly busNumber: number;
  readonly deviceAddress: number;
  readonly portNumbers?: number[];
  readonly deviceDescriptor: {
    idVendor: number;
    idProduct: number;
    iManufacturer: number;
    iProduct: number;
    iSerialNumber: number;
  };
  /** Alternate settings by interface; null when the device is not configured. */
  readonly configDescriptor: { interfaces: UsbInterfaceDescriptor[][] } | null;
  /** null or missing while it is not open. */
  readonly interfaces?: UsbInterface[] | null;
  /** Of control transfers, milliseconds. */
  timeout: number;
  /** @throws UsbError */
  open(): void;
  /** @throws Error while a transfer is under way */
  close(): void;
  getStringDescriptor(
    index: number,
    callback: (error: UsbError | undefined, text?: string) => void,
  ): void;
}

/** One object for one plugged-in device, as long as it stays plugged in. */
export interface UsbBinding {
  on(event: "detach", listener: (device: UsbDevice) => void): unknown;
  off(event: "detach", listener: (device: UsbDevice) => void): unknown;
}

/** Of `escpos-usb` only the finder is used; its `open` claims every interface and its `close` is unsafe. */
export interface EscposUsb {
  /** Devices with a printer-class interface. */
  findPrinter(): UsbDevice[];
}
