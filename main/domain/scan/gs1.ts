import { gtin14Of } from "../gtin.ts";

/** Values by application identifier, e.g. `01` → 14 digits, `3103` → kilograms with three decimals. */
export type Elements = ReadonlyMap<string, string>;

/** ASCII 29, which ends an element of no fixed length. */
export const GROUP_SEPARATOR = "\u001D";
/** Ways in which scanners write it when they may not send it, and its sign in Unicode. */
const WRITTEN_SEPARATOR = /\^\]|[{<[]GS[}>\]]|\u241D|\\x1D|\\u001D/gi;

/** Length with the identifier, by its first two digits (GS1 General Specifications §7.8.5). */
const FIXED_LENGTHS: readonly (readonly [firstTwo: RegExp, length: number])[] = [
  [/^00/, 20],
  [/^0[123]/, 16],
  [/^04/, 18],
  [/^1[1-9]/, 8],
  [/^20/, 4],
  [/^3[1-6]/, 10],
  [/^41/, 16],
];
/** Length of the identifier itself, by its start. Others have two digits. */
const IDENTIFIER_LENGTHS: readonly (readonly [start: RegExp, length: number])[] = [
  [/^(?:3[1-69]|4[23]|7[02]|8[01])/, 4],
  [/^(?:2[345]|4[01]|71)/, 3],
];
const IS_DATE = /^1[1-7]$/;
const DATE = /^\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/;

/**
 * The elements of a GS1 symbol: as an element string, as text with brackets, or as a Digital Link. Null when the
 * text is none of them or names no article (01) or shipment (00).
 */
export function elementsOf(text: string): Elements | null {
  const found = /^https?:\/\//i.test(text)
    ? ofDigitalLink(text)
    : text.startsWith("(")
      ? ofBrackets(text)
      : ofElementString(text.replace(WRITTEN_SEPARATOR, GROUP_SEPARATOR));
  const article = found?.get("01");
  if (article !== undefined) return gtin14Of(article) === null ? null : (found ?? null);
  return found?.has("00") === true ? found : null;
}

function ofBrackets(text: string): Elements | null {
  if (!/^(?:\(\d{2,4}\)[^()]+)+$/.test(text)) return null;
  return new Map(
    [...text.matchAll(/\((\d{2,4})\)([^()]+)/g)].map(([, ai = "", value = ""]) => [
      ai,
      value.replace(WRITTEN_SEPARATOR, "").replaceAll(GROUP_SEPARATOR, "").trim(),
    ]),
  );
}

/** `https://any.host/any/path/01/09506000134352/10/LOT?3103=000195` (GS1 Digital Link URI Syntax §4). */
function ofDigitalLink(text: string): Elements | null {
  const [, path = "", query = ""] = /^https?:\/\/[^/?#]+([^?#]*)(?:\?([^#]*))?/i.exec(text) ?? [];
  const parts = path.split("/").slice(1);
  const start = parts.findIndex(
    (part, at) => /^(?:01|gtin)$/i.test(part) && gtin14Of(parts[at + 1] ?? "") !== null,
  );
  if (start < 0) return null;
  const found = new Map([["01", parts[start + 1] ?? ""]]);
  for (let at = start + 2; at + 1 < parts.length; at += 2)
    if (/^\d{2,4}$/.test(parts[at] ?? "")) found.set(parts[at] ?? "", parts[at + 1] ?? "");
  for (const pair of query.split(/[&;]/)) {
    const [ai = "", value = ""] = pair.split("=");
    if (/^\d{2,4}$/.test(ai)) found.set(ai, value);
  }
  return found;
}

/** Null when some part can't be read: a shop's own code that only begins like a GS1 symbol stays a code. */
function ofElementString(text: string): Elements | null {
  const found = new Map<string, string>();
  let rest = text.replaceAll(new RegExp(`^${GROUP_SEPARATOR}+`, "g"), "");
  while (rest !== "") {
    const element = firstElement(rest);
    if (element === null) return null;
    found.set(element.ai, element.value);
    rest = rest.slice(element.length).replace(new RegExp(`^${GROUP_SEPARATOR}+`), "");
  }
  return found.size === 0 ? null : found;
}

function firstElement(rest: string): { ai: string; value: string; length: number } | null {
  const aiLength = IDENTIFIER_LENGTHS.find(([start]) => start.test(rest))?.[1] ?? 2;
  const ai = rest.slice(0, aiLength);
  if (!/^\d+$/.test(ai) || ai.length < aiLength) return null;
  const fixed = FIXED_LENGTHS.find(([start]) => start.test(rest))?.[1];
  const separator = rest.indexOf(GROUP_SEPARATOR);
  const length = fixed ?? (separator < 0 ? rest.length : separator);
  const value = rest.slice(aiLength, length);
  if (value === "" || rest.length < length) return null;
  if (fixed !== undefined && !/^\d+$/.test(value)) return null;
  if (ai === "01" && gtin14Of(value) === null) return null;
  if (IS_DATE.test(ai) && !DATE.test(value)) return null;
  return { ai, value, length };
}

/** What a number in an element with decimals is worth: `3103` 001750 is 1.750, in thousandths 1750. */
interface Measure {
  value: number;
  /** Digits of `value` behind the decimal point. */
  decimals: number;
}

/** The element whose identifier begins like this and ends with its number of decimals. */
export function measureOf(elements: Elements, start: "310" | "392"): Measure | null {
  for (const [ai, digits] of elements)
    if (ai.length === 4 && ai.startsWith(start) && /^\d{1,12}$/.test(digits))
      return { value: Number(digits), decimals: Number(ai.slice(3)) };
  return null;
}

/** The measure as a whole number with so many decimals, rounded half up. */
export function inDecimals({ value, decimals }: Measure, wanted: number): number {
  return decimals <= wanted
    ? value * 10 ** (wanted - decimals)
    : Math.round(value / 10 ** (decimals - wanted));
}
