import { scaledClock } from "../../../main/clock.ts";
import { VirtualPrinter } from "../../../main/printing/virtual-printer/index.ts";
import { EAN13, QR, ROWS } from "./receipt.ts";

/** What a receipt came out as. Our printer decodes with code of its own, made from the manuals. */
export interface OnPaper {
  /** Every row is there, in its order, character for character. */
  chinese: boolean;
  /** First row that is not as it should be, for the table. */
  wrong: string;
  /** `data`: the code itself; `drawn`: a picture, not looked into. */
  qr: "data" | "drawn" | "missing";
  ean: "data" | "drawn" | "missing";
  cut: boolean;
}

/** Prints the bytes and reads the paper. */
export async function onPaper(bytes: Uint8Array): Promise<OnPaper> {
  const clock = scaledClock(1000);
  const printer = new VirtualPrinter({ clock, widthMm: 80, bufferBytes: bytes.length + 1 });
  const idle = new Promise<void>((resolve) => {
    printer.on((event) => {
      if (event.kind === "idle") resolve();
    });
  });
  const connection = printer.connect();
  await connection.write(bytes);
  await idle;
  connection.close();
  // Who cuts without feeding leaves the end of one receipt on the next piece of paper.
  const slips = printer.paper.slips();
  const lines = slips.flatMap((slip) => slip.lines);
  const bare = (text: string) => text.replaceAll(/\s/g, "");
  const printed = slips.flatMap((slip) => slip.text().split("\n")).map(bare);
  const wanted = ROWS.map((row) => bare(row.join("")));
  const texts = printed.filter((each) => each !== "");
  const wrong = wanted.find((row, index) => texts[index] !== row);
  const drawn = lines.filter(({ kind }) => kind === "raster").length;
  const code = (kind: "qr" | "barcode", data: string) =>
    lines.some((line) => line.kind === kind && line.data?.startsWith(data))
      ? "data"
      : drawn > 0
        ? "drawn"
        : "missing";
  return {
    chinese: wrong === undefined,
    wrong: wrong ?? "",
    qr: code("qr", QR),
    ean: code("barcode", EAN13),
    cut: slips.some((slip) => slip.cut),
  };
}
