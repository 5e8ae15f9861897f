/**
 * What tells a copy from the original. A copy made after any byte may have left is never unmarked,
 * and a retry after nothing had reached paper is still the original, whatever attempt it is.
 */
export type ReceiptMark =
  | { kind: "original" }
  /** The original, long after its sale: no copy, and both times stand on it. */
  | { kind: "late"; atMs: number; by: string }
  /** The `copy`-th paper beyond the first that may exist. */
  | { kind: "reprint"; copy: number; atMs: number; by: string }
  | { kind: "replacement"; copy: number; atMs: number; by: string };

/** The mark as it stands on paper; both languages at once, because the customer may read either. */
export function markText(mark: ReceiptMark): string | null {
  switch (mark.kind) {
    case "original":
      return null;
    case "late":
      return "迟打 PRINTED LATE";
    case "reprint":
      return `重打 REPRINT ${mark.copy}`;
    case "replacement":
      return "替换残票 REPLACES DAMAGED SLIP";
  }
}
