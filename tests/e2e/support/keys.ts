import type { Page } from "@playwright/test";

/** One key as the browser reports it: `key` is what it types on this keyboard, `code` where it is. */
export interface Key {
  key: string;
  code: string;
  /** As CDP counts them: 1 Alt, 2 Ctrl, 4 Meta, 8 Shift. */
  modifiers?: number;
}

export interface TimedKey extends Key {
  /** From now on, in the time stamps of the events and not in the time of the test. */
  atMs: number;
  isRepeat?: boolean;
  /** Does not go up again. */
  isHeld?: boolean;
}

const SYMBOL_CODES: Record<string, string> = {
  "-": "Minus",
  ".": "Period",
  ":": "Semicolon",
  "/": "Slash",
  "?": "Slash",
  "=": "Equal",
  "]": "BracketRight",
  "(": "Digit9",
  ")": "Digit0",
  " ": "Space",
};

/** The keys of a US keyboard that type this text. */
export function keysOf(text: string): Key[] {
  return [...text].map((key) => {
    const isDigit = /\d/.test(key);
    const letter = `Key${key.toUpperCase()}`;
    return { key, code: isDigit ? `Digit${key}` : (SYMBOL_CODES[key] ?? letter) };
  });
}

/** The keys one after the other at one pace. */
export function at(keys: readonly Key[], paceMs: number, startMs = 0): TimedKey[] {
  return keys.map((key, index) => ({ ...key, atMs: startMs + index * paceMs }));
}

/**
 * Presses keys that the page takes for real ones. Their time stamps tell the pace, so it is a scanner's or a
 * person's however busy the machine that runs the tests is.
 */
export async function press(page: Page, keys: readonly TimedKey[]): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const startMs = Date.now();
  const sent: Promise<unknown>[] = [];
  for (const { key, code, modifiers = 0, atMs, isRepeat = false, isHeld = false } of keys) {
    const isText = [...key].length === 1 && (modifiers & ~8) === 0;
    const text = key === "Enter" ? "\r" : isText ? key : "";
    const windowsVirtualKeyCode =
      key === "Enter" ? 13 : key.length === 1 ? key.toUpperCase().charCodeAt(0) : 0;
    const shape = {
      key,
      code,
      modifiers,
      windowsVirtualKeyCode,
      timestamp: (startMs + atMs) / 1000,
    };
    const type = text === "" ? "rawKeyDown" : "keyDown";
    sent.push(
      cdp.send("Input.dispatchKeyEvent", {
        type,
        ...shape,
        autoRepeat: isRepeat,
        ...(text === "" ? {} : { text }),
      }),
    );
    if (!isHeld) sent.push(cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...shape }));
  }
  await Promise.all(sent);
  await cdp.detach();
}
