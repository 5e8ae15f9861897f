import { useQueryClient } from "@tanstack/react-query";
import type { BooksState } from "../../../main/contract/books.ts";
import { useCall, useFeed } from "../../bridge/index.ts";

const KEY = ["books.state", {}] as const;

/** How the books are; follows the till. null until it is known. */
export function useBooks(): BooksState | null {
  const queries = useQueryClient();
  useFeed("books", (state) => queries.setQueryData<BooksState>(KEY, state));
  return useCall("books.state", {}, { isStamped: true }).data ?? null;
}
