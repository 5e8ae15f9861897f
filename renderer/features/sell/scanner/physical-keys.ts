/** What a key types on the US layout, from the physical key (`event.code`). */
const SHIFTED_DIGITS = ")!@#$%^&*(";

const SYMBOLS: Record<string, readonly [plain: string, shifted: string]> = {
  Minus: ["-", "_"],
  Equal: ["=", "+"],
  BracketLeft: ["[", "{"],
  BracketRight: ["]", "}"],
  Backslash: ["\\", "|"],
  Semicolon: [";", ":"],
  Quote: ["'", '"'],
  Backquote: ["`", "~"],
  Comma: [",", "<"],
  Period: [".", ">"],
  Slash: ["/", "?"],
  Space: [" ", " "],
};

const NUMPAD: Record<string, string> = {
  NumpadAdd: "+",
  NumpadSubtract: "-",
  NumpadMultiply: "*",
  NumpadDivide: "/",
  NumpadDecimal: ".",
};

/** What of a keyboard event says which character was meant. */
export interface TypedKey {
  code: string;
  key: string;
  shiftKey: boolean;
  getModifierState: (modifier: "CapsLock") => boolean;
}

/** `keyboard`: a scanner set to this PC's layout; `us`: one that types as a US keyboard whatever the PC's is. */
type ScannerLayout = "keyboard" | "us";

/**
 * The character that was typed, null for keys that type none. The keyboard's own answer counts: on a German one
 * the key `KeyY` types z. The physical key counts only where there is no answer (an input method's "Process",
 * "Unidentified", a dead key), where it is no character of any barcode (ы), or where the scanner is known to take
 * every keyboard for a US one. Caps Lock is undone: a scanner means the letters it sends.
 */
export function characterOf(event: TypedKey, layout: ScannerLayout = "keyboard"): string | null {
  const isAnswer = /^[ -~]$/.test(event.key);
  if (!isAnswer && event.key.length > 1 && !HAS_NO_ANSWER.test(event.key)) return null;
  if (layout === "us" || !isAnswer) {
    const physical = physicalCharacter(event.code, event.shiftKey);
    if (physical !== null || !isAnswer) return physical;
  }
  return event.getModifierState("CapsLock") ? otherCase(event.key) : event.key;
}

const HAS_NO_ANSWER = /^(?:Process|Unidentified|Dead)$/;

function otherCase(character: string): string {
  const small = character.toLowerCase();
  return small === character ? character.toUpperCase() : small;
}

function physicalCharacter(code: string, isShifted: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return isShifted ? letter : letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return isShifted ? (SHIFTED_DIGITS[Number(digit)] ?? null) : digit;
  const numpadDigit = /^Numpad(\d)$/.exec(code)?.[1];
  if (numpadDigit !== undefined) return numpadDigit;
  return NUMPAD[code] ?? SYMBOLS[code]?.[isShifted ? 1 : 0] ?? null;
}

/** Keys scanners are set to send after a code. */
export function isEndKey(code: string): boolean {
  return code === "Enter" || code === "NumpadEnter" || code === "Tab";
}

/** True while an input method hides which character a key types. */
export function isHidden(key: string): boolean {
  return HAS_NO_ANSWER.test(key);
}
