/** Longest message and stack of one error; a whole request never fits. */
const MAX_CHARS = 4_000;
const MAX_CAUSES = 4;
/** Telephone, card and payment code numbers have at least this many digits. */
const LONG_NUMBER = /\d(?:[ -]?\d){8,}/g;
const ADDRESS = /[\w.+-]+@[\w-]+\.[\w.-]+/g;

/**
 * An error as the log of incidents has it: name, code, message, stack and causes, and no other property,
 * since those may carry what somebody typed. Long numbers and mail addresses are struck out.
 */
export function incidentText(error: unknown): string {
  const parts: string[] = [];
  let current = error;
  do {
    parts.push(oneError(current));
    current = current instanceof Error ? current.cause : undefined;
  } while (current !== undefined && parts.length < MAX_CAUSES);
  return parts.join("\n  caused by ");
}

function oneError(error: unknown): string {
  if (!(error instanceof Error)) {
    // What it holds is unknown, and so is whether it may be kept.
    const isPlain = error === null || typeof error === "string" || typeof error === "number";
    return isPlain ? cleaned(String(error)) : `a thrown ${typeof error}`;
  }
  const code = "code" in error && typeof error.code === "string" ? ` [${error.code}]` : "";
  const head = `${error.name}: ${error.message}`;
  const stack = error.stack?.split("\n").filter((line) => /^ +at /.test(line)) ?? [];
  return [cleaned(head) + code, ...stack].join("\n").slice(0, MAX_CHARS);
}

function cleaned(text: string): string {
  return text
    .slice(0, MAX_CHARS)
    .replaceAll(LONG_NUMBER, "(number)")
    .replaceAll(ADDRESS, "(address)");
}
