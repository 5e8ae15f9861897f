import { gtin14Of } from "../gtin.ts";
import { elementsOf, type Elements } from "./gs1.ts";

/** What stands in a symbol, whatever the shop sells. */
export interface SymbolText {
  /** Without AIM identifier and blanks around it: may be an article's code as it is listed. */
  text: string;
  /** The article number inside, 14 digits; null when there is none. */
  gtin14: string | null;
  /** What a GS1 symbol says besides; empty for other symbols. */
  elements: Elements;
}

/** `]`, a letter for the symbology, a digit or letter for the variant (ISO/IEC 15424). */
const AIM_IDENTIFIER = /^\][A-Za-z][0-9A-Za-z]/;
/** Magazines and books carry two or five digits beside their EAN-13 (GS1 General Specifications §5.2.2). */
const WITH_ADD_ON = /^(97[789]\d{10})(?:\d{2}|\d{5})$/;

/**
 * Reads a symbol as a scanner types it: with or without AIM identifier, as a number of any GTIN length, UPC-E,
 * a GS1 element string however the separator is sent, text with brackets, or a GS1 Digital Link.
 */
export function readSymbol(typed: string): SymbolText {
  const text = typed.normalize("NFKC").trim().replace(AIM_IDENTIFIER, "");
  const plain = gtin14Of(text) ?? gtin14Of(WITH_ADD_ON.exec(text)?.[1] ?? "");
  const none: Elements = new Map();
  if (plain !== null) return { text, gtin14: plain, elements: none };
  const elements = elementsOf(text);
  if (elements !== null) {
    const gtin14 = gtin14Of(elements.get("01") ?? "");
    return { text, gtin14, elements };
  }
  return { text, gtin14: gtin14Of(upcAOfUpcE(text) ?? ""), elements: none };
}

/**
 * The UPC-A that eight digits of a UPC-E stand for (GS1 General Specifications §5.2.2.4.2): scanners send it
 * shortened, lists have it long. Null when it is none.
 */
export function upcAOfUpcE(digits: string): string | null {
  const match = /^([01])(\d{5})(\d)(\d)$/.exec(digits);
  if (!match) return null;
  const [, system = "", body = "", last = "", check = ""] = match;
  const [a, b, c, d, e] = body;
  const maker =
    last <= "2"
      ? `${a}${b}${last}0000${c}${d}${e}`
      : last === "3"
        ? `${a}${b}${c}00000${d}${e}`
        : last === "4"
          ? `${a}${b}${c}${d}00000${e}`
          : `${body}0000${last}`;
  const code = `${system}${maker}${check}`;
  return gtin14Of(code) === null ? null : code;
}
