import { describe, expect, it } from "vitest";
import { VirtualPrinter, type Wire } from "../../../main/printing/virtual-printer/index.ts";
import { WIRE_NAMES, wireName, WIRES } from "../../../main/printing/virtual-printer/page/wires.ts";
import { bench, hex, id, idAnswer, settle, toHex } from "./bench-printer.ts";
import { ManualClock } from "./manual-clock.ts";

/** Goes on in small steps, so that what waits for the step before gets its turn. */
async function run(clock: ManualClock, ms: number, stepMs = 1): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    clock.advance(stepMs);
    await settle();
  }
}

function wired(wire: Wire, bufferBytes = 16_384) {
  const clock = new ManualClock();
  const printer = new VirtualPrinter({ clock, widthMm: 80, wire, bufferBytes });
  const connection = printer.connect();
  const said: { atMs: number; bytes: string }[] = [];
  connection.onData((bytes) => said.push({ atMs: clock.monotonicMs(), bytes: toHex(bytes) }));
  return { clock, printer, connection, said };
}

const TEXT = new Uint8Array(2_000).fill(0x41);

describe("usb", () => {
  it("takes a packet whole or not at all", async () => {
    const b = wired({ kind: "usb" }, 100);
    b.printer.openCover();
    let taken = false;
    const write = b.connection.write(TEXT.slice(0, 128)).then(() => (taken = true));
    await settle();
    // The second packet would need 64 bytes and finds 36: not acknowledged.
    expect(b.printer.state().bufferUsed).toBe(64);
    expect(taken).toBe(false);
    b.printer.closeCover();
    await run(b.clock, 2_000, 20);
    await write;
  });

  it("answers in packets", async () => {
    const b = wired({ kind: "usb", packetBytes: 4 });
    await b.connection.write(hex(id("JOB1")));
    await settle();
    expect(b.said.map(({ bytes }) => bytes)).toEqual(["37 22 4a 4f", "42 31 00"]);
  });

  it("lets no question through behind a packet that does not fit", async () => {
    const b = wired({ kind: "usb" }, 64);
    b.printer.openCover();
    b.connection.write(TEXT.slice(0, 128)).catch(() => {});
    b.connection.write(hex("10 04 02")).catch(() => {});
    await settle();
    expect(b.said).toEqual([]);
  });

  it("lets a question into a full printer", async () => {
    const b = wired({ kind: "usb" }, 64);
    b.printer.openCover();
    await b.connection.write(TEXT.slice(0, 64));
    await b.connection.write(hex("10 04 02"));
    await settle();
    expect(b.said.map(({ bytes }) => bytes)).toEqual(["16"]);
  });
});

describe("one way", () => {
  it("prints and nothing comes back", async () => {
    const b = wired({ kind: "usb", answers: false });
    await b.connection.write(hex(`"one" 0a ${id("JOB1")} 10 04 01`));
    await run(b.clock, 200, 10);
    expect(b.said).toEqual([]);
    expect(b.printer.paper.slips()[0]?.text()).toBe("one");
  });
});

