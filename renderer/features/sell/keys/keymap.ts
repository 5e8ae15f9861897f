import { isHidden } from "../scanner/physical-keys.ts";

/** Everything the sell screen does by one key. The on-screen sheet (F1) is made from the same table. */
export type Command =
  | "help"
  | "search"
  | "priced"
  | "cashier"
  | "wechat"
  | "alipay"
  | "card"
  | "printLast"
  | "cash"
  | "quantity"
  | "discount"
  | "pay"
  | "remove"
  | "clear"
  | "up"
  | "down"
  | "escape";

export interface KeyBinding {
  command: Command;
  /** `event.code` values; `Shift+` and `Control+` before it. */
  codes: readonly string[];
  /** As it stands on the keyboard. */
  label: string;
  /** Typed by scanners too: waits a moment for more characters before it acts. */
  isCharacter?: true;
}

export const KEYMAP: readonly KeyBinding[] = [
  { command: "pay", codes: ["Enter", "NumpadEnter"], label: "Enter" },
  { command: "cash", codes: ["NumpadAdd", "Shift+Equal"], label: "+", isCharacter: true },
  { command: "cash", codes: ["F12"], label: "F12" },
  { command: "wechat", codes: ["F6"], label: "F6" },
  { command: "alipay", codes: ["F7"], label: "F7" },
  { command: "card", codes: ["F8"], label: "F8" },
  { command: "quantity", codes: ["NumpadMultiply", "Shift+Digit8"], label: "*", isCharacter: true },
  { command: "discount", codes: ["NumpadDivide", "Slash"], label: "/", isCharacter: true },
  { command: "priced", codes: ["F3"], label: "F3" },
  { command: "remove", codes: ["Delete"], label: "Del" },
  { command: "clear", codes: ["Control+Delete"], label: "Ctrl+Del" },
  { command: "up", codes: ["ArrowUp"], label: "↑" },
  { command: "down", codes: ["ArrowDown"], label: "↓" },
  { command: "search", codes: ["F2"], label: "F2" },
  { command: "printLast", codes: ["F9"], label: "F9" },
  { command: "cashier", codes: ["F4"], label: "F4" },
  { command: "help", codes: ["F1"], label: "F1" },
  { command: "escape", codes: ["Escape"], label: "Esc" },
];

export interface PressedKey {
  code: string;
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/**
 * The binding of a pressed key, null when it is none of ours. Characters count as the keyboard types them: on a
 * German one the key `Slash` types a minus. Their physical key counts only while an input method hides them.
 */
export function bindingOf(key: PressedKey): KeyBinding | null {
  if (key.altKey || key.metaKey) return null;
  const character = key.ctrlKey
    ? undefined
    : KEYMAP.find((binding) => binding.isCharacter && binding.label === key.key);
  if (character) return character;
  const name = `${key.ctrlKey ? "Control+" : ""}${key.shiftKey ? "Shift+" : ""}${key.code}`;
  const binding = KEYMAP.find(({ codes }) => codes.includes(name)) ?? null;
  return binding?.isCharacter === true && !isHidden(key.key) ? null : binding;
}

/** The first key of a command, for its button. */
export function labelOf(command: Command): string {
  return KEYMAP.find((binding) => binding.command === command)?.label ?? "";
}
