import type { Clock } from "../../clock.ts";

/** How the virtual printer is built; everything but the clock and the paper width has a default. */
export interface VirtualPrinterOptions {
  clock: Clock;
  /** 58 mm prints 384 dots, 80 mm prints 576 dots, both at 203 dpi (8 dots per mm). */
  widthMm: 58 | 80;
  /** Paper speed; default 200. */
  speedMmPerS?: number;
  /** Receive buffer; default 16384. */
  bufferBytes?: number;
  /** Time one cut takes; default 300. */
  cutMs?: number;
  /** Paper left on the roll; default 60 000. */
  paperMm?: number;
  /** The near-end sensor reports below this; default 3000. */
  nearEndMm?: number;
  /**
   * Understand the four-byte area of GB 18030. Default false: like cheap GBK firmware, such codes
   * come out as the digits they contain.
   */
  gb18030?: boolean;
  /** The cable; default: the network, which is as fast as the program and keeps what does not fit. */
  wire?: Wire;
}

/** What lies between a host and the printer, from the moment of the next connection. */
export type Wire =
  /** A network board, or a program in the same process: byte by byte, held back while the buffer is full. */
  | { kind: "direct"; answers?: boolean }
  /** USB: a packet is taken whole or not at all (NAK), both ways. Full speed has packets of 64 bytes. */
  | { kind: "usb"; packetBytes?: number; answers?: boolean }
  /** A serial line with 8 data bits, no parity, one stop bit, in its own time. */
  | { kind: "serial"; baudRate: number; flow: SerialFlow; answers?: boolean };

/**
 * How a serial printer holds the host back. `hardware`: by a signal (DTR or RTS). `software`: by XOFF and
 * XON, which the host's system obeys and takes out. `rawSoftware`: the same, but nobody at the host obeys.
 * Where nothing holds the host back, what does not fit into the buffer is lost, as with `none`.
 */
export type SerialFlow = "hardware" | "software" | "rawSoftware" | "none";

/** A misbehaviour that can be switched on. Lengths count paper movement from the moment it is set. */
export type Fault =
  /** The paper ends after this much more movement. One-shot. */
  | { kind: "paperOut"; afterMm: number }
  /** The lid opens now or after this much more movement. One-shot. */
  | { kind: "coverOpen"; afterMm?: number }
  /** The next cut fails with a recoverable cutter error. One-shot. */
  | { kind: "cutterJam" }
  /** The back-channel dies now or after this many more bytes: prints, never answers anything. */
  | { kind: "silence"; afterBytes?: number }
  /** Accepts connections and bytes, drops them, never prints or answers. */
  | { kind: "deaf" }
  /** The session is reset after this many more received bytes; those still get printed. One-shot. */
  | { kind: "reset"; afterBytes: number }
  /** Power fails after this much more movement and comes back after `offMs`. One-shot. */
  | { kind: "powerCycle"; afterMm: number; offMs: number }
  /** GS ( H and GS r answers leave this much later than they should. */
  | { kind: "lateId"; delayMs: number }
  /** Every answer, whatever it is, leaves this much later: Wi-Fi that saves power, a board that wakes up. */
  | { kind: "slowAnswers"; delayMs: number }
  /** Each DLE EOT is answered with the answer to the one before it; the first of a connection with none. */
  | { kind: "answersLag" }
  /** DLE EOT is always answered with 00, which is no status; ids stay honest. */
  | { kind: "statusZero" }
  /** DLE EOT is always answered with FF, which is no status; ids stay honest. */
  | { kind: "statusFf" }
  /** A second connection is taken and waits, unheard, until the first has gone. */
  | { kind: "queuesConnections" }
  /** The network board takes no more than this in a second. */
  | { kind: "slowLine"; bytesPerS: number }
  /** GS ( H is always answered with the id `1234`. */
  | { kind: "foreignId" }
  /** The interface board answers GS ( H, GS r and status requests at once and always well. */
  | { kind: "lyingOk" }
  /** Paper speed divided by this. */
  | { kind: "slow"; factor: number }
  /** After this much more movement the rest of the buffer is dropped; the device stays online. One-shot. */
  | { kind: "halfPrint"; afterMm: number }
  /** Connections are refused. */
  | { kind: "refuse" }
  /** Connecting runs into a time-out. */
  | { kind: "unreachable" }
  /** An old model: GS ( H is skipped without an answer, GS r still answers in order. */
  | { kind: "noIds" }
  /** DLE EOT always says that all is well; ids stay honest. */
  | { kind: "statusAlwaysOk" }
  /** The interface board answers GS r 1 on arrival, with plenty of paper. */
  | { kind: "earlySensor" }
  /** The interface board answers GS ( H on arrival, with the right id. */
  | { kind: "earlyId" }
  /**
   * What is asked here is answered by the printer next to it, which is well and gets to it this much later.
   * From about the time a receipt takes, nothing in the answers tells that lie from the truth.
   */
  | { kind: "otherPrinter"; delayMs: number }
  /** Without paper GS r 1 is answered at once with 0Ch, although what stands before it is not printed. */
  | { kind: "sensorOutOfTurn" }
  /** DLE DC4 fn 8 is not known: nothing is cleared, nothing answered. */
  | { kind: "ignoresClear" }
  /** Every new connection throws away what is left of the one before. Others keep it and print on. */
  | { kind: "clearsOnConnect" }
  /** Calls itself an EPSON TM-T88III. */
  | { kind: "claimsEpson" }
  /** Has no cutter: cutting only feeds, and the paper stays in one piece. */
  | { kind: "noCutter" }
  /** Has no Chinese characters: every byte of one prints as half-width junk. */
  | { kind: "noChinese" };

