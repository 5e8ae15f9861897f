import type { HistoryState } from "../../contract/history.ts";
import type { Database } from "../sqlite.ts";
import { union, type Descending } from "./descending.ts";

type State = Exclude<HistoryState, "any">;

const SETTLED = "state IN ('printed','delivered','declined','handwritten')";
/** The condition of an index; a query must say it in the same words to be answered by it. */
const WITHOUT_PROOF = `proof IS NOT 'device' AND ${SETTLED}`;
const OWED = "state NOT IN ('printed','delivered','declined','handwritten')";

const CONDITION: Record<State, string> = {
  unproven: "proof IS NOT 'device'",
  owed: OWED,
  seen: "proof='person'",
  declined: "state='declined'",
  handwritten: "state='handwritten'",
};
/** Rows read at a time. */
const FETCH = 200;
/** Counting them further would take longer than it saves. */
const MAX_COUNTED = 20_000;

/** True when a receipt is in a state now. */
export function isReceiptIn(log: Database, saleId: number, state: State): boolean {
  return (
    log.get(`SELECT 1 AS yes FROM receipt WHERE sale_id=? AND ${CONDITION[state]}`, saleId) !==
    undefined
  );
}

/** Receipts in a state, by indexes that hold only those which the printer has not proved. */
export function receiptsIn(
  log: Database,
  state: State,
  below: number,
): { cost: number; open: () => Descending } {
  const count = (condition: string) =>
    Number(
      log.get(
        `SELECT count(*) AS n FROM (SELECT 1 FROM receipt WHERE ${condition} LIMIT ?)`,
        MAX_COUNTED,
      )?.["n"],
    );
  if (state === "owed") return { cost: count(OWED), open: () => owed(log, below) };
  const settled = { cost: count(WITHOUT_PROOF), open: () => withoutProof(log, state, below) };
  if (state !== "unproven") return settled;
  return {
    cost: settled.cost + count(OWED),
    open: () => union([settled.open(), owed(log, below)]),
  };
}

function owed(log: Database, below: number): Descending {
  return paged(below, (top) =>
    log.rows(
      `SELECT sale_id FROM receipt WHERE ${OWED} AND sale_id<? ORDER BY sale_id DESC LIMIT ?`,
      top,
      FETCH,
    ),
  );
}

/** The index begins with the day; days follow each other as sales do, so its order is theirs. */
function withoutProof(log: Database, state: State, below: number): Descending {
  let day = Number(
    log.get("SELECT day_id FROM receipt WHERE sale_id<? ORDER BY sale_id DESC LIMIT 1", below)?.[
      "day_id"
    ] ?? 0,
  );
  return paged(below, (top) => {
    const rows = log.rows(
      `SELECT sale_id, day_id FROM receipt WHERE ${WITHOUT_PROOF} AND ${CONDITION[state]}
         AND (day_id,sale_id)<(?,?) ORDER BY day_id DESC, sale_id DESC LIMIT ?`,
      day,
      top,
      FETCH,
    );
    day = Number(rows.at(-1)?.[1] ?? day);
    return rows;
  });
}

/** Sales page by page, as they are needed. */
function paged(below: number, read: (below: number) => unknown[][]): Descending {
  let ahead: number[] = [];
  let top = below;
  let isEnd = false;
  return {
    next: () => {
      if (ahead.length === 0 && !isEnd) {
        ahead = read(top).map(([id]) => Number(id));
        isEnd = ahead.length < FETCH;
        ahead.reverse();
      }
      const id = ahead.pop() ?? 0;
      top = id;
      return id;
    },
  };
}
