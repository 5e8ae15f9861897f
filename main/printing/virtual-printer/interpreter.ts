import { codePageCharacter, nationalCharacter } from "./code-pages.ts";
import { beginsCommand, commandLength } from "./command-framing.ts";
import { runCommand } from "./commands.ts";
import { LineLayout, type LineContent } from "./line-layout.ts";
import type { PrintMechanism } from "./mechanism.ts";
import { mmToDots } from "./paper-path.ts";
import { defaultSettings, type PrintSettings } from "./print-settings.ts";
import { DOTS_PER_MM } from "./types.ts";

const HT = 0x09;
const LF = 0x0a;
/** The longest picture that fits on the widest paper: 72 bytes a row, 65 535 rows. */
const LONGEST_COMMAND_BYTES = 72 * 65_535 + 8;

/**
 * Reads the byte stream in order and turns it into lines, movement and answers.
 * Written from the manuals, on purpose without anything from the code that encodes receipts.
 */
export class Interpreter {
  readonly mechanism: PrintMechanism;
  readonly layout: LineLayout;
  readonly printWidthDots: number;
  settings: PrintSettings;
  /** Stream position behind the byte that was read last. */
  position = 0;
  readonly #fourByteArea: boolean;
  readonly #hasChinese: () => boolean;
  readonly #decoder = new TextDecoder("gb18030");
  #command: number[] = [];
  #commandLength: number | undefined;
  /** Bytes to come that belong to a command nobody could print. */
  #skipping = 0;
  /** Bytes of a Chinese character that is not complete yet. */
  #lead: number[] = [];
  /** ESC = 0 makes the printer ignore everything up to ESC = 1. */
  selected = true;

  constructor(o: {
    printWidthDots: number;
    gb18030: boolean;
    hasChinese: () => boolean;
    mechanism: PrintMechanism;
  }) {
    this.printWidthDots = o.printWidthDots;
    this.#fourByteArea = o.gb18030;
    this.#hasChinese = o.hasChinese;
    this.mechanism = o.mechanism;
    this.layout = new LineLayout(o.printWidthDots);
    this.settings = defaultSettings(o.printWidthDots);
  }

  /** Back to the state after power-on; the caller resets the mechanism itself. */
  reset(): void {
    this.clearBuffers();
    this.settings = defaultSettings(this.printWidthDots);
    this.selected = true;
  }

  /** Drops what has been read and not been printed; settings stay. */
  clearBuffers(): void {
    this.layout.clear();
    this.#command = [];
    this.#commandLength = undefined;
    this.#skipping = 0;
    this.#lead = [];
  }

  /** ESC @: settings to default, unprinted characters dropped. */
  initialise(): void {
    this.settings = defaultSettings(this.printWidthDots);
    this.layout.clear();
    this.mechanism.setAutomaticStatus(0);
    this.mechanism.setOfflineResponse(0);
    this.mechanism.setStopSensors(0);
  }

  /** Takes the next byte; `position` is its place in the stream. */
  accept(byte: number, position: number): void {
    this.position = position + 1;
    if (this.#skipping > 0) {
      this.#skipping -= 1;
    } else if (this.#command.length > 0) {
      this.#command.push(byte);
      this.#tryCommand();
    } else if (this.#lead.length > 0) {
      this.#continueCharacter(byte);
    } else if (beginsCommand(byte)) {
      this.#command = [byte];
      this.#commandLength = undefined;
    } else if (byte >= 0x20) {
      this.#beginCharacter(byte);
    } else {
      this.#control(byte);
    }
  }

  /** Prints the line put together so far; an empty one only moves the paper when `always`. */
  flushLine(always: boolean): void {
    const content = this.layout.take(this.settings);
    if (content !== undefined) this.printContent(content);
    else if (always) this.mechanism.feed(this.settings.lineSpacingMm);
  }

  /** The paper moves by the line spacing, or by the line's own height when that is more. */
  printContent(content: LineContent): void {
    const spacing = this.settings.lineSpacingMm;
    const tall = content.heightDots > mmToDots(spacing);
    this.mechanism.print(content, tall ? content.heightDots / DOTS_PER_MM : spacing);
  }

  #tryCommand(): void {
    this.#commandLength ??= this.#lengthOfCommand();
    if (Math.max(this.#command.length, this.#commandLength ?? 0) > LONGEST_COMMAND_BYTES) {
      this.#skipCommand();
      return;
    }
    if (this.#commandLength === undefined || this.#command.length < this.#commandLength) return;
    const bytes = this.#command;
    this.#command = [];
    this.#commandLength = undefined;
    const switchesOn = bytes[0] === 0x1b && bytes[1] === 0x3d;
    if (this.selected || switchesOn) runCommand(this, bytes);
  }

  /** A few bytes can announce gigabytes: they are taken, as by a real printer, and kept nowhere. */
  #skipCommand(): void {
    this.mechanism.unknownCommand(Uint8Array.from(this.#command.slice(0, 8)));
    this.#skipping = Math.max(0, (this.#commandLength ?? 0) - this.#command.length);
    this.#command = [];
    this.#commandLength = undefined;
  }

  #lengthOfCommand(): number | undefined {
    const length = commandLength(this.#command);
    if (length !== "unknown") return length;
    // Nothing tells how long an unknown command is: drop its two bytes and read on behind them.
    this.mechanism.unknownCommand(Uint8Array.from(this.#command));
    this.#command = [];
    return undefined;
  }

  #control(byte: number): void {
    if (!this.selected) return;
    if (byte === LF) this.flushLine(true);
    else if (byte === HT) this.layout.tab(this.settings);
    // CR (automatic line feed is off), FF and CAN (standard mode) and the other controls do nothing.
  }

  #beginCharacter(byte: number): void {
    const { nationalSet, codePage } = this.settings;
    const chinese = this.settings.chinese && this.#hasChinese();
    if (byte < 0x80) this.#addCharacter(nationalCharacter(nationalSet, byte), false);
    else if (chinese && byte >= 0x81 && byte <= 0xfe) this.#lead = [byte];
    else this.#addCharacter(codePageCharacter(codePage, byte), false);
  }

  #continueCharacter(byte: number): void {
    const seen = [...this.#lead, byte];
    this.#lead = [];
    if (seen.length === 2 && byte >= 0x40 && byte <= 0xfe && byte !== 0x7f) {
      this.#addCharacter(this.#decoder.decode(Uint8Array.from(seen)), true);
    } else if (this.#fourByteArea && isFourBytePrefix(seen)) {
      if (seen.length < 4) this.#lead = seen;
      else this.#addCharacter(this.#decoder.decode(Uint8Array.from(seen)), true);
    } else {
      // Not a pair of the two-byte area: the lead byte is lost and what follows is read anew. This is how
      // 81 30 84 36 (U+00A5 in GB 18030) turns into the digits 06 in front of a price.
      this.accept(byte, this.position - 1);
    }
  }

  #addCharacter(character: string, wide: boolean): void {
    if (!this.selected) return;
    if (this.layout.addCharacter(character, wide, this.settings)) return;
    this.flushLine(false);
    this.layout.addCharacter(character, wide, this.settings);
  }
}

/** Four-byte area: lead 81-FE, digit 30-39, lead 81-FE, digit 30-39. */
function isFourBytePrefix(seen: readonly number[]): boolean {
  return seen.every((byte, index) =>
    index % 2 === 0 ? byte >= 0x81 && byte <= 0xfe : byte >= 0x30 && byte <= 0x39,
  );
}
