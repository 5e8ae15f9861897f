import { printBarcode, printQrCode, printRaster, placeBitImage } from "./graphic-commands.ts";
import type { Interpreter } from "./interpreter.ts";
import { DEFAULT_LINE_SPACING_MM } from "./print-settings.ts";
import { DLE, ESC, FS, GS } from "./command-framing.ts";
import { DOTS_PER_MM } from "./types.ts";

type Handler = (printer: Interpreter, bytes: readonly number[]) => void;

const parameter = (bytes: readonly number[], index: number): number => bytes[index] ?? 0;
const word = (bytes: readonly number[], index: number): number =>
  parameter(bytes, index) + parameter(bytes, index + 1) * 256;
const signedWord = (bytes: readonly number[], index: number): number => {
  const value = word(bytes, index);
  return value > 32_767 ? value - 65_536 : value;
};
/** Most parameters may be the number or its ASCII digit. */
const digit = (value: number): number => (value >= 0x30 && value <= 0x39 ? value - 0x30 : value);

/** Prints the line if there is one, then moves on; n lines count from the printed line. */
function feedLines(printer: Interpreter, count: number): void {
  const content = printer.layout.take(printer.settings);
  if (content !== undefined) printer.printContent(content);
  for (let line = content === undefined ? 0 : 1; line < count; line += 1) {
    printer.mechanism.feed(printer.settings.lineSpacingMm);
  }
}

/** ESC J: prints and moves exactly n dots, or the line's height when that is more. */
function feedDots(printer: Interpreter, dots: number): void {
  const content = printer.layout.take(printer.settings);
  if (content !== undefined) {
    printer.mechanism.print(content, Math.max(dots, content.heightDots) / DOTS_PER_MM);
  } else if (dots > 0) {
    printer.mechanism.feed(dots / DOTS_PER_MM);
  }
}

const ESC_HANDLERS: Record<string, Handler> = {
  "@": (p) => p.initialise(),
  "!": (p, b) => {
    const n = parameter(b, 2);
    p.settings.font = (n & 0x01) === 0 ? "A" : "B";
    p.settings.bold = (n & 0x08) !== 0;
    p.settings.ankSizeY = (n & 0x10) === 0 ? 1 : 2;
    p.settings.ankSizeX = (n & 0x20) === 0 ? 1 : 2;
    p.settings.ankUnderline = (n & 0x80) !== 0;
  },
  E: (p, b) => void (p.settings.bold = (parameter(b, 2) & 1) === 1),
  G: (p, b) => void (p.settings.bold = (parameter(b, 2) & 1) === 1),
  "-": (p, b) => void (p.settings.ankUnderline = digit(parameter(b, 2)) > 0),
  a: (p, b) => {
    const n = digit(parameter(b, 2));
    if (p.layout.atLineStart && (n === 0 || n === 1 || n === 2)) p.settings.alignment = n;
  },
  d: (p, b) => feedLines(p, parameter(b, 2)),
  J: (p, b) => feedDots(p, parameter(b, 2)),
  "2": (p) => void (p.settings.lineSpacingMm = DEFAULT_LINE_SPACING_MM),
  "3": (p, b) => void (p.settings.lineSpacingMm = parameter(b, 2) / DOTS_PER_MM),
  t: (p, b) => void (p.settings.codePage = parameter(b, 2)),
  R: (p, b) => void (p.settings.nationalSet = parameter(b, 2)),
  M: (p, b) => void (p.settings.font = digit(parameter(b, 2)) === 1 ? "B" : "A"),
  " ": (p, b) => void (p.settings.ankSpacingDots = parameter(b, 2)),
  $: (p, b) => p.layout.moveTo(word(b, 2)),
  "\\": (p, b) => p.layout.moveBy(signedWord(b, 2)),
  D: (p, b) => void (p.settings.tabColumns = b.slice(2, -1)),
  "{": (p, b) => {
    if (p.layout.atLineStart) p.settings.upsideDown = (parameter(b, 2) & 1) === 1;
  },
  p: (p) => p.mechanism.openDrawer(),
  /** The buzzer of clones: ESC B n t, n times t x 50 ms. */
  B: (p) => p.mechanism.beep(),
  "(": (p, b) => {
    // ESC ( A pL pH fn …: Epson's buzzer; the other families of ESC ( are skipped.
    if (b[2] === 0x41) p.mechanism.beep();
  },
  c: (p, b) => {
    // ESC c 3 drives a signal only parallel ports have, ESC c 5 disables the feed button.
    if (parameter(b, 2) === 0x34) p.mechanism.setStopSensors(parameter(b, 3));
  },
  v: (p) => p.mechanism.answer({ kind: "paperSensor", endPosition: p.position }),
  "=": (p, b) => void (p.selected = (parameter(b, 2) & 1) === 1),
  "*": placeBitImage,
  i: (p) => p.mechanism.cut(),
  m: (p) => p.mechanism.cut(),
};

