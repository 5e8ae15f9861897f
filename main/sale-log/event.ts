import type { ReceiptEvent } from "../domain/receipt/state.ts";
import type { SaleRecord } from "../domain/sale.ts";

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
} as const;
export type EventKind = keyof typeof EVENT_KIND;

/** What stands in the log about one receipt beside what its state needs. */
export interface ReceiptFacts {
  mark?: "original" | "reprint" | "replacement";
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
  | {
      kind: "dayClosed";
      ref: number;
      body: {
        v: 1;
        date: string;
        sales: number;
        totalMinor: number;
        tenders: { method: string; count: number; amountMinor: number }[];
        owed: number[];
        signedBy: string | null;
      };
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
      };
    }
  /** A test slip or report: paper that is no receipt. */
  | {
      kind: "paper";
      ref: number | null;
      body: { v: 1; what: "test" | "report"; outcome: string; printer: string };
    };
