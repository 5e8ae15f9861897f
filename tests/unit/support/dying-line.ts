import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface DyingLine {
  port: number;
  /**
   * Connections made so far carry nothing any more and say nothing of it. `atPrinter`: `open` leaves the
   * printer with a connection it takes for living until the host's end is reset; `gone` forgets it.
   */
  die: (atPrinter: "open" | "gone") => void;
  /** What was sent into dead connections. */
  swallowed: () => Buffer;
  /** How many connections were made. */
  connections: () => number;
}

/** A network to the printer on `printerPort`, over real TCP, on which a connection can die without a word. */
export async function dyingLine(printerPort: number): Promise<DyingLine> {
  const pairs = new Set<{ host: Socket; printer: Socket; dead: boolean }>();
  const swallowed: Buffer[] = [];
  let connections = 0;
  const server = createServer({ noDelay: true }, (host) => {
    connections += 1;
    const pair = { host, printer: connect(printerPort, "127.0.0.1"), dead: false };
    const { printer } = pair;
    pairs.add(pair);
    host.on("error", () => {});
    printer.on("error", () => {});
    host.on("data", (bytes: Buffer) => {
      if (pair.dead) swallowed.push(bytes);
      else printer.write(bytes);
    });
    printer.on("data", (bytes: Buffer) => {
      if (!pair.dead) host.write(bytes);
    });
    host.on("close", () => printer.destroy());
    printer.on("close", () => {
      if (!pair.dead) host.resetAndDestroy();
    });
  });
  onTestFinished(() => {
    for (const { host, printer } of pairs) {
      host.destroy();
      printer.destroy();
    }
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    die: (atPrinter) => {
      for (const pair of pairs) {
        pair.dead = true;
        if (atPrinter === "gone") pair.printer.destroy();
      }
    },
    swallowed: () => Buffer.concat(swallowed),
    connections: () => connections,
  };
}
