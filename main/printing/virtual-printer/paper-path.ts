import type { LineContent } from "./line-layout.ts";
import { DOTS_PER_MM, type Paper, type PaperLine, type Slip } from "./types.ts";

/** Distance from the print head up to the cutter: what is printed last is still below the blade. */
export const HEAD_TO_CUTTER_MM = 12;
/** Columns of plain text: one font A character. */
const COLUMN_DOTS = 12;

/** The paper from the roll through head and cutter, and everything that has come out. */
export class PaperPath implements Paper {
  #finished: PaperSlip[] = [];
  #hanging: PaperSlip | undefined;
  /** Print head position on the hanging piece, from its upper edge. */
  #headMm = HEAD_TO_CUTTER_MM;
  #nextId = 1;
  #totalMm = 0;

  get totalMm(): number {
    return this.#totalMm;
  }

  slips(): Slip[] {
    const slips: Slip[] = [...this.#finished];
    if (this.#hanging !== undefined) slips.push(this.#hanging);
    return slips;
  }

  clear(): void {
    this.#finished = [];
    this.#hanging = undefined;
    this.#headMm = HEAD_TO_CUTTER_MM;
  }

  /** Moves the paper on; with `content` that is printed where the head was. */
  advance(mm: number, nowMs: number, content?: LineContent): { line: PaperLine; slip: Slip } {
    const slip = (this.#hanging ??= new PaperSlip(this.#nextId++, nowMs));
    const line: PaperLine = {
      kind: content?.kind ?? "feed",
      topMm: this.#headMm,
      heightMm: mm,
      runs: content?.runs ?? [],
      ...(content?.data === undefined ? {} : { data: content.data }),
      ...(content?.bitmap === undefined ? {} : { bitmap: content.bitmap }),
    };
    slip.lines.push(line);
    this.#move(mm, slip);
    return { line, slip };
  }

  /** Moves the paper to the cutter without leaving a line of its own. */
  advanceToCutter(mm: number): void {
    this.#move(mm, this.#hanging);
  }

  /** Cuts `HEAD_TO_CUTTER_MM` above the head; lines below the blade stay in the printer, on the next slip. */
  cut(nowMs: number): Slip {
    const slip = (this.#hanging ??= new PaperSlip(this.#nextId++, nowMs));
    const cutMm = this.#headMm - HEAD_TO_CUTTER_MM;
    const stays = (line: PaperLine) => line.topMm + line.heightMm / 2 < cutMm;
    const left = slip.lines.filter((line) => !stays(line) && line.kind !== "feed");
    slip.lines = slip.lines.filter((line) => stays(line));
    slip.heightMm = cutMm;
    slip.finish("cut", nowMs);
    this.#finished.push(slip);
    this.#hanging = undefined;
    this.#headMm = HEAD_TO_CUTTER_MM;
    if (left.length > 0) {
      this.#hanging = new PaperSlip(this.#nextId++, nowMs);
      this.#hanging.lines = left;
      for (const line of left) line.topMm -= cutMm;
      this.#hanging.heightMm = this.#headMm;
    }
    return slip;
  }

  /** The old roll has run out: its last piece comes out of the printer in one's hand. */
  tearOff(nowMs: number): void {
    if (this.#hanging !== undefined) {
      this.#hanging.finish("torn", nowMs);
      this.#finished.push(this.#hanging);
    }
    this.#hanging = undefined;
    this.#headMm = HEAD_TO_CUTTER_MM;
  }

  #move(mm: number, slip: PaperSlip | undefined): void {
    this.#headMm += mm;
    this.#totalMm += mm;
    if (slip !== undefined) slip.heightMm = this.#headMm;
  }
}

class PaperSlip implements Slip {
  readonly id: number;
  lines: PaperLine[] = [];
  heightMm = HEAD_TO_CUTTER_MM;
  cut = false;
  tornOff = false;
  readonly startedAtMs: number;
  endedAtMs?: number;

  constructor(id: number, nowMs: number) {
    this.id = id;
    this.startedAtMs = nowMs;
  }

  finish(how: "cut" | "torn", nowMs: number): void {
    this.cut = how === "cut";
    this.tornOff = how === "torn";
    this.endedAtMs = nowMs;
  }

  text(): string {
    return this.lines
      .map((line) => lineText(line))
      .join("\n")
      .replace(/\n+$/, "");
  }
}

/** A barcode or QR code reads as `[barcode …]` / `[qr …]`, a picture as `[image]`. */
function lineText(line: PaperLine): string {
  if (line.kind === "barcode" || line.kind === "qr") return `[${line.kind} ${line.data ?? ""}]`;
  let text = "";
  let column = 0;
  for (const run of line.runs) {
    const target = Math.round(run.xDots / COLUMN_DOTS);
    if (target > column) {
      text += " ".repeat(target - column);
      column = target;
    }
    text += run.text;
    column += Math.round(run.widthDots / COLUMN_DOTS);
  }
  if (line.bitmap !== undefined) text += "[image]";
  return text.trimEnd();
}

export const mmToDots = (mm: number): number => Math.round(mm * DOTS_PER_MM);
