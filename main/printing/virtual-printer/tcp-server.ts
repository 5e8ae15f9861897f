import { createServer, type Server, type Socket } from "node:net";
import type { VirtualPrinter } from "./printer.ts";
import { PrinterConnectionError, type PrinterConnection } from "./types.ts";

/**
 * Serves the printer as raw TCP, the way receipt printers listen on port 9100.
 *
 * While the printer has no power or the fault `refuse` is set the port is closed, so connecting is refused by
 * the operating system. A second session is reset at once. The fault `unreachable` cannot be shown on a
 * loopback address: there the connection opens and stays mute.
 * `host`: default is this computer alone, because anybody who can reach the port can print.
 * Rejects with Node's own listen errors (`EADDRINUSE`, `EACCES`).
 */
export async function serveVirtualPrinter(
  printer: VirtualPrinter,
  o: { port: number; host?: string },
): Promise<{ port: number; close(): Promise<void> }> {
  const host = o.host ?? "127.0.0.1";
  const sockets = new Set<Socket>();
  const accept = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serveSocket(printer, socket);
  };
  const door = new Door(accept, host);
  const port = await door.open(o.port);
  const update = () => {
    const wanted = printer.state().power === "on" && printer.faults.refuse === undefined;
    door.want(wanted);
  };
  const off = printer.on((event) => {
    if (event.kind === "state" || event.kind === "fault") update();
  });
  update();
  return {
    port,
    close: async () => {
      off();
      door.want(false);
      for (const socket of sockets) socket.destroy();
      await door.settled();
    },
  };
}

const RETRY_MS = 500;

/** A listening port that can be closed and opened again under the same number. */
class Door {
  readonly #accept: (socket: Socket) => void;
  readonly #host: string;
  #port = 0;
  #server: Server | undefined;
  #wanted = true;
  #change: Promise<void> = Promise.resolve();

  constructor(accept: (socket: Socket) => void, host: string) {
    this.#accept = accept;
    this.#host = host;
  }

  async open(port: number): Promise<number> {
    this.#port = port;
    await this.#listen();
    return this.#port;
  }

  /** Opens or closes; changes are carried out one after the other. */
  want(open: boolean): void {
    if (open === this.#wanted) return;
    this.#wanted = open;
    this.#change = this.#change.then(() => this.#follow());
  }

  settled(): Promise<void> {
    return this.#change;
  }

  async #follow(): Promise<void> {
    if (this.#wanted && this.#server === undefined) {
      try {
        await this.#listen();
      } catch {
        // Somebody else took the port while the printer was off: the printer stays away until it is free.
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        this.#change = this.#change.then(() => this.#follow());
      }
    } else if (!this.#wanted && this.#server !== undefined) {
      // Sessions that are open end on their own terms; only the port goes away.
      this.#server.close();
      this.#server = undefined;
    }
  }

  #listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      const server = createServer({ noDelay: true, allowHalfOpen: true }, this.#accept);
      server.once("error", reject);
      server.listen(this.#port, this.#host, () => {
        const address = server.address();
        if (address !== null && typeof address === "object") this.#port = address.port;
        this.#server = server;
        resolve();
      });
    });
  }
}

function serveSocket(printer: VirtualPrinter, socket: Socket): void {
  let connection: PrinterConnection;
  try {
    connection = printer.connect();
  } catch (error) {
    if (!(error instanceof PrinterConnectionError)) throw error;
    socket.on("error", () => socket.destroy());
    if (error.code === "EBUSY" && printer.faults.queuesConnections) queueSocket(printer, socket);
    else if (error.code === "ETIMEDOUT") socket.pause();
    else socket.resetAndDestroy();
    return;
  }
  connection.onData((bytes) => {
    if (socket.writable) socket.write(bytes);
  });
  connection.onClose((error) => {
    if (error === undefined) socket.end();
    else socket.resetAndDestroy();
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => connection.close());
  void passOn(printer, socket, connection);
}

/** In the backlog: connected, and unheard until the printer has nobody else. */
function queueSocket(printer: VirtualPrinter, socket: Socket): void {
  const off = printer.on((event) => {
    if (event.kind !== "state" || event.state.sessions > 0) return;
    off();
    // Not inside the printer's own step. Who waits longest is served first, the others queue again.
    setImmediate(() => {
      if (!socket.destroyed) serveSocket(printer, socket);
    });
  });
  socket.once("close", off);
}

/** Reads from the socket only as fast as the printer takes it, so a full printer closes the TCP window. */
async function passOn(
  printer: VirtualPrinter,
  socket: Socket,
  connection: PrinterConnection,
): Promise<void> {
  try {
    for await (const chunk of socket) {
      if (chunk instanceof Uint8Array) await takeAtItsPace(printer, chunk, connection);
    }
  } catch {
    // The session or the socket has died; both ends have been told through their own close events.
  }
  connection.close();
}

const SLOW_CHUNK_BYTES = 64;

/** The fault slowLine: a network board that is slow to take what it gets. */
async function takeAtItsPace(
  printer: VirtualPrinter,
  chunk: Uint8Array,
  connection: PrinterConnection,
): Promise<void> {
  const slow = printer.faults.slowLine;
  if (!slow) return connection.write(chunk);
  const startedMs = printer.monotonicMs();
  for (let at = 0; at < chunk.length; at += SLOW_CHUNK_BYTES) {
    const part = chunk.subarray(at, at + SLOW_CHUNK_BYTES);
    const dueMs = startedMs + ((at + part.length) * 1000) / slow.bytesPerS;
    await printer.pass(dueMs - printer.monotonicMs());
    await connection.write(part);
  }
}
