import type { BooksState } from "../../../main/contract/books.ts";

/** Whichever of two states was made later; an answer and the feed may overtake each other. */
export function newerState(a: BooksState | null, b: BooksState | null): BooksState | null {
  if (a === null || b === null) return a ?? b;
  return a.revision > b.revision ? a : b;
}
