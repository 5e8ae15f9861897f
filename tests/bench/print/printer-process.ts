import { createServer, type Server, type Socket } from "node:net";
import { systemClock } from "../../../main/clock.ts";
import {
  VirtualPrinter,
  type PrinterConnection,
} from "../../../main/printing/virtual-printer/index.ts";
import type { FromPrinter, ToPrinter } from "./messages.ts";

/*
 * A printer in a process of its own, so that it shares no event loop with the till or with who measures.
 * Times are `process.hrtime`: one clock for every process of a computer.
 */

/** ESC @: how every receipt begins; the questions the till asks first do not contain it. */
const INITIALIZE = Buffer.from([0x1b, 0x40]);
const [speedMmPerS = "500", cutMs = "50"] = process.argv.slice(2);

const printer = new VirtualPrinter({
  clock: systemClock,
  widthMm: 80,
  speedMmPerS: Number(speedMmPerS),
  cutMs: Number(cutMs),
  paperMm: 1e9,
});
let isArmed = false;
let firstNs: bigint | null = null;
const send = (message: FromPrinter) => process.send?.(message);

/** The printer's own port: takes the time of what comes, then passes it on. */
function servePrinter(socket: Socket): void {
  let connection: PrinterConnection;
  try {
    connection = printer.connect();
  } catch {
    socket.resetAndDestroy();
    return;
  }
  connection.onData((bytes) => socket.write(bytes));
  connection.onClose(() => socket.destroy());
  socket.on("close", () => connection.close());
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    const nowNs = process.hrtime.bigint();
    if (isArmed) note(chunk, nowNs);
    connection.write(chunk).catch(() => {});
  });
}

function note(chunk: Buffer, nowNs: bigint): void {
  firstNs ??= nowNs;
  if (!chunk.includes(INITIALIZE)) return;
  isArmed = false;
  send({ type: "receipt", firstNs, documentNs: nowNs, bytes: chunk.toString("base64") });
}

/** The yardstick's port: whatever comes is timed and dropped. */
function serveSink(socket: Socket): void {
  socket.on("error", () => socket.destroy());
  socket.on("data", () => {
    if (isArmed) send({ type: "bare", firstNs: process.hrtime.bigint() });
    isArmed = false;
  });
}

function listen(serve: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer({ noDelay: true }, serve);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address !== null && typeof address === "object") resolve({ server, port: address.port });
    });
  });
}

const { port: printerPort } = await listen(servePrinter);
const { port: sinkPort } = await listen(serveSink);
process.on("message", (message: ToPrinter) => {
  if (message.type !== "arm") return;
  isArmed = true;
  firstNs = null;
  send({ type: "armed", totalMm: printer.paper.totalMm });
});
process.on("disconnect", () => process.exit(0));
send({ type: "ready", printerPort, sinkPort });