export type FaultKind = Fault["kind"];

/** The faults set now, by kind. One-shot faults disappear when they strike. */
export type FaultSwitches = { readonly [K in FaultKind]?: Extract<Fault, { kind: K }> };

/** One connection to the printer, as a host sees it. */
export interface PrinterConnection {
  /**
   * Resolves when every byte is in the receive buffer, so it waits while the buffer is full.
   * Rejects with code `ECONNRESET` when the session dies, `EPIPE` when it is already closed.
   */
  write(bytes: Uint8Array): Promise<void>;
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once; `error` (code `ECONNRESET`) is missing when the host closed the session itself. */
  onClose(listener: (error?: Error) => void): void;
  close(): void;
}

/** One-bit picture on the paper; a set dot is black. */
export interface PaperBitmap {
  xDots: number;
  /** Offset from the top of its paper line. */
  yDots: number;
  widthDots: number;
  heightDots: number;
  /** Row-major, one byte per dot (0 or 1); computed on first use. */
  dots(): Uint8Array;
}

export interface TextRun {
  text: string;
  /** Left edge on the print width. */
  xDots: number;
  widthDots: number;
  /** Width and height multipliers, 1-8. */
  sizeX: number;
  sizeY: number;
  bold: boolean;
  underline: boolean;
  reverse: boolean;
  font: "A" | "B";
  /** Height of the character cells, multiplier included. */
  heightDots: number;
  /** Width of each character's cell in dots, multiplier included, without spacing. */
  cellWidths: number[];
  /** Dots from one cell's right edge to the next cell. */
  spacingDots: number;
  /** Offset from the top of the paper line. */
  yDots: number;
  upsideDown: boolean;
}

export interface PaperLine {
  kind: "text" | "barcode" | "qr" | "raster" | "feed";
  /** Distance from the upper edge of the slip. */
  topMm: number;
  heightMm: number;
  runs: TextRun[];
  /** Content of a barcode or QR code. */
  data?: string;
  bitmap?: PaperBitmap;
}

/** One piece of paper. */
export interface Slip {
  id: number;
  lines: PaperLine[];
  heightMm: number;
  /** True when the cutter cut it off; false while it hangs in the printer, or when the roll ended with it. */
  cut: boolean;
  /** True when the roll ended and the piece came out as the new roll went in. */
  tornOff: boolean;
  startedAtMs: number;
  endedAtMs?: number;
  /** Plain text, one paper line per `\n`, columns kept with spaces, no blank lines at the end. */
  text(): string;
}

export interface Paper {
  /** Oldest first; the last one may still hang in the printer. */
  slips(): Slip[];
  /** Takes every slip away, also what hangs in the printer. */
  clear(): void;
  /** Paper moved since the printer was made. */
  readonly totalMm: number;
}

export interface PrinterStateSnapshot {
  power: "on" | "off";
  cover: "closed" | "open";
  paper: "ok" | "nearEnd" | "out";
  paperLeftMm: number;
  cutter: "ok" | "jammed";
  error: "none" | "cutter";
  /** False while the printer has stopped taking data out of its buffer. */
  online: boolean;
  bufferUsed: number;
  bufferBytes: number;
  /** True while paper moves or the cutter runs. */
  printing: boolean;
  widthMm: 58 | 80;
  speedMmPerS: number;
  drawerOpens: number;
  /** How often the buzzer was asked for. */
  beeps: number;
  /** Sessions open now (0 or 1). */
  sessions: number;
}

/** A command the printer did not know; it is dropped and reading goes on behind it. */
export interface UnknownCommand {
  bytes: Uint8Array;
  atMs: number;
}

export type VirtualPrinterEvent =
  | { kind: "line"; line: PaperLine; slip: Slip }
  | { kind: "cut"; slip: Slip }
  | { kind: "state"; state: PrinterStateSnapshot }
  | { kind: "reply"; bytes: Uint8Array }
  /** The buffer is empty and nothing moves any more. */
  | { kind: "idle" }
  /** A fault was set, cleared, or struck. */
  | { kind: "fault"; fault: FaultKind; change: "set" | "cleared" | "struck" };

export const DOTS_PER_MM = 8;

/** Printable dots across the paper. */
export function printWidthDots(widthMm: 58 | 80): number {
  return widthMm === 80 ? 576 : 384;
}

/** Error with the `code` Node's own sockets use. */
export class PrinterConnectionError extends Error {
  readonly code: "ECONNREFUSED" | "ETIMEDOUT" | "EBUSY" | "ECONNRESET" | "EPIPE";
  constructor(code: PrinterConnectionError["code"], message: string) {
    super(message);
    this.name = "PrinterConnectionError";
    this.code = code;
  }
}
