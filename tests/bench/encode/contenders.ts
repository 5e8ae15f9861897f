import { EAN13, LINES, QR, ROWS } from "./receipt.ts";

/** Makes the receipt once more, from nothing. */
export type MakeReceipt = () => Uint8Array | Promise<Uint8Array>;

export interface Contender {
  name: string;
  /** Loads the library, ready for its first receipt. */
  load(): Promise<MakeReceipt>;
}

const CUT = Uint8Array.of(0x1d, 0x56, 0x42, 0x00);

/** Ours places left and right by itself; so does receiptline. The others are given lines set to the full width. */
export const CONTENDERS: readonly [Contender, ...Contender[]] = [
  { name: "slipsure", load: loadOurs },
  { name: "escpos", load: loadEscpos },
  { name: "@node-escpos/core", load: loadNodeEscpos },
  { name: "node-thermal-printer", load: loadThermalPrinter },
  { name: "receiptline", load: loadReceiptline },
  { name: "receipt-printer-encoder", load: loadEncoder },
];

async function loadOurs(): Promise<MakeReceipt> {
  const { encodeReceipt, profileOf } = await import("../../../main/printing/escpos/encode.ts");
  const { cellsOf } = await import("../../../main/domain/receipt/line.ts");
  type Line = Parameters<typeof encodeReceipt>[0][number];
  const lines: Line[] = ROWS.map(([left, right]): Line => {
    const cells = cellsOf(right);
    return {
      kind: "text",
      role: "item",
      segments: [
        { text: left, cell: 0, cells: 47 - cells, align: "left" },
        { text: right, cell: 48 - cells, cells, align: "right" },
      ],
      bold: false,
      size: "normal",
    };
  });
  lines.push({ kind: "qr", role: "code", data: QR }, { kind: "ean13", role: "code", data: EAN13 });
  const profile = profileOf(48);
  return async () => {
    const { bytes } = await encodeReceipt(lines, profile);
    const receipt = new Uint8Array(bytes.length + CUT.length);
    receipt.set(bytes);
    receipt.set(CUT, bytes.length);
    return receipt;
  };
}

/** GS ( k as raw bytes: what qrcode() of the escpos family sends is printed as text. */
function qrBytes(): Buffer {
  const data = Buffer.from(QR);
  const stored = data.length + 3;
  return Buffer.concat([
    Buffer.from([0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0]),
    Buffer.from([0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, 4]),
    Buffer.from([0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31]),
    Buffer.from([0x1d, 0x28, 0x6b, stored & 0xff, stored >> 8, 0x31, 0x50, 0x30]),
    data,
    Buffer.from([0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30]),
  ]);
}

/** EAN-13 as raw bytes too: barcode() of escpos wants a callback and sets sizes of its own. */
function ean13Bytes(): Buffer {
  return Buffer.concat([
    Buffer.from([0x1d, 0x68, 60, 0x1d, 0x77, 2, 0x1d, 0x48, 2, 0x1d, 0x6b, 67, EAN13.length]),
    Buffer.from(EAN13),
  ]);
}

async function loadEscpos(): Promise<MakeReceipt> {
  const { default: escpos } = await import("escpos");
  return () => {
    const printer = new escpos.Printer({ write: () => {} }, { encoding: "gbk" });
    printer.raw(Buffer.from([0x1b, 0x40, 0x1c, 0x26]));
    for (const line of LINES) printer.text(line);
    printer.raw(Buffer.from([0x1b, 0x61, 1]));
    printer.raw(qrBytes());
    printer.raw(ean13Bytes());
    printer.raw(Buffer.from([0x1b, 0x61, 0]));
    printer.raw(Buffer.from(CUT));
    return printer.buffer.flush();
  };
}

interface NodeEscpos {
  Printer: new (
    adapter: object,
    options: { encoding: string },
  ) => {
    buffer: { flush(): Buffer; write(bytes: Buffer): unknown };
    align(where: "ct" | "lt"): unknown;
    text(content: string): unknown;
    barcode(code: string, type: string, options: { width: number; height: number }): unknown;
    cut(): unknown;
  };
}

