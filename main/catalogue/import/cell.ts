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
