import type { Product } from "../../../../main/contract/values.ts";
import { useCall } from "../../../bridge/index.ts";

const FOUND = 40;
const SHELF = 100;

/** What the shelf shows: everything at hand, or what matches the entry. */
export function useShelf(entry: string): { products: Product[]; isLoading: boolean } {
  const query = entry.trim();
  const found = useCall(
    "catalogue.search",
    { query, limit: query === "" ? SHELF : FOUND },
    { keepPrevious: query !== "" },
  );
  return { products: found.data?.products ?? [], isLoading: found.isPending };
}
