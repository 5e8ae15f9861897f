import fc from "fast-check";
import { expect, test } from "vitest";
import { renderSlipPng, VirtualPrinter } from "../../main/printing/virtual-printer/index.ts";
import { ManualClock } from "../unit/virtual-printer/manual-clock.ts";
import { documentOf } from "../unit/support/print-bench.ts";
import { anyDamage, hunt, spoil } from "./support/fuzz.ts";

const MINUTE_MS = 60_000;
const ROLL_MM = 60_000;

/** Sends a stream to a printer and waits until it is printed, however much paper that takes. */
async function print(
  stream: Uint8Array,
  clock = new ManualClock(),
  device = new VirtualPrinter({ clock, widthMm: 58 }),
): Promise<{ clock: ManualClock; device: VirtualPrinter }> {
  const connection = device.connect();
  let isDone = false;
  const written = connection.write(stream).then(() => {
    isDone = true;
  });
  for (let turn = 0; turn < 10_000 && !isDone; turn += 1) {
    if (device.state().paper === "out") device.loadPaper();
    clock.advance(MINUTE_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(isDone, "the stream was never taken").toBe(true);
  await written;
  clock.advance(MINUTE_MS);
  connection.close();
  return { clock, device };
}

/** What holds of any paper, and of a printer that was switched off and on again. */
async function demandSound(device: VirtualPrinter, streamBytes: number): Promise<void> {
  const slips = device.paper.slips();
  for (const slip of slips) {
    // A line needs a byte at least, and lines that are cut apart are two.
    expect(slip.lines.length).toBeLessThanOrEqual(streamBytes * 256 + 1);
    expect(slip.heightMm).toBeLessThanOrEqual(ROLL_MM * 2);
    for (const line of slip.lines) {
      expect(line.runs.length).toBeLessThanOrEqual(2_000);
      if (line.bitmap) expect(line.bitmap.xDots + line.bitmap.widthDots).toBeLessThanOrEqual(1_000);
    }
    expect(typeof slip.text()).toBe("string");
  }
  const [first] = slips;
  if (first && first.heightMm < 200)
    expect((await renderSlipPng(first, { widthMm: 58 })).length).toBeGreaterThan(0);
  expect(device.unknownCommands.length).toBeLessThanOrEqual(1_000);
}

const LETTERS = Array.from({ length: 256 }, (_, byte) => byte);

/** A command as the manuals write it, with parameters nobody would send. */
const anyCommand = fc
  .tuple(
    fc.constantFrom(0x10, 0x1b, 0x1c, 0x1d),
    fc.constantFrom(
      ...LETTERS,
      ..."@!&(*-?$\\DEJLMRSVWkv8qpQ".split("").map((c) => c.charCodeAt(0)),
    ),
    fc.array(fc.oneof(fc.constantFrom(0, 1, 2, 48, 49, 65, 80, 81, 255), fc.nat(255)), {
      maxLength: 24,
    }),
  )
  .map(([family, letter, rest]) => [family, letter, ...rest]);

test("any stream of bytes is printed to its end, and what it leaves can be looked at", async () => {
  const streams = fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }),
    fc.array(anyCommand, { maxLength: 60 }).map((commands) => Uint8Array.from(commands.flat())),
  );
  await hunt(streams, 250, async (stream) => {
    const { device } = await print(stream);
    await demandSound(device, stream.length);
  });
});

test("a receipt that is damaged on its way stops nothing behind it", async () => {
  const whole = (await documentOf(7)).bytes;
  await hunt(anyDamage, 60, async (damage) => {
    const { clock, device } = await print(spoil(whole, damage));
    await demandSound(device, whole.length + 1_000);
    device.powerOff();
    device.powerOn();
    device.loadPaper();
    await print(whole, clock, device);
    expect(device.paper.slips().at(-1)?.text()).toContain("- 7 小票完 -");
  });
});

const ESC_GOTO_START = [0x1b, 0x24, 0, 0];

/** Streams that once took all memory, or a printer with them, by what they did. */
const REGRESSIONS: Record<string, Uint8Array> = {
  "a line printed over itself for ever": new Uint8Array(
    Array.from({ length: 150_000 }, () => [...ESC_GOTO_START, 0x41]).flat(),
  ),
  "pictures without a width in one line": new Uint8Array(
    Array.from({ length: 130_000 }, () => [0x1b, 0x2a, 33, 0, 0]).flat(),
  ),
  "pictures beside the paper": new Uint8Array(
    Array.from({ length: 6 }, () => [
      0x1b,
      0x2a,
      0,
      255,
      255,
      ...Array.from({ length: 65_535 }, () => 1),
    ]).flat(),
  ),
  "unknown commands only": new Uint8Array(40_000).fill(0x1b),
};

test.each(Object.entries(REGRESSIONS))("regression: %s", async (_what, stream) => {
  const { device } = await print(Uint8Array.from([...stream, 0x0a]));
  await demandSound(device, stream.length);
});

test("regression: a picture that announces gigabytes is taken and kept nowhere", async () => {
  const announced = Uint8Array.from([0x1d, 0x76, 0x30, 0, 255, 255, 255, 255]);
  const { clock, device } = await print(announced);
  expect(device.unknownCommands.map(({ bytes }) => [...bytes])).toEqual([[...announced]]);
  await print((await documentOf(7)).bytes, clock, device);
  expect(device.paper.slips()).toEqual([]);
  device.powerOff();
  device.powerOn();
  await print((await documentOf(7)).bytes, clock, device);
  expect(device.paper.slips().at(-1)?.text()).toContain("- 7 小票完 -");
});
