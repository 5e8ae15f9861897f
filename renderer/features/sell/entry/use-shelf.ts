import type { Product } from "../../../../main/contract/values.ts";
import { useCall, type CallRefused } from "../../../bridge/index.ts";

const FOUND = 40;
const SHELF = 100;

interface Shelved {
  products: Product[];
  isLoading: boolean;
  /** The till did not answer: nothing is known of what it has. */
  error: CallRefused | null;
  retry: () => void;
  /** What was found for this very entry and not for the one before; null when the till did not answer. */
  now: () => Promise<Product[] | null>;
}

/** What the shelf shows: everything at hand, or what matches the entry. */
export function useShelf(entry: string): Shelved {
  const query = entry.trim();
  const found = useCall(
    "catalogue.search",
    { query, limit: query === "" ? SHELF : FOUND },
    { keepPrevious: query !== "" },
  );
  return {
    products: found.data?.products ?? [],
    isLoading: found.isPending,
    error: found.error,
    retry: () => void found.refetch(),
    now: async () => {
      const isCurrent = found.data !== undefined && !found.isPlaceholderData;
      const answer = isCurrent ? found : await found.refetch();
      return answer.data === undefined || answer.error !== null ? null : answer.data.products;
    },
  };
}
