/**
 * What a key types on the US layout that scanners assume, from the physical key (`event.code`). With
 * an input method on, `event.key` is only "Process" (keyCode 229), but the physical key is still there.
 */
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

/**
 * The character a scanner meant, null for keys that type none. The browser's own answer counts when it is
 * one the key can give; with an input method, another layout or Caps Lock, the physical key does.
 */
export function characterOf(event: TypedKey): string | null {
  const plain = physicalCharacter(event.code, false);
  const shifted = physicalCharacter(event.code, true);
  const isGiven = event.key === plain || event.key === shifted;
  if (isGiven && !event.getModifierState("CapsLock")) return event.key;
  return event.shiftKey ? shifted : plain;
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
