/**
 * A cell as a person means it: full-width digits and letters narrowed to ASCII, line breaks and runs of
 * blanks made one space, and the marks removed that programs put around codes to keep a spreadsheet from
 * changing them: `="690…"`, a leading apostrophe or backtick, TABs, zero-width characters.
 */
export function cleanCode(cell: string): string {
  const text = cleanText(cell).normalize("NFKC");
  const formula = /^="(.*)"$/.exec(text);
  return (formula?.[1] ?? text).replace(/^['`]/, "").trim();
}

/** Names keep their full-width characters and brackets; only blanks and invisible characters are tidied. */
export function cleanText(cell: string): string {
  return cell
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

/** As `cleanCode`, but every character stays what it is: "12²" must not become 122. */
export function cleanNumber(cell: string): string {
  const text = cleanText(cell);
  const formula = /^="(.*)"$/.exec(text);
  return (formula?.[1] ?? text).replace(/^['`]/, "").trim();
}

/**
 * The codes of one cell: some programs put all barcodes of an article into it. Taken apart only when each part is
 * a number as long as a barcode, so that a short code such as "A/12" stays whole.
 */
export function splitCodes(cell: string): string[] {
  const parts = cleanText(cell)
    .split(/[,;/|、，；\s]+/)
    .map(cleanCode)
    .filter((part) => part !== "");
  return parts.length > 1 && parts.every((part) => /^\d{6,}$/.test(part))
    ? parts
    : [cleanCode(cell)];
}