const FS_HANDLERS: Record<string, Handler> = {
  "&": (p) => void (p.settings.chinese = true),
  ".": (p) => void (p.settings.chinese = false),
  "!": (p, b) => {
    const n = parameter(b, 2);
    p.settings.kanjiSizeX = (n & 0x04) === 0 ? 1 : 2;
    p.settings.kanjiSizeY = (n & 0x08) === 0 ? 1 : 2;
    p.settings.kanjiUnderline = (n & 0x80) !== 0;
  },
  "-": (p, b) => void (p.settings.kanjiUnderline = digit(parameter(b, 2)) > 0),
  W: (p, b) => {
    const size = (parameter(b, 2) & 1) === 1 ? 2 : 1;
    p.settings.kanjiSizeX = size;
    p.settings.kanjiSizeY = size;
  },
  S: (p, b) => {
    p.settings.kanjiLeftDots = parameter(b, 2);
    p.settings.kanjiRightDots = parameter(b, 3);
  },
};

const GS_HANDLERS: Record<string, Handler> = {
  "!": (p, b) => {
    const n = parameter(b, 2);
    p.settings.ankSizeX = ((n >> 4) & 7) + 1;
    p.settings.ankSizeY = (n & 7) + 1;
    p.settings.kanjiSizeX = p.settings.ankSizeX;
    p.settings.kanjiSizeY = p.settings.ankSizeY;
  },
  B: (p, b) => void (p.settings.reverse = (parameter(b, 2) & 1) === 1),
  L: (p, b) => {
    if (p.layout.atLineStart) setArea(p, word(b, 2), p.settings.areaWidthDots);
  },
  W: (p, b) => {
    if (p.layout.atLineStart) setArea(p, p.settings.leftMarginDots, word(b, 2));
  },
  a: (p, b) => p.mechanism.setAutomaticStatus(parameter(b, 2)),
  r: (p, b) => {
    const n = digit(parameter(b, 2));
    if (n === 1) p.mechanism.answer({ kind: "paperSensor", endPosition: p.position });
    if (n === 2) p.mechanism.answer({ kind: "drawerSensor" });
  },
  I: (p, b) => p.mechanism.answer({ kind: "printerId", n: parameter(b, 2) }),
  "(": parenthesised,
  k: printBarcode,
  h: (p, b) => void (p.settings.barcodeHeightDots = Math.max(1, parameter(b, 2))),
  w: (p, b) => {
    const n = parameter(b, 2);
    if (n >= 1 && n <= 6) p.settings.barcodeModuleDots = n;
  },
  H: (p, b) => void (p.settings.hriPosition = digit(parameter(b, 2)) & 3),
  f: (p, b) => void (p.settings.hriFont = digit(parameter(b, 2)) === 1 ? "B" : "A"),
  V: (p, b) => {
    p.flushLine(false);
    // Functions with a fourth byte feed to the cutter first; the others cut where the paper is.
    if (b.length === 4) p.mechanism.cut(parameter(b, 3) / DOTS_PER_MM);
    else p.mechanism.cut();
  },
  v: printRaster,
};

function setArea(printer: Interpreter, leftDots: number, widthDots: number): void {
  const left = Math.min(leftDots, printer.printWidthDots - 1);
  printer.settings.leftMarginDots = left;
  printer.settings.areaWidthDots = Math.max(1, Math.min(widthDots, printer.printWidthDots - left));
}

/** GS ( f: H asks for process ids, k prints two-dimensional codes; every other one is skipped by its length. */
function parenthesised(printer: Interpreter, bytes: readonly number[]): void {
  const [, , family, , , fn, m] = bytes;
  if (family === 0x48 && fn === 48 && m === 48 && bytes.length === 11) {
    const id = bytes.slice(7);
    if (id.every((byte) => byte >= 0x20 && byte <= 0x7e)) {
      printer.mechanism.answer({ kind: "processId", id, endPosition: printer.position });
    }
  } else if (family === 0x48 && fn === 49 && m === 48) {
    const mode = digit(parameter(bytes, 7));
    if (mode === 0 || mode === 1 || mode === 2) printer.mechanism.setOfflineResponse(mode);
  } else if (family === 0x6b) {
    printQrCode(printer, bytes);
  }
}

/** Executes one complete command. Real-time commands were executed on arrival and do nothing here. */
export function runCommand(printer: Interpreter, bytes: readonly number[]): void {
  const family = bytes[0];
  if (family === DLE) return;
  const letter = String.fromCharCode(parameter(bytes, 1));
  const handlers =
    family === ESC ? ESC_HANDLERS : family === FS ? FS_HANDLERS : family === GS ? GS_HANDLERS : {};
  // Commands with a known length and no handler (page mode, user characters) are skipped.
  handlers[letter]?.(printer, bytes);
}
