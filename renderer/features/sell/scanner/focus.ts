import type { Focus } from "./burst-detector.ts";

/** Where a key goes that types something. */
export function focusOf(target: EventTarget | null): Focus {
  if (target instanceof HTMLTextAreaElement) return "text";
  if (target instanceof HTMLInputElement) {
    if (target.type === "password") return "secret";
    const isText = /^(?:text|search|tel|url|email|number)$/.test(target.type);
    if (!isText) return "nowhere";
    return /^(?:decimal|numeric)$/.test(target.inputMode) || target.type === "number"
      ? "amount"
      : "text";
  }
  // Letters choose among the entries of an open list.
  const isList =
    target instanceof Element &&
    target.closest("[role=listbox], [role=option], [role=menu], [aria-haspopup=listbox]") !== null;
  return isList ? "text" : "nowhere";
}
