import type { DayReport, UnclaimedReceipt, UnprovenReceipt } from "../contract/day.ts";
import type { ReceiptEvent } from "../domain/receipt/state.ts";
import type { SaleRecord } from "../domain/sale.ts";
import type { VoidedGoods } from "../domain/voided-lines.ts";
import type { Beginning, LostRange } from "./beginning.ts";
import type { GivenNumbers } from "./numbers.ts";

/** Numbers that stand in the file for ever. */
export const EVENT_KIND = {
  tillStarted: 1,
  dayOpened: 2,
  saleCompleted: 3,
  receipt: 4,
  dayClosed: 5,
  settingsChanged: 6,
  signedIn: 7,
  catalogueImported: 8,
  paper: 9,
  drawerOpened: 10,
  logMade: 11,
  personNamed: 12,
  keyChanged: 13,
  lineVoided: 14,
  basketAbandoned: 15,
  damageFound: 16,
  restored: 17,
  logContinued: 18,
  recovered: 19,
} as const;
export type EventKind = keyof typeof EVENT_KIND;

/** What stands in the log about one receipt beside what its state needs. */
export interface ReceiptFacts {
  mark?: "original" | "late" | "reprint" | "replacement";
  copy?: number;
  /** Which printer, as a person would name it. */
  printer?: string;
  /** SHA-256 of the bytes of this attempt, base64url. */
  bytesHash?: string;
  reason?: string;
  paperNo?: string;
  /** The manager who allowed it. */
  allowedBy?: string;
}

type WithoutTime<T> = T extends { atMs: number } ? Omit<T, "atMs"> : never;
/** `notCut` says the printer proved the print and then failed to cut. */
export type ReceiptBody = (WithoutTime<ReceiptEvent> | { type: "notCut"; attempt: number }) &
  ReceiptFacts;

/** What a person says when a day is closed; the log adds the totals itself. */
export interface DayClosing {
  date: string;
  sales: number;
  totalMinor: number;
  tenders: { method: string; count: number; amountMinor: number }[];
  owed: number[];
  signedBy: string | null;
  /** What became of the receipts until then: the report stays as it was signed. Missing in older logs. */
  currency?: string;
  receipts?: DayReport["receipts"];
  unproven?: UnprovenReceipt[];
  unclaimed?: UnclaimedReceipt[];
}

/** Where one log ends. */
export interface LogEnd {
  seq: number;
  hash: string;
  sales: number;
  newestSaleId: number;
}

export interface RestoredBody {
  v: 1;
  /** The backup, and the moment it was made. */
  backup: LogEnd & { name: string; atMs: number; tillId: string };
  /** The books before; null: there were none that could be read. */
  before: LogEnd | null;
  /** Folder that keeps them. */
  setAside: string;
  /** Sales of theirs that stand in neither the backup nor what was carried over. */
  lostSales: number;
  /** What was carried over behind the backup's last entry; missing: nothing, or written by an older program. */
  carried?: { events: number; sales: number };
  /** No number up to these is given out again. Missing: written by an older program. */
  numbers?: GivenNumbers;
}

/** Why books were set aside. */
export type DamageCause =
  /** No database any more. */
  | "unreadable"
  /** SQLite finds pages that don't belong together. */
  | "pages"
  /** Newest entries are missing or changed. */
  | "chain"
  /** Entries that were signed are not in the file. */
  | "tailCut"
  /** There is a witness and no log. */
  | "missing"
  /** The file can't be written. */
  | "readOnly";

/** First event of a file that goes on from a damaged one. */
export interface ContinuedBody {
  v: 1;
  tillId: string;
  keyId: string;
  publicKey: string;
  schema: number;
  /** Everybody known from before, by the numbers they had. */
  people: { id: number; name: string }[];
  catalogueHash: string;
  /** Where this file begins. */
  begins: Beginning;
  cause: DamageCause;
  /** Found while the till was selling, not at its start. */
  whileSelling: boolean;
  /** Folder beside the books that keeps the damaged ones as they were found. */
  setAside: string;
  /** Whose they were, as far as that can be read. */
  before: { tillId: string | null; keyId: string | null };
  /** The newest entry and the newest sale that could be proved at once. */
  proved: { seq: number; saleId: number; atMs: number | null };
  /** Receipt numbers left out, because some of them may be on paper. */
  skipped: number;
}

