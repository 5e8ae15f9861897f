import type { SaleHead } from "../../../main/contract/history.ts";
import type { CallRefused } from "../../bridge/index.ts";

/** Sales newest first, as a list can show them: by place, whether they have been read yet or not. */
export interface HistoryRows {
  /** Places that can be scrolled to. */
  count: number;
  /** More will be found below the last place. */
  hasMore: boolean;
  /** Nothing can be said yet. */
  isPending: boolean;
  /** What is shown answers the question before. */
  isStale: boolean;
  /** Share of the log gone through before it can be searched; null when it can. */
  building: number | null;
  error: CallRefused | null;
  retry: () => void;
  /** The sale at a place, null while it is being read. */
  rowAt: (place: number) => SaleHead | null;
  /** The number of the sale at a place, null while it is not known. */
  numberAt: (place: number) => number | null;
  /** The place of a sale; null when it is not in the list, or not known to be. */
  placeOf: (saleId: number) => number | null;
  /** These places are in view: reads what they need. */
  want: (first: number, last: number) => void;
  /** Puts a newer reading of a sale into the list. */
  patch: (head: SaleHead) => void;
  /** Reads everything again, from the newest sale. */
  startOver: () => Promise<void>;
}
