import { createServer, type Socket } from "node:net";
import type {
  PrinterConnection,
  VirtualPrinter,
} from "../../../main/printing/virtual-printer/index.ts";

/** What the printer's network board takes at a time: the rest is still on this side of a pulled cable. */
const SEGMENT_BYTES = 64;

/**
 * A network cable between a till and a printer. Pulled, it carries nothing and says nothing, also not that
 * a connection has ended; plugged in again, everything that was held up arrives, as TCP does it.
 */
export interface NetworkCable {
  port: number;
  pull: () => void;
  plug: () => void;
  /** The connections there are now carry nothing any more, on neither end anybody hears of it; new ones do. */
  die: () => void;
  close: () => Promise<void>;
}

export async function networkCable(device: VirtualPrinter): Promise<NetworkCable> {
  const cable = new Cable();
  const sockets = new Set<Socket>();
  const dead = new WeakSet<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    void cable.whole().then(() => serve(socket, device, { cable, dead }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : 0,
    pull: () => cable.pull(),
    plug: () => cable.plug(),
    die: () => {
      for (const socket of sockets) dead.add(socket);
    },
    close: async () => {
      cable.plug();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

class Cable {
  private plugged = Promise.withResolvers<void>();

  constructor() {
    this.plugged.resolve();
  }

  pull(): void {
    this.plugged = Promise.withResolvers<void>();
  }

  plug(): void {
    this.plugged.resolve();
  }

  /** Resolves while, or once, it is plugged in. */
  whole(): Promise<void> {
    return this.plugged.promise;
  }
}

function serve(
  socket: Socket,
  device: VirtualPrinter,
  { cable, dead }: { cable: Cable; dead: WeakSet<Socket> },
): void {
  let connection: PrinterConnection;
  try {
    connection = device.connect();
  } catch {
    socket.resetAndDestroy();
    return;
  }
  connection.onData((bytes) => {
    if (!dead.has(socket)) void cable.whole().then(() => socket.write(bytes));
  });
  connection.onClose((error) => {
    if (dead.has(socket)) return;
    void cable.whole().then(() => (error ? socket.resetAndDestroy() : socket.destroy()));
  });
  const passOn = async () => {
    for await (const chunk of socket) {
      if (!(chunk instanceof Uint8Array)) continue;
      for (let at = 0; at < chunk.length; at += SEGMENT_BYTES) {
        await cable.whole();
        if (!dead.has(socket)) await takeAtItsPace(device, chunk.subarray(at, at + SEGMENT_BYTES));
        if (!dead.has(socket)) await connection.write(chunk.subarray(at, at + SEGMENT_BYTES));
      }
    }
  };
  void passOn()
    .catch(() => {}) // either end has gone
    .then(() => cable.whole())
    .finally(() => connection.close());
}

/** The fault slowLine, which is the network board's. */
async function takeAtItsPace(device: VirtualPrinter, segment: Uint8Array): Promise<void> {
  const slow = device.faults.slowLine;
  if (slow) await device.pass((segment.length * 1000) / slow.bytesPerS);
}
