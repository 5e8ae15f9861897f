import type { Interpreter } from "./interpreter.ts";
import { lazily, type LineContent } from "./line-layout.ts";
import { ankCell } from "./print-settings.ts";
import { drawQrCode, qrModules } from "./qr-code.ts";
import { barSymbol, drawBars, symbolModules } from "./symbols.ts";
import { DOTS_PER_MM, type PaperBitmap, type TextRun } from "./types.ts";

/** Left edge of something `widthDots` wide under the current alignment; undefined when it does not fit. */
function placedAt(printer: Interpreter, widthDots: number): number | undefined {
  const { areaWidthDots, leftMarginDots, alignment } = printer.settings;
  if (widthDots > areaWidthDots) return undefined;
  return leftMarginDots + Math.floor(((areaWidthDots - widthDots) * alignment) / 2);
}

function printGraphic(printer: Interpreter, content: LineContent): void {
  printer.flushLine(false);
  printer.mechanism.print(content, content.heightDots / DOTS_PER_MM);
}

/** GS k. Data the symbology does not allow, or a symbol wider than the paper, prints nothing. */
export function printBarcode(printer: Interpreter, bytes: readonly number[]): void {
  const mode = bytes[2] ?? 0;
  const symbol = barSymbol(mode, Uint8Array.from(mode <= 6 ? bytes.slice(3, -1) : bytes.slice(4)));
  if (symbol === undefined) {
    printer.mechanism.unknownCommand(Uint8Array.from(bytes));
    return;
  }
  const { barcodeModuleDots: moduleDots, barcodeHeightDots, hriPosition } = printer.settings;
  const widthDots = symbolModules(symbol) * moduleDots;
  const xDots = placedAt(printer, widthDots);
  if (xDots === undefined) return;
  const hri = hriRun(printer, symbol.data, xDots + widthDots / 2);
  const above = (hriPosition & 1) === 1 ? hri.heightDots + 2 : 0;
  const below = (hriPosition & 2) === 2 ? hri.heightDots + 2 : 0;
  const runs: TextRun[] = [];
  if (above > 0) runs.push(hri);
  if (below > 0) runs.push({ ...hri, yDots: above + barcodeHeightDots + 2 });
  printGraphic(printer, {
    kind: "barcode",
    heightDots: above + barcodeHeightDots + below,
    runs,
    data: symbol.data,
    bitmap: {
      xDots,
      yDots: above,
      widthDots,
      heightDots: barcodeHeightDots,
      dots: lazily(() => drawBars(symbol, moduleDots, barcodeHeightDots)),
    },
  });
}

/** The human-readable line of a barcode, centred under it. */
function hriRun(printer: Interpreter, data: string, centreDots: number): TextRun {
  const font = printer.settings.hriFont;
  const cell = ankCell(font);
  const widthDots = data.length * cell.widthDots;
  return {
    text: data,
    xDots: Math.max(0, Math.round(centreDots - widthDots / 2)),
    widthDots,
    sizeX: 1,
    sizeY: 1,
    bold: false,
    underline: false,
    reverse: false,
    font,
    heightDots: cell.heightDots,
    cellWidths: Array.from(data, () => cell.widthDots),
    spacingDots: 0,
    yDots: 0,
    upsideDown: false,
  };
}

const QR_LEVELS = ["L", "M", "Q", "H"] as const;

/** GS ( k with cn 49: module size, error correction, store, print. Model 1 prints as model 2. */
export function printQrCode(printer: Interpreter, bytes: readonly number[]): void {
  const [, , , , , cn, fn, n] = bytes;
  if (cn !== 49 || n === undefined) return;
  const { settings } = printer;
  if (fn === 67 && n >= 1 && n <= 16) settings.qrModuleDots = n;
  else if (fn === 69) settings.qrLevel = QR_LEVELS[n - 48] ?? settings.qrLevel;
  else if (fn === 80) settings.qrData = Uint8Array.from(bytes.slice(8));
  else if (fn === 81) printStoredQrCode(printer);
}

function printStoredQrCode(printer: Interpreter): void {
  const { qrData, qrLevel, qrModuleDots } = printer.settings;
  if (qrData.length === 0) return;
  const modules = qrModules(qrData.length, qrLevel);
  if (modules === undefined) return;
  const widthDots = modules * qrModuleDots;
  const xDots = placedAt(printer, widthDots);
  if (xDots === undefined) return;
  printGraphic(printer, {
    kind: "qr",
    heightDots: widthDots,
    runs: [],
    data: new TextDecoder().decode(qrData),
    bitmap: {
      xDots,
      yDots: 0,
      widthDots,
      heightDots: widthDots,
      dots: lazily(() => drawQrCode(qrData, qrLevel, qrModuleDots)),
    },
  });
}

/** GS v 0 m xL xH yL yH: x bytes a row, y rows; m doubles width (1), height (2) or both (3). */
export function printRaster(printer: Interpreter, bytes: readonly number[]): void {
  if (bytes.length < 8) return;
  const mode = (bytes[3] ?? 0) & 3;
  const rowBytes = (bytes[4] ?? 0) + (bytes[5] ?? 0) * 256;
  const rows = (bytes[6] ?? 0) + (bytes[7] ?? 0) * 256;
  if (rowBytes === 0 || rows === 0) return;
  const scaleX = (mode & 1) + 1;
  const scaleY = (mode >> 1) + 1;
  const { areaWidthDots } = printer.settings;
  // What sticks out at the right is lost.
  const widthDots = Math.min(rowBytes * 8 * scaleX, areaWidthDots);
  const xDots = placedAt(printer, widthDots) ?? 0;
  const heightDots = rows * scaleY;
  const data = Uint8Array.from(bytes.slice(8));
  const bitmap: PaperBitmap = {
    xDots,
    yDots: 0,
    widthDots,
    heightDots,
    dots: lazily(() => {
      const dots = new Uint8Array(widthDots * heightDots);
      for (let y = 0; y < heightDots; y += 1) {
        for (let x = 0; x < widthDots; x += 1) {
          const column = Math.floor(x / scaleX);
          const byte = data[Math.floor(y / scaleY) * rowBytes + (column >> 3)] ?? 0;
          dots[y * widthDots + x] = (byte >> (7 - (column & 7))) & 1;
        }
      }
      return dots;
    }),
  };
  printGraphic(printer, { kind: "raster", heightDots, runs: [], bitmap });
}

/** ESC * m nL nH: columns of 8 or 24 dots, put into the line like a character. */
export function placeBitImage(printer: Interpreter, bytes: readonly number[]): void {
  const mode = bytes[2] ?? 0;
  const columns = (bytes[3] ?? 0) + (bytes[4] ?? 0) * 256;
  const bytesPerColumn = mode >= 32 ? 3 : 1;
  const scaleX = (mode & 1) === 0 ? 2 : 1;
  // Eight-dot modes print at a third of the vertical density.
  const scaleY = bytesPerColumn === 1 ? 3 : 1;
  const widthDots = columns * scaleX;
  const heightDots = 24;
  const dots = new Uint8Array(widthDots * heightDots);
  for (let x = 0; x < widthDots; x += 1) {
    const from = 5 + Math.floor(x / scaleX) * bytesPerColumn;
    for (let y = 0; y < heightDots; y += 1) {
      const row = Math.floor(y / scaleY);
      const byte = bytes[from + (row >> 3)] ?? 0;
      dots[y * widthDots + x] = (byte >> (7 - (row & 7))) & 1;
    }
  }
  printer.layout.addImage(widthDots, heightDots, dots);
}