async function loadNodeEscpos(): Promise<MakeReceipt> {
  const { loadPeer } = await import("./peers.ts");
  const { Printer } = loadPeer("@node-escpos/core") as NodeEscpos;
  return () => {
    const printer = new Printer({}, { encoding: "gbk" });
    printer.buffer.write(Buffer.from([0x1b, 0x40, 0x1c, 0x26]));
    for (const line of LINES) printer.text(line);
    printer.align("ct");
    printer.buffer.write(qrBytes());
    printer.barcode(EAN13, "EAN13", { width: 2, height: 60 });
    printer.align("lt");
    printer.cut();
    return printer.buffer.flush();
  };
}

interface ThermalPrinterModule {
  ThermalPrinter: new (options: { type: string; width: number; characterSet: string }) => {
    clear(): void;
    println(text: string): void;
    alignCenter(): void;
    alignLeft(): void;
    printQR(data: string, settings: { cellSize: number; correction: string }): void;
    printBarcode(data: string, type: number, settings: object): void;
    cut(): void;
    getBuffer(): Buffer;
  };
}

async function loadThermalPrinter(): Promise<MakeReceipt> {
  const { loadPeer } = await import("./peers.ts");
  const { ThermalPrinter } = loadPeer("node-thermal-printer") as ThermalPrinterModule;
  return () => {
    const printer = new ThermalPrinter({ type: "epson", width: 48, characterSet: "CHINA" });
    for (const line of LINES) printer.println(line);
    printer.alignCenter();
    printer.printQR(QR, { cellSize: 4, correction: "M" });
    printer.printBarcode(EAN13, 67, { width: 2, height: 60, hriPos: 2 });
    printer.alignLeft();
    printer.cut();
    return printer.getBuffer();
  };
}

interface Receiptline {
  transform(document: string, printer: object): string;
}

async function loadReceiptline(): Promise<MakeReceipt> {
  const { loadPeer } = await import("./peers.ts");
  const receiptline = loadPeer("receiptline") as Receiptline;
  const escape = (text: string) => text.replaceAll(/[\\|{}~_"`^=-]/g, "\\$&");
  const rows = ROWS.map(([left, right]) => `${escape(left)} | ${escape(right)}`);
  const codes = [`{code:${QR};option:qrcode,4,m}`, `{code:${EAN13};option:ean,2,60,hri}`];
  // Left as wide as it needs, right twelve cells: its own default halves the paper and breaks long names.
  const document = ["{width:*,12}", ...rows, "{width:*}", ...codes].join("\n");
  const printer = { cpl: 48, encoding: "cp936", command: "generic", cutting: true };
  return () => Buffer.from(receiptline.transform(document, printer), "latin1");
}

interface Encoder {
  initialize(): this;
  line(text: string): this;
  align(where: "center" | "left"): this;
  qrcode(data: string, options: { model: number; size: number; errorlevel: string }): this;
  barcode(data: string, symbology: string, options: { height: number; width: number }): this;
  cut(): this;
  encode(): Uint8Array;
}

async function loadEncoder(): Promise<MakeReceipt> {
  const { loadPeer } = await import("./peers.ts");
  const name = "@point-of-sale/receipt-printer-encoder";
  const ReceiptPrinterEncoder = loadPeer(name) as new (options: object) => Encoder;
  return () => {
    const encoder = new ReceiptPrinterEncoder({ language: "esc-pos", columns: 48 });
    encoder.initialize();
    for (const line of LINES) encoder.line(line);
    return encoder
      .align("center")
      .qrcode(QR, { model: 2, size: 4, errorlevel: "m" })
      .barcode(EAN13, "ean13", { height: 60, width: 2 })
      .align("left")
      .cut()
      .encode();
  };
}
