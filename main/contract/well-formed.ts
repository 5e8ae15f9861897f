/**
 * False when a text anywhere in a value, or a key of it, holds half of a surrogate pair. Such a text can't be
 * written as UTF-8: a file would give back another one than it was given.
 */
export function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isWellFormed);
  return Object.entries(value).every(([key, item]) => key.isWellFormed() && isWellFormed(item));
}