describe("serial", () => {
  const slow = { kind: "serial", baudRate: 9600 } as const;

  it("takes its time both ways: ten bits a byte", async () => {
    const b = wired({ ...slow, flow: "hardware" });
    await b.connection.write(new Uint8Array(0));
    const write = b.connection.write(hex(id("JOB1")));
    await run(b.clock, 30);
    await write;
    // Eleven bytes out, seven back: 18 bytes at 960 a second.
    expect(b.said).toHaveLength(1);
    expect(b.said[0]?.bytes).toBe(idAnswer("JOB1"));
    expect(b.said[0]?.atMs).toBeGreaterThanOrEqual(18);
    expect(b.said[0]?.atMs).toBeLessThan(24);
  });

  it("is as fast as its baud rate over a long document", async () => {
    const b = wired({ ...slow, flow: "hardware" });
    let doneMs = 0;
    const write = b.connection.write(TEXT.slice(0, 960)).then(() => {
      doneMs = b.clock.monotonicMs();
    });
    await run(b.clock, 1_100);
    await write;
    expect(doneMs).toBeGreaterThanOrEqual(1_000);
    expect(doneMs).toBeLessThan(1_030);
  });

  it.each(["hardware", "software"] as const)("%s flow control loses nothing", async (flow) => {
    const b = wired({ kind: "serial", baudRate: 115_200, flow }, 256);
    b.printer.openCover();
    let written = false;
    const write = b.connection.write(hex(`${"41 ".repeat(600)} 0a`)).then(() => (written = true));
    await run(b.clock, 500, 5);
    expect(written).toBe(false);
    b.printer.closeCover();
    await run(b.clock, 3_000, 5);
    await write;
    expect(b.printer.paper.slips()[0]?.text().replaceAll("\n", "")).toHaveLength(600);
    expect(b.said).toEqual([]);
  });

  it("software flow control that nobody obeys: XOFF and XON are seen, and bytes are lost", async () => {
    const b = wired({ kind: "serial", baudRate: 115_200, flow: "rawSoftware" }, 256);
    b.printer.openCover();
    const write = b.connection.write(hex(`${"41 ".repeat(600)} 0a`));
    await run(b.clock, 500, 5);
    await write;
    expect(b.said.map(({ bytes }) => bytes)).toEqual(["13"]);
    b.printer.closeCover();
    await run(b.clock, 3_000, 5);
    expect(b.said.map(({ bytes }) => bytes)).toEqual(["13", "11"]);
    void b.connection.write(hex("0a"));
    await run(b.clock, 100, 5);
    expect(b.printer.paper.slips()[0]?.text().replaceAll("\n", "")).toHaveLength(256);
  });

  it("without flow control: a full printer loses bytes and answers what stands behind them", async () => {
    const b = wired({ kind: "serial", baudRate: 115_200, flow: "none" }, 256);
    b.printer.openCover();
    const write = b.connection.write(hex(`${"41 ".repeat(600)} 0a`));
    await run(b.clock, 500, 5);
    await write;
    b.printer.closeCover();
    await run(b.clock, 3_000, 5);
    void b.connection.write(hex(`0a ${id("JOB1")}`));
    await run(b.clock, 500, 5);
    expect(b.said.map(({ bytes }) => bytes)).toEqual([idAnswer("JOB1")]);
    expect(b.printer.paper.slips()[0]?.text().replaceAll("\n", "")).toHaveLength(256);
  });

  it("ends with the printer's power, and says so to every write", async () => {
    const b = wired({ ...slow, flow: "hardware" });
    const closed: (Error | undefined)[] = [];
    b.connection.onClose((error) => closed.push(error));
    const write = b.connection.write(TEXT).then(
      () => "written",
      (error: unknown) => error,
    );
    await run(b.clock, 100);
    b.printer.powerOff();
    await run(b.clock, 100);
    expect(await write).toMatchObject({ code: "ECONNRESET" });
    expect(closed).toMatchObject([{ code: "ECONNRESET" }]);
    await expect(b.connection.write(TEXT)).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it("says nothing more to a host that has closed", async () => {
    const b = wired({ ...slow, flow: "hardware" });
    void b.connection.write(hex(id("JOB1"))).catch(() => {});
    await run(b.clock, 14);
    b.connection.close();
    await run(b.clock, 60);
    expect(b.said).toEqual([]);
    expect(b.printer.state().sessions).toBe(0);
  });
});

describe("setWire", () => {
  it("cuts off the old cable and counts from the next connection", async () => {
    const b = bench();
    expect(b.printer.wire).toEqual({ kind: "direct" });
    b.printer.setWire({ kind: "usb", answers: false });
    await settle();
    expect(b.closed).toHaveLength(1);
    b.reconnect();
    expect(await b.ask("10 04 01")).toEqual([]);
    b.printer.setWire({ kind: "direct" });
    b.reconnect();
    expect(await b.ask("10 04 01")).toEqual(["12"]);
  });

  it("has a name for everything on offer, and none for the rest", () => {
    for (const name of WIRE_NAMES) expect(wireName(WIRES[name])).toBe(name);
    expect(wireName({ kind: "direct", answers: true })).toBe("lan");
    expect(wireName({ kind: "serial", baudRate: 300, flow: "none" })).toBeUndefined();
  });
});
