/**
 * Goods that have neither barcode nor short code are kept under a key made of their name. It begins with a
 * sign that no scanner and no keyboard sends, so it is never mistaken for a code and never shown.
 */
const NAME_KEY_MARK = "·";

/** The key for goods of this name: the same name gives the same key, so a later list changes the goods. */
export function keyOfName(name: string): string {
  // FNV-1a, twice with different beginnings: 64 bits, so ten thousand names hardly ever meet.
  const half = (seed: number) => {
    let hash = seed;
    for (const char of name) {
      hash ^= char.codePointAt(0) ?? 0;
      hash = Math.imul(hash, 0x01000193) >>> 0;
    }
    return hash.toString(36).padStart(7, "0");
  };
  return `${NAME_KEY_MARK}${half(0x811c9dc5)}${half(0x3d4d51cb)}`;
}

/** The code as people know it: empty for goods that are known by their name only. */
export function codeToShow(code: string): string {
  return code.startsWith(NAME_KEY_MARK) ? "" : code;
}
