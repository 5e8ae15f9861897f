import { connect, createServer, type AddressInfo, type Server } from "node:net";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import type { JobEvent } from "../../main/printing/job.ts";
import { Printer } from "../../main/printing/printer.ts";
import type { PrinterMemory } from "../../main/printing/receipt-printer.ts";
import { ReplyReader } from "../../main/printing/replies.ts";
import { TcpTransport } from "../../main/printing/transports/tcp/tcp-transport.ts";
import { serveVirtualPrinter, VirtualPrinter } from "../../main/printing/virtual-printer/index.ts";
import { documentOf } from "../unit/support/print-bench.ts";
import { TestClock } from "../unit/support/test-clock.ts";
import { anyDamage, hunt, spoil, type Damage } from "./support/fuzz.ts";

/** Longer than a printer is waited for, whatever it says. */
const PATIENCE_MS = 60_000;
const ENDS = new Set<JobEvent["type"]>(["printed", "failed", "cleared", "unknown", "notTaken"]);

/** What a bad line makes of one packet of answers. */
type Noise =
  | { kind: "pass" | "drop" | "twice" | "split" }
  | { kind: "damage"; damage: Damage[] }
  | { kind: "before" | "after" | "instead"; bytes: Uint8Array };

const anyNoise: fc.Arbitrary<Noise> = fc.oneof(
  fc.record({ kind: fc.constantFrom("pass", "pass", "drop", "twice", "split") }),
  fc.record({ kind: fc.constant("damage"), damage: anyDamage }),
  fc.record({
    kind: fc.constantFrom("before", "after", "instead"),
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      // Beginnings of real answers, and answers nobody asked for.
      fc.constantFrom(
        Uint8Array.of(0x37, 0x22),
        Uint8Array.from(Buffer.from("7\x22P000\0")),
        Uint8Array.from(Buffer.from("7\x22" + "P".repeat(5_000) + "\0")),
        Uint8Array.of(0x37, 0x25, 0),
        Uint8Array.of(0x10, 0, 0),
        Uint8Array.of(0x5f),
        new Uint8Array(3_000).fill(0x12),
        new Uint8Array(3_000).fill(0x00),
        new Uint8Array(3_000).fill(0xff),
      ),
    ),
  }),
);

function made(packet: Buffer, noise: Noise | undefined): Buffer[] {
  switch (noise?.kind) {
    case "drop":
      return [];
    case "twice":
      return [packet, packet];
    case "split":
      return [...packet].map((byte) => Buffer.of(byte));
    case "damage":
      return [spoil(packet, noise.damage)];
    case "before":
      return [Buffer.from(noise.bytes), packet];
    case "after":
      return [packet, Buffer.from(noise.bytes)];
    case "instead":
      return [Buffer.from(noise.bytes)];
    default:
      return [packet];
  }
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A line to a printer that spoils what comes back, packet by packet; null: nobody is at its other end. */
async function noisyLine(printerPort: number | null, noises: readonly Noise[]) {
  let packets = 0;
  const server = createServer({ noDelay: true }, (host) => {
    const say = (packet: Buffer) => {
      for (const part of made(packet, noises[packets++ % noises.length])) host.write(part);
    };
    host.on("error", () => {});
    if (printerPort === null) {
      host.on("data", (bytes: Buffer) => say(bytes.subarray(0, 16)));
      return;
    }
    const device = connect(printerPort, "127.0.0.1").on("error", () => {});
    host.on("data", (bytes: Buffer) => device.write(bytes)).on("close", () => device.destroy());
    device.on("data", say).on("close", () => host.destroy());
  });
  const sockets = new Set<{ destroy(): void }>();
  server.on("connection", (socket) => sockets.add(socket));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: await listening(server), close };
}

/** Asks for three receipts over a noisy line and says what was told of each, and what is on paper. */
async function printOver(
  clock: TestClock,
  noises: readonly Noise[],
  options: { hasPrinter: boolean; memory: PrinterMemory },
) {
  const device = new VirtualPrinter({ clock, widthMm: 58, speedMmPerS: 400 });
  const behind = await serveVirtualPrinter(device, { port: 0 });
  const line = await noisyLine(options.hasPrinter ? behind.port : null, noises);
  const incidents: unknown[] = [];
  const printer = new Printer({
    transport: new TcpTransport("127.0.0.1", line.port, clock),
    clock,
    memory: { ...options.memory },
    remember: () => {},
    changed: () => {},
    recovered: () => {},
    incident: (error) => incidents.push(error),
  });
  try {
    const told = await Promise.all([1, 2, 3].map((receiptNo) => tellOf(printer, clock, receiptNo)));
    const text = device.paper
      .slips()
      .map((slip) => slip.text())
      .join("\n");
    const whole = [...text.matchAll(/- (\d+) 小票完 -/g)].map((match) => Number(match[1]));
    return { told, whole, incidents, queue: printer.state() };
  } finally {
    printer.close();
    line.close();
    await behind.close();
  }
}