/** The proved entries of a damaged file stand before those of the one that went on from it. */
export interface RecoveredBody {
  v: 1;
  setAside: string;
  /** The file that went on alone until now. */
  merged: LogEnd;
  events: number;
  sales: number;
  /** Entries that nobody can bring back, as ranges. */
  lost: LostRange[];
  /** Entries found that could not be proved: listed, not merged. */
  doubtful: number;
  /** No number up to these is given out again. Missing: written by an older program. */
  numbers?: GivenNumbers;
}

/** Why the cash drawer was opened, and where. Version 1, of logs before it, had only a person's reason. */
export interface DrawerOpening {
  why: "cash" | "person" | "tryOut";
  /** In the person's words; empty for cash and for trying out. */
  reason: string;
  connector: DrawerConnector;
  /** Which printer it hangs on, as a person would name it. */
  printer: string;
}

/** Which wire of the printer's drawer plug: pin 2 or pin 5. */
export type DrawerConnector = "pin2" | "pin5";

/** Everything the log can say. Bodies are versioned where their shape may grow. */
export type LogEvent =
  | { kind: "tillStarted"; ref: null; body: { v: 1; version: string; sqlite: string } }
  | { kind: "dayOpened"; ref: number; body: { v: 1; date: string } }
  | {
      kind: "saleCompleted";
      ref: number;
      body: SaleRecord & { dayId: number; requestId: string };
    }
  | { kind: "receipt"; ref: number; body: ReceiptBody }
  /** Version 1 had no more than the closing; it stands in logs of schema 1. */
  | {
      kind: "dayClosed";
      ref: number;
      body: DayClosing &
        (
          | { v: 1 }
          | {
              v: 2;
              taxMinor: number;
              discountMinor: number;
              firstSaleId: number | null;
              lastSaleId: number | null;
              /** Everything ever sold on this till, up to and with this day. Never starts again. */
              grandSales: number;
              grandTotalMinor: number;
            }
        );
    }
  | { kind: "settingsChanged"; ref: null; body: { v: 1; changed: string[] } }
  | { kind: "signedIn"; ref: null; body: { v: 1 } }
  | {
      kind: "catalogueImported";
      ref: null;
      body: {
        v: 1;
        fileName: string;
        sha256: string;
        rows: number;
        added: number;
        changed: number;
        /** Rows of the file that were left out on a person's word. */
        leftOut?: number;
        /** The whole catalogue after it, see `Products.hash`. Missing in logs of schema 1. */
        catalogueHash?: string;
      };
    }
  /**
   * The first event of a log, or the first one of schema 2 in an older log: who this till is, the
   * key its anchors are signed with, and everything earlier events only point at.
   */
  | {
      kind: "logMade";
      ref: null;
      body: {
        v: 1;
        tillId: string;
        keyId: string;
        publicKey: string;
        schema: number;
        people: { id: number; name: string }[];
        catalogueHash: string;
        /** What was there before, when this log is older than its anchors. */
        adopted: { events: number; hash: string } | null;
      };
    }
  /** The first time a name appears; `ref` is the number that stands for it from now on. */
  | { kind: "personNamed"; ref: number; body: { v: 1; name: string } }
  /** The key of before is gone: anchors are signed with another one from here on. */
  | {
      kind: "keyChanged";
      ref: null;
      body: { v: 1; keyId: string; publicKey: string; previousKeyId: string };
    }
  /** Goods scanned and taken out again before the sale was finished. */
  | { kind: "lineVoided"; ref: null; body: { v: 1 } & VoidedGoods }
  /** A basket with goods in it was emptied without a sale. */
  | {
      kind: "basketAbandoned";
      ref: null;
      body: { v: 1; lines: VoidedGoods[] };
    }
  /** The log found that it had been damaged or changed from outside. */
  | {
      kind: "damageFound";
      ref: null;
      body: { v: 1; findings: { code: string; seq: number | null; detail: string }[] };
    }
  /** The till went on from a backup: the entry it ends with, and the last one of the books given up. */
  | { kind: "restored"; ref: null; body: RestoredBody }
  | { kind: "logContinued"; ref: null; body: ContinuedBody }
  | { kind: "recovered"; ref: null; body: RecoveredBody }
  /** The cash drawer; `ref` is the sale whose cash opened it. Written before the pulse is sent. */
  | { kind: "drawerOpened"; ref: number | null; body: { v: 2 } & DrawerOpening }
  /** A test slip or report: paper that is no receipt. `sent`: nobody waited for a proof. */
  | {
      kind: "paper";
      ref: number | null;
      body: { v: 1; what: "test" | "report"; outcome: string; printer: string };
    };
