import { STATUS_COLUMNS } from "./receipt-rows.ts";

/**
 * One thing a statement wants to do, as SQLite tells its authorizer: an action code and two names
 * whose meaning depends on it. (sqlite.org/c3ref/c_alter_table.html)
 */
export interface SqlAction {
  code: number;
  first: string | null;
  second: string | null;
}

const DELETE = 9;
const INSERT = 18;
const PRAGMA = 19;
const READ = 20;
const SELECT = 21;
const TRANSACTION = 22;
const UPDATE = 23;
const FUNCTION = 31;
const SAVEPOINT = 32;
const RECURSIVE = 33;

/** Rows of these are written once and stay. */
const APPEND_ONLY = ["event", "anchor", "person", "item_name", "sale", "sale_line", "payment"];

/** Rows of these follow the events: new ones, none taken away, and only these columns move. */
const PROJECTED: Record<string, readonly string[]> = {
  receipt: STATUS_COLUMNS,
  print_job: ["state", "cause", "ended_at_ms"],
  day: [
    "closed_at_ms",
    "closed_by",
    "signed_by",
    "close_seq",
    "sales",
    "total",
    "grand_sales",
    "grand_total",
  ],
};

/** No history: these may be emptied. */
const WORKING = ["product", "catalogue", "kept", "request"];

const APPENDED: ReadonlySet<string> = new Set([
  ...APPEND_ONLY,
  ...Object.keys(PROJECTED),
  ...WORKING,
]);
const EMPTIED: ReadonlySet<string> = new Set(WORKING);

/** These only look, or move committed pages where they belong. */
const HARMLESS_PRAGMAS: ReadonlySet<string> = new Set([
  "wal_checkpoint",
  "integrity_check",
  "quick_check",
  "foreign_key_check",
  "table_info",
  "index_list",
  "index_info",
  "page_count",
  "freelist_count",
  "page_size",
  "data_version",
  "compile_options",
]);

/** Harmless while they are only read: with a value they change what the file promises. */
const READABLE_PRAGMAS: ReadonlySet<string> = new Set([
  "user_version",
  "journal_mode",
  "synchronous",
  "foreign_keys",
  "recursive_triggers",
]);

/**
 * What the till may do with its log once it has started: add to it, move its projections, keep its
 * working memory. Everything not named is refused: changing or deleting history, changing the
 * schema or its guards, settings of the connection, other files.
 */
export function allowedWhileSelling({ code, first, second }: SqlAction): boolean {
  const name = first ?? "";
  switch (code) {
    case READ:
    case SELECT:
    case TRANSACTION:
    case SAVEPOINT:
    // Its own functions only: the driver loads no extension unless it was opened for that.
    case FUNCTION:
    case RECURSIVE:
      return true;
    case INSERT:
      return APPENDED.has(name);
    case UPDATE:
      return EMPTIED.has(name) || (PROJECTED[name]?.includes(second ?? "") ?? false);
    case DELETE:
      return EMPTIED.has(name);
    case PRAGMA:
      return HARMLESS_PRAGMAS.has(name) || (second === null && READABLE_PRAGMAS.has(name));
    default:
      return false;
  }
}