/** Everything told of one receipt until it ended, or the printer said that it has stopped. */
function tellOf(printer: Printer, clock: TestClock, receiptNo: number): Promise<JobEvent[]> {
  return new Promise((resolve) => {
    const told: JobEvent[] = [];
    const stop = clock.setTimer(PATIENCE_MS * 3, () => resolve(told));
    printer.enqueue({
      document: () => documentOf(receiptNo),
      wanted: () => true,
      blind: true,
      label: { saleId: receiptNo, attempt: 1 },
      dropped: () => resolve(told),
      emit: (event) => {
        told.push(event);
        // A stopped printer is waited for by people; nothing behind it is.
        if (!ENDS.has(event.type) && event.type !== "blocked") return;
        stop();
        resolve(told);
      },
    });
  });
}

const BY_ID: PrinterMemory = { answers: true, fence: "id" };
const NEW: PrinterMemory = { answers: false, fence: null };

test("whatever comes back, no receipt is proven without its paper, and the next one has its turn", async () => {
  const clock = new TestClock(150);
  const noises = fc.array(anyNoise, { minLength: 1, maxLength: 12 });
  await hunt(fc.tuple(noises, fc.constantFrom(BY_ID, NEW)), 40, async ([line, memory]) => {
    const { told, whole, incidents } = await printOver(clock, line, { hasPrinter: true, memory });
    expect(incidents).toEqual([]);
    told.forEach((events, index) => {
      expect(events.some(({ type }) => ENDS.has(type) || type === "blocked")).toBe(true);
      if (events.at(-1)?.type === "printed") expect(whole).toContain(index + 1);
    });
  });
});

test("something that is no printer at all proves nothing, however much it says", async () => {
  const clock = new TestClock(150);
  const noises = fc.array(anyNoise, { minLength: 1, maxLength: 6 });
  await hunt(fc.tuple(noises, fc.constantFrom(BY_ID, NEW)), 15, async ([line, memory]) => {
    const { told, incidents } = await printOver(clock, line, { hasPrinter: false, memory });
    expect(incidents).toEqual([]);
    for (const events of told) {
      expect(events.map(({ type }) => type)).not.toContain("printed");
      expect(events.length).toBeGreaterThan(0);
    }
  });
});

test("answers are the same however the line cuts them, and noise never piles up", async () => {
  await hunt(
    fc.tuple(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(50))),
    300,
    ([bytes, cuts]) => {
      const atOnce = new ReplyReader().push(bytes);
      const reader = new ReplyReader();
      const inParts = [];
      let at = 0;
      for (const length of cuts) {
        inParts.push(...reader.push(bytes.subarray(at, at + length)));
        at += length;
      }
      inParts.push(...reader.push(bytes.subarray(at)));
      expect(inParts).toEqual(atOnce);
      for (const reply of atOnce)
        if (reply.type === "about") expect(reply.text.length).toBeLessThan(90);
    },
  );
});

test("a printer that answers for ever is listened to and not waited for", async () => {
  const clock = new TestClock(150);
  const server = createServer((host) => {
    const talk = () => {
      if (!host.destroyed) host.write(Buffer.alloc(4_096, 0x12), () => setImmediate(talk));
    };
    host.on("error", () => {}).resume();
    talk();
  });
  const sockets = new Set<{ destroy(): void }>();
  server.on("connection", (socket) => sockets.add(socket));
  const port = await listening(server);
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const printer = new Printer({
    transport: new TcpTransport("127.0.0.1", port, clock),
    clock,
    memory: { ...BY_ID },
    remember: () => {},
    changed: () => {},
    recovered: () => {},
    incident: (error) => expect.fail(String(error)),
  });
  onTestFinished(() => printer.close());
  expect((await tellOf(printer, clock, 1)).at(-1)?.type).toBe("unknown");
});
