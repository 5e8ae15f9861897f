import type { ScannerSettings } from "../../../../main/contract/scan.ts";
import { characterOf, type TypedKey } from "../../sell/scanner/physical-keys.ts";

/** A key of a try, as it arrived. */
export interface TriedKey {
  /** As this PC's keyboard types it, and as a US one would; null: types nothing. */
  keyboard: string | null;
  us: string | null;
  end: "enter" | "tab" | null;
  atMs: number;
}

export function triedKey(
  event: Pick<KeyboardEvent, "code" | "key" | "shiftKey" | "timeStamp"> & TypedKey,
): TriedKey {
  const end = /^(?:Numpad)?Enter$/.test(event.code) ? "enter" : event.code === "Tab" ? "tab" : null;
  return {
    keyboard: end === null ? characterOf(event) : null,
    us: end === null ? characterOf(event, "us") : null,
    end,
    atMs: event.timeStamp,
  };
}

export interface Learned {
  /** What was read, with the layout that was learned. */
  text: string;
  scanner: ScannerSettings;
  /**
   * `right`: the sample came as it is printed; `us`: it does when every keyboard is taken for a US one;
   * `letters`: it is the sample with wrong characters; `other`: another code, which tells nothing of letters;
   * `typed`: a person's pace, nothing is learned.
   */
  verdict: "right" | "us" | "letters" | "other" | "typed";
}

/** No scanner is slower than this from one character to the next. */
const SLOWEST_MS = 200;

/** What one scan tells of the scanner. @param sample what the symbol on the screen says */
export function learn(keys: readonly TriedKey[], sample: string, before: ScannerSettings): Learned {
  const typed = keys.filter((key) => key.keyboard !== null || key.us !== null);
  const byKeyboard = typed.map((key) => key.keyboard ?? key.us ?? "").join("");
  const byUs = typed.map((key) => key.us ?? key.keyboard ?? "").join("");
  const spanMs = (typed.at(-1)?.atMs ?? 0) - (typed[0]?.atMs ?? 0);
  const paceMs = Math.max(1, Math.round(spanMs / Math.max(1, typed.length - 1)));
  if (typed.length < 4 || paceMs > SLOWEST_MS)
    return { text: byKeyboard, scanner: before, verdict: "typed" };
  const verdict =
    byKeyboard === sample
      ? "right"
      : byUs === sample
        ? "us"
        : byKeyboard.length === sample.length && !/^\d+$/.test(byKeyboard)
          ? "letters"
          : "other";
  const layout = verdict === "right" ? "keyboard" : verdict === "us" ? "us" : before.layout;
  const suffix = keys.at(-1)?.end ?? "none";
  return {
    text: layout === "us" ? byUs : byKeyboard,
    scanner: { layout, suffix, paceMs },
    verdict,
  };
}
