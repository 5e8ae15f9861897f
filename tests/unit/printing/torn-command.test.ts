import { expect, it } from "vitest";
import { documentOf, printBench, type PrintBench } from "../support/print-bench.ts";

/** A command cut in two by a lost link waits in the printer for its missing bytes. */
const KNOWN = { answers: true, fence: "id" as const };

const paperOf = (bench: PrintBench) =>
  bench.device.paper
    .slips()
    .map((slip) => slip.text())
    .join("\n")
    .trimEnd();

it("a link lost inside any command does not eat the head of the next receipt", async () => {
  const clean = await printBench({ memory: KNOWN });
  await clean.ask(8).until("printed");
  const expected = paperOf(clean);
  const { bytes } = await documentOf(7);
  const barcode = Buffer.from(bytes).indexOf(Buffer.from([0x1d, 0x6b, 73]));
  const fence = bytes.length;
  // Every place inside the barcode and the fence, and room for the status questions before them.
  const places = [...range(barcode + 1, barcode + 30), ...range(fence + 1, fence + 34)];
  for (const afterBytes of places) {
    const bench = await printBench({ memory: KNOWN, factor: 60 });
    await bench.until(() => bench.printer.state().state === "ready");
    bench.device.setFault({ kind: "reset", afterBytes });
    const first = bench.ask(7);
    // At the last places everything had been received and is proven.
    await bench.until(() =>
      first.told.some(({ type }) => type === "unknown" || type === "printed"),
    );
    await bench.ask(8).until("printed");
    const [, whole] = paperOf(bench)
      .split(/(?=^ +街角便利店\n)/m)
      .slice(-2);
    expect(whole, `lost after ${afterBytes} bytes`).toBe(expected);
    bench.printer.close();
  }
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
