import iconv from "iconv-lite";

/**
 * Signs that GBK lacks and that have a printable neighbour. U+00A5 would leave as a four-byte code
 * that cheap printers show as digits: a wrong price.
 */
const NEIGHBOURS: Record<string, string> = { "\u00a5": "￥", "\u00a0": " ", "\u2022": "·" };
/** Stands for what the printer's font can't show; as wide as a Chinese character. */
const UNPRINTABLE = "□";

const known = new Map<string, string>();

/** The text as a GBK printer can show it: every character printable, none dropped. */
export function printable(text: string): string {
  let result = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    result += code >= 0x20 && code <= 0x7e ? character : printableCharacter(character);
  }
  return result;
}

function printableCharacter(character: string): string {
  let mapped = known.get(character);
  if (mapped === undefined) {
    mapped = NEIGHBOURS[character] ?? character;
    // One byte means "?" or the single-byte euro sign that printers disagree about.
    if (mapped !== " " && iconv.encode(mapped, "gbk").length !== 2) mapped = UNPRINTABLE;
    known.set(character, mapped);
  }
  return mapped;
}
