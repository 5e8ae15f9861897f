import { cleanText } from "./cell.ts";

/** What programs write where an article has no variants. */
const NO_VARIANT = /^(?:default title|default|regular|n\/a|none|-|无|無|默认|默认规格|标准)$/i;

/**
 * An article's name with what tells its variants apart: "Rain Coat" and ["S", "Blue"] give "Rain Coat S / Blue".
 * What the name already says is not said twice.
 */
export function joinName(name: string, parts: readonly string[]): string {
  if (name === "") return "";
  const wordsOfName = new Set(name.toLowerCase().split(/[^\p{L}\p{N}.,]+/u));
  const missing: string[] = [];
  for (const part of parts.map(cleanText)) {
    const lower = part.toLowerCase();
    if (part === "" || NO_VARIANT.test(part) || missing.includes(part) || wordsOfName.has(lower))
      continue;
    // "S" stands in "Socks" too; longer ones, and hanzi, are known wherever they stand.
    const isTelling = part.length > 2 || /[^\0-\x7f]/.test(part);
    if (isTelling && name.toLowerCase().includes(lower)) continue;
    missing.push(part);
  }
  return missing.length === 0 ? name : `${name} ${missing.join(" / ")}`;
}
