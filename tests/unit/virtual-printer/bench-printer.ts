import {
  VirtualPrinter,
  type PrinterConnection,
  type VirtualPrinterOptions,
} from "../../../main/printing/virtual-printer/index.ts";
import { ManualClock } from "./manual-clock.ts";

/** `'1b 40'` as bytes; text in quotes inside stands for its ASCII codes: `hex('"abc" 0a')`. */
export function hex(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const [token] of text.matchAll(/"[^"]*"|[0-9a-f]{2}/gi)) {
    if (token.startsWith('"')) bytes.push(...new TextEncoder().encode(token.slice(1, -1)));
    else bytes.push(Number.parseInt(token, 16));
  }
  return Uint8Array.from(bytes);
}

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");

/** Lets queued promise callbacks run. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One line at the default spacing, 200 mm/s. */
export const LINE_MM = 25.4 / 6;
export const LINE_MS = (LINE_MM / 200) * 1000;

export interface Bench {
  clock: ManualClock;
  printer: VirtualPrinter;
  connection: PrinterConnection;
  /** Everything the printer has answered, as hex, one entry per answer. */
  answers: string[];
  closed: { error: Error | undefined }[];
  /** Sends, without waiting for room in the buffer. */
  send(text: string): Promise<void>;
  /** Goes on and lets the answers through. */
  run(ms?: number): Promise<void>;
  /** Sends a real-time request and returns what came back. */
  ask(text: string): Promise<string[]>;
  lines(): string[];
  reconnect(): PrinterConnection;
}

export function bench(o: Partial<VirtualPrinterOptions> = {}): Bench {
  const clock = new ManualClock();
  const printer = new VirtualPrinter({ clock, widthMm: 80, ...o });
  const answers: string[] = [];
  const closed: Bench["closed"] = [];
  const attach = () => {
    const connection = printer.connect();
    connection.onData((bytes) => answers.push(toHex(bytes)));
    connection.onClose((error) => closed.push({ error }));
    return connection;
  };
  const parts: Bench = {
    clock,
    printer,
    connection: attach(),
    answers,
    closed,
    send: (text) => parts.connection.write(hex(text)),
    run: async (ms = 60_000) => {
      clock.advance(ms);
      await settle();
    },
    ask: async (text) => {
      const before = answers.length;
      await parts.connection.write(hex(text));
      await settle();
      return answers.slice(before);
    },
    lines: () => printer.paper.slips().flatMap((slip) => slip.text().split("\n")),
    reconnect: () => {
      parts.connection = attach();
      return parts.connection;
    },
  };
  return parts;
}

export const id = (four: string): string => `1d 28 48 06 00 30 30 "${four}"`;
export const idAnswer = (four: string): string => `37 22 ${toHex(hex(`"${four}"`))} 00`;
export const FEED_CUT = "1d 56 42 00";
