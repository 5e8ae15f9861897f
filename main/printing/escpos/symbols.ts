/** Codes for scanners as raw ESC/POS, by Epson's reference: GS k (function B) and GS ( k. */

/** A symbol as commands, and the paper it takes in dots. */
export interface SymbolCommands {
  bytes: Uint8Array;
  heightDots: number;
}

const BAR_HEIGHT = 60;
/** Text below the bars: font A, and what printers leave between. */
const BELOW_DOTS = 26;
/** GS w takes 2 to 6 dots a module; two are 0.25 mm, what hand scanners need. */
const MODULE_DOTS = 2;
/** Blank modules a scanner wants at both sides together. */
const QUIET_MODULES = 20;

/**
 * CODE128 as GS k 73 n: set B, and set C for runs of digits, which take half the room.
 * @param first the sets to try first; the other way is taken where that is too wide.
 * @returns null when it is not printable ASCII, or too wide for the paper: a printer drops both without a word.
 */
export function code128(
  data: string,
  widthDots: number,
  textBelow: boolean,
  first: "B" | "BC",
): SymbolCommands | null {
  if (!/^[\x20-\x7e]+$/.test(data)) return null;
  const content = [code128Content(data, first === "BC"), code128Content(data, first === "B")].find(
    ({ bytes, symbols }) =>
      bytes.length <= 255 &&
      !holdsRealTimeCommand(bytes) &&
      // Start, check and stop take 11, 11 and 13 modules.
      ((symbols + 2) * 11 + 13 + QUIET_MODULES) * MODULE_DOTS <= widthDots,
  );
  return content === undefined ? null : bars(73, content.bytes, textBelow);
}

/** Bytes for the printer, and how many symbol characters they make without start, check and stop. */
function code128Content(data: string, useC: boolean): { bytes: number[]; symbols: number } {
  const bytes: number[] = [];
  let symbols = -1;
  let set = "";
  const change = (to: "B" | "C") => {
    if (set === to) return;
    set = to;
    symbols += 1;
    bytes.push(0x7b, to.charCodeAt(0));
  };
  // Four digits or more save room at the ends, six in the middle; an odd first digit stays in set B.
  for (const part of data.split(/((?:^\d{4,})|\d{6,}|(?:\d{4,}$))/).filter((each) => each !== "")) {
    const isRun = useC && /^\d{4,}$/.test(part);
    const plain = isRun ? part.slice(0, part.length % 2) : part;
    if (plain !== "") change("B");
    for (const character of plain) {
      // A brace announces a change of set, two are one brace.
      bytes.push(...(character === "{" ? [0x7b, 0x7b] : [character.charCodeAt(0)]));
      symbols += 1;
    }
    if (!isRun) continue;
    change("C");
    for (let at = plain.length; at < part.length; at += 2) {
      bytes.push(Number(part.slice(at, at + 2)));
      symbols += 1;
    }
  }
  return { bytes, symbols };
}

/**
 * DLE with EOT, ENQ or DC4 behind it: a printer takes that for a real-time command wherever it stands, and one of
 * them opens the drawer. In set C the digits 1604 would be such bytes; a QR code holds any character.
 */
function holdsRealTimeCommand(bytes: readonly number[] | Uint8Array): boolean {
  return bytes.some((byte, at) => byte === 0x10 && [0x04, 0x05, 0x14].includes(bytes[at + 1] ?? 0));
}

/**
 * EAN-13 as GS k 67 with 12 digits; the printer adds the check digit.
 * @returns null when it is not 12 digits, or 13 with the right check digit: a printer drops what is wrong.
 */
export function ean13(data: string): SymbolCommands | null {
  if (!/^\d{12,13}$/.test(data)) return null;
  const digits = Array.from(data.slice(0, 12), Number);
  const sum = digits.reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  const check = (10 - (sum % 10)) % 10;
  if (data.length === 13 && Number(data[12]) !== check) return null;
  return bars(
    67,
    digits.map((digit) => 0x30 + digit),
    true,
  );
}

/** GS h, GS w, GS H, then GS k m n d1..dn. */
function bars(symbology: number, content: readonly number[], textBelow: boolean): SymbolCommands {
  const shape = [0x1d, 0x68, BAR_HEIGHT, 0x1d, 0x77, MODULE_DOTS, 0x1d, 0x48, textBelow ? 2 : 0];
  return {
    bytes: Uint8Array.of(...shape, 0x1d, 0x6b, symbology, content.length, ...content),
    heightDots: BAR_HEIGHT + (textBelow ? BELOW_DOTS : 0),
  };
}

/** Bytes a QR code of version 1 to 40 holds at level M (ISO/IEC 18004, table 7). */
// prettier-ignore
const QR_CAPACITY = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911,
  997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];
/** Four modules of white around it. */
const QR_QUIET = 8;
/** A module of 6 dots is 0.75 mm; larger ones only cost paper, below 3 phones fail on thermal paper. */
const QR_MODULE = { most: 6, least: 3 } as const;
/** About 30 mm: as large as it need be. */
const QR_WANTED_DOTS = 240;

/**
 * A QR code, model 2, level M, as large as is easy to scan: GS ( k functions 165, 167, 169, 180, 181.
 * @returns null when the paper is too narrow for that much text, or a printer would find a command in it.
 */
export function qrCode(data: string, widthDots: number): SymbolCommands | null {
  const content = new TextEncoder().encode(data);
  const version = QR_CAPACITY.findIndex((capacity) => capacity >= content.length) + 1;
  if (version === 0 || content.length === 0 || holdsRealTimeCommand(content)) return null;
  const modules = 17 + 4 * version;
  const fitting = Math.floor(widthDots / (modules + QR_QUIET));
  if (fitting < QR_MODULE.least) return null;
  const wanted = Math.max(QR_MODULE.least + 1, Math.floor(QR_WANTED_DOTS / modules));
  const moduleDots = Math.min(QR_MODULE.most, fitting, wanted);
  const stored = content.length + 3;
  const bytes = new Uint8Array(9 + 8 + 8 + 8 + content.length + 8);
  bytes.set([0x1d, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00]);
  bytes.set([0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, moduleDots], 9);
  bytes.set([0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, 0x31], 17);
  bytes.set([0x1d, 0x28, 0x6b, stored & 0xff, stored >> 8, 0x31, 0x50, 0x30], 25);
  bytes.set(content, 33);
  bytes.set([0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30], 33 + content.length);
  return { bytes, heightDots: modules * moduleDots };
}
