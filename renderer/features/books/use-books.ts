import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { BooksState } from "../../../main/contract/books.ts";
import { useCall, useFeed } from "../../bridge/index.ts";
import { newerState } from "./newer-state.ts";

/** Kept apart from the answers to `books.state`: a late one must not undo what the feed has brought. */
const FED = ["books.fed"] as const;

/** How the books are; follows the till. null until it is known. */
export function useBooks(): BooksState | null {
  const queries = useQueryClient();
  useFeed("books", (state) => {
    queries.setQueryData<BooksState | null>(FED, (before) => newerState(before ?? null, state));
  });
  const fed = useQuery<BooksState | null>({
    queryKey: FED,
    queryFn: () => null,
    enabled: false,
    initialData: null,
  });
  return newerState(useCall("books.state", {}).data ?? null, fed.data);
}
