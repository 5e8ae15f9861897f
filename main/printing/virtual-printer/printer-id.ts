/** What a printer calls itself. */
export interface PrinterName {
  maker: string;
  model: string;
}

export const ownName = (widthMm: 58 | 80): PrinterName => ({
  maker: "SLIPSURE",
  model: `VP-${widthMm}`,
});

/** What some clones answer, whatever they are. That model knows no GS ( H. */
export const EPSON_NAME: PrinterName = { maker: "EPSON", model: "TM-T88III" };

/** Answers to GS I n: one byte for 1-3, `5F text 00` from 65 on; undefined for what it does not know. */
export function printerIdResponse(n: number, name: PrinterName): Uint8Array | undefined {
  switch (n) {
    case 1:
    case 49:
      return Uint8Array.of(0x20); // model number
    case 2:
    case 50:
      return Uint8Array.of(0x03); // two-byte characters, auto-cutter
    case 3:
    case 51:
      return Uint8Array.of(0x01); // firmware version
    case 65:
      return textBlock("1.00");
    case 66:
      return textBlock(name.maker);
    case 67:
      return textBlock(name.model);
    case 68:
      return textBlock("VP00000001");
    case 69:
      return textBlock("CHINA GBK");
    default:
      return undefined;
  }
}

function textBlock(text: string): Uint8Array {
  return Uint8Array.of(0x5f, ...new TextEncoder().encode(text), 0x00);
}
