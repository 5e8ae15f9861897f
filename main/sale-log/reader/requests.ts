import type { DayReport } from "../../contract/day.ts";
import type { HistoryPage } from "../../contract/history.ts";
import type { Day } from "../days.ts";
import type { SaleQuery } from "./sale-search.ts";

/**
 * Everything the reader can be asked, with its answer; both are plain data. A new kind of long read
 * is a line here and a function in `answers.ts`.
 */
export interface ReaderRequests {
  /** A page of sales that match. */
  search: { ask: SaleQuery; answer: HistoryPage };
  /** The figures of a day. */
  dayReport: { ask: { day: Day; nowMs: number; currency: string }; answer: DayReport };
}

export type ReaderRequestName = keyof ReaderRequests;
export type Ask<N extends ReaderRequestName> = ReaderRequests[N]["ask"];
export type Answer<N extends ReaderRequestName> = ReaderRequests[N]["answer"];

/** From the till to the reader. */
export type ToReader =
  | { type: "ask"; id: number; name: ReaderRequestName; ask: unknown }
  | { type: "cancel"; id: number }
  | { type: "close" };

/** From the reader to the till. */
export type FromReader =
  | { type: "ready" }
  | { type: "progress"; id: number; progress: unknown }
  | { type: "answer"; id: number; answer: unknown }
  | { type: "cancelled"; id: number }
  | { type: "failed"; id: number; error: { name: string; message: string; stack?: string } }
  /** Nobody asked for it: work of its own went wrong. */
  | { type: "problem"; error: { name: string; message: string; stack?: string } };
