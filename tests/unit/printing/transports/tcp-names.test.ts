import { spawn } from "node:child_process";
import dns from "node:dns";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { systemClock } from "../../../../main/clock.ts";
import { TcpTransport } from "../../../../main/printing/transports/tcp/tcp-transport.ts";
import { PrinterUnreachable } from "../../../../main/printing/transport.ts";

/** From now on the name has these addresses, in this order. The connections themselves are real. */
function nameFor(...addresses: string[]): string {
  const spy = vi.spyOn(dns, "lookup") as unknown as {
    mockImplementation: (lookup: (...asked: unknown[]) => void) => void;
    mockRestore: () => void;
  };
  spy.mockImplementation((...asked) => {
    const answer = asked.at(-1) as (error: null, found: dns.LookupAddress[]) => void;
    const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    queueMicrotask(() => answer(null, found));
  });
  onTestFinished(() => spy.mockRestore());
  return "printer.example";
}

async function failureOf(host: string, port: number): Promise<PrinterUnreachable> {
  const error = await new TcpTransport(host, port, systemClock).open().then(
    () => null,
    (failed: unknown) => failed,
  );
  if (error instanceof PrinterUnreachable) return error;
  throw new Error("it was connected");
}

/** A port of this computer on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function listening(): Promise<{ port: number }> {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port };
}

describe("a printer by a name with several addresses", () => {
  it("is not there when nobody listens on this computer, and each address is told", async () => {
    const port = await closedPort();
    const failure = await failureOf(nameFor("127.0.0.1", "127.0.0.2"), port);
    expect(failure.reason).toBe("unreachable");
    expect(failure.isRefused).toBe(true);
    expect(failure.message).toContain(`ECONNREFUSED 127.0.0.1:${port}`);
    expect(failure.message).toContain(`ECONNREFUSED 127.0.0.2:${port}`);
  });

  it("has said no when one of its addresses has, whatever became of the first", async () => {
    const port = await closedPort();
    // Link-local without the name of a link: no system can connect to it.
    const failure = await failureOf(nameFor("fe80::1", "127.0.0.1"), port);
    expect(failure.isRefused).toBe(true);
  });

  it.each([33.7, 0.4])(
    "is reached within %d ms, as short as they were learned",
    async (learnedMs) => {
      const { port } = await listening();
      const clock = { ...systemClock, setTimer: () => () => {} };
      const link = await new TcpTransport("127.0.0.1", port, clock).open(learnedMs);
      link.close();
    },
  );

  it.skipIf(process.platform !== "linux")("gets time to wake up at its first one", async () => {
    const { port, wakeUp } = await sleepingServer();
    const host = nameFor("127.0.0.1", "127.0.0.9");
    const opening = new TcpTransport(host, port, systemClock).open(20_000);
    // Longer than Node's own patience with one address of several.
    setTimeout(wakeUp, 400);
    const link = await opening;
    link.close();
  });
});

/** A server that takes no connection for now: its system lets a first packet be lost, to be sent again later. */
async function sleepingServer(): Promise<{ port: number; wakeUp: () => void }> {
  const script =
    'require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, function () { console.log(this.address().port); });';
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const sockets: Socket[] = [];
  onTestFinished(() => {
    child.kill("SIGKILL");
    for (const socket of sockets) socket.destroy();
  });
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  const port = Number(said.toString());
  child.kill("SIGSTOP");
  // Two of them fill the queue; the others wait with the printer's link.
  for (let number = 0; number < 4; number += 1) {
    const socket = connect({ host: "127.0.0.1", port });
    socket.on("error", () => {});
    sockets.push(socket);
  }
  await Promise.all(sockets.slice(0, 2).map((socket) => once(socket, "connect")));
  return { port, wakeUp: () => void child.kill("SIGCONT") };
}
