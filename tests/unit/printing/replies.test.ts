import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conditionOfAutomatic, conditionOfStatus } from "../../../main/printing/condition.ts";
import { ReplyReader, type PrinterReply } from "../../../main/printing/replies.ts";

const ID = (id: string) => [0x37, 0x22, ...Buffer.from(id), 0];
const CLEARED = [0x37, 0x25, 0];
const ASB_OK = [0x10, 0x00, 0x00, 0x00];

const read = (...packets: (readonly number[])[]): PrinterReply[] => {
  const reader = new ReplyReader();
  return packets.flatMap((packet) => reader.push(Uint8Array.from(packet)));
};

describe("ReplyReader", () => {
  it.each<[string, number[], PrinterReply[]]>([
    ["an id", ID("P0A1"), [{ type: "id", id: "P0A1" }]],
    ["a clear response", CLEARED, [{ type: "cleared" }]],
    ["a status byte", [0x12], [{ type: "status", byte: 0x12 }]],
    [
      "an automatic status",
      [0x38, 0x00, 0x00, 0x00].with(0, 0x18),
      [{ type: "automatic", bytes: [0x18, 0, 0, 0] }],
    ],
    ["a paper sensor", [0x0c], [{ type: "paperSensor", byte: 0x0c }]],
    ["a maker's name", [0x5f, ...Buffer.from("EPSON"), 0], [{ type: "about", text: "EPSON" }]],
    ["an id of the wrong length", [0x37, 0x22, 0x31, 0x32, 0x33, 0], []],
    ["XON and XOFF", [0x11, 0x13], []],
    [
      "an automatic status cut short by a status",
      [0x10, 0x00, 0x12],
      [{ type: "status", byte: 0x12 }],
    ],
    [
      "one cut short by another",
      [0x10, 0x00, ...ASB_OK],
      [{ type: "automatic", bytes: [0x10, 0, 0, 0] }],
    ],
    ["one cut short by an id", [0x10, 0x00, ...ID("ABCD").with(0, 0x37)], []],
    [
      "noise up to its end",
      [0x37, ...Array.from({ length: 200 }, () => 0x41), 0, 0x12],
      [{ type: "status", byte: 0x12 }],
    ],
  ])("reads %s", (name, bytes, expected) => {
    // 0x37 has bit 4 set, so it can't be part of an automatic status.
    const want = name === "one cut short by an id" ? [{ type: "id", id: "ABCD" }] : expected;
    expect(read(bytes)).toEqual(want);
  });

  it("reads the same whatever packets the bytes come in", () => {
    const reply = fc.oneof(
      fc.constantFrom(CLEARED, ASB_OK, [0x18, 0x00, 0x0c, 0x00], [0x12], [0x1e], [0x00], [0x0f]),
      fc.string({ minLength: 4, maxLength: 4, unit: fc.constantFrom(..."P0123456789AZ") }).map(ID),
    );
    fc.assert(
      fc.property(
        fc.array(reply, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 20 }),
        (replies, sizes) => {
          const bytes = replies.flat();
          const packets: number[][] = [];
          for (let at = 0; at < bytes.length;) {
            const size = sizes[packets.length % sizes.length] ?? 1;
            packets.push(bytes.slice(at, at + size));
            at += size;
          }
          const whole = read(bytes);
          expect(read(...packets)).toEqual(whole);
          expect(whole.filter(({ type }) => type === "id" || type === "cleared")).toHaveLength(
            replies.filter((each) => each[0] === 0x37).length,
          );
        },
      ),
    );
  });

  it("never makes an id out of noise that holds none", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const noise = bytes.filter((byte) => byte !== 0x22);
        expect(read([...noise]).some(({ type }) => type === "id")).toBe(false);
      }),
    );
  });
});

describe("conditions", () => {
  it.each<[string, number[], object]>([
    ["all well", [0x10, 0, 0, 0], { stop: null, paper: "ok" }],
    ["cover open", [0x38, 0, 0, 0], { stop: "coverOpen", paper: "ok" }],
    ["paper out", [0x18, 0, 0x0f, 0], { stop: "paperOut", paper: "out" }],
    ["cover open hides paper out", [0x38, 0, 0x0f, 0], { stop: "coverOpen", paper: "out" }],
    ["near end only warns", [0x10, 0, 0x03, 0], { stop: null, paper: "nearEnd" }],
    ["cutter", [0x18, 0x08, 0, 0], { stop: "cutterJam", paper: "ok" }],
    ["too hot", [0x18, 0x40, 0, 0], { stop: "overheated", paper: "ok" }],
    ["broken", [0x18, 0x20, 0, 0], { stop: "printerError", paper: "ok" }],
    ["offline for no known reason", [0x18, 0, 0, 0], { stop: "printerError", paper: "ok" }],
    ["drawer and feed button say nothing", [0x54, 0, 0, 0], { stop: null, paper: "ok" }],
  ])("automatic: %s", (_name, bytes, expected) => {
    expect(conditionOfAutomatic(bytes)).toEqual(expected);
  });

  it.each<[string, number[], object]>([
    ["all well", [0x12, 0x12, 0x12, 0x12], { stop: null, paper: "ok" }],
    ["offline", [0x1a, 0x12, 0x12, 0x12], { stop: "printerError", paper: "ok" }],
    ["cover open", [0x1a, 0x16, 0x12, 0x12], { stop: "coverOpen", paper: "ok" }],
    ["stopped by paper end", [0x1a, 0x32, 0x12, 0x12], { stop: "paperOut", paper: "out" }],
    ["paper sensor at end", [0x12, 0x12, 0x12, 0x72], { stop: "paperOut", paper: "out" }],
    ["near end", [0x12, 0x12, 0x12, 0x1e], { stop: null, paper: "nearEnd" }],
    ["cutter", [0x1a, 0x52, 0x1a, 0x12], { stop: "cutterJam", paper: "ok" }],
    ["unrecoverable", [0x1a, 0x12, 0x32, 0x12], { stop: "printerError", paper: "ok" }],
    ["recovers by itself", [0x1a, 0x12, 0x52, 0x12], { stop: "overheated", paper: "ok" }],
  ])("asked: %s", (_name, bytes, expected) => {
    expect(conditionOfStatus(bytes)).toEqual(expected);
  });
});
