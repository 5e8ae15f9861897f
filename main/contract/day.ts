import { z } from "zod";
import { MOST } from "./limits.ts";
import { causeSchema, minorSchema, receiptStateSchema, tenderMethodSchema } from "./values.ts";

/** Sums may exceed what one sale may: any amount the log can add up. */
const sum = z.int().min(0);

/** A receipt the printer did not prove: how it was settled, or that it is still owed. */
export const unprovenReceiptSchema = z.object({
  saleId: z.int(),
  atMs: z.int(),
  totalMinor: minorSchema,
  cashier: z.string(),
  state: receiptStateSchema,
  cause: causeSchema.nullable(),
  causeClass: z.enum(["A", "B", "C", "D"]).nullable(),
  settledBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** From sale to settlement, or to now while it is owed. */
  owedMs: z.int(),
});
export type UnprovenReceipt = z.infer<typeof unprovenReceiptSchema>;

/** What became of a receipt after its day was closed. */
const changeSinceSchema = z.object({
  saleId: z.int(),
  soldAtMs: z.int(),
  totalMinor: minorSchema,
  cashier: z.string(),
  /** When the day was closed, and now. */
  from: receiptStateSchema,
  to: receiptStateSchema,
  /** Marked copies printed since. */
  copies: z.int(),
  settledBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** When it changed last. */
  atMs: z.int(),
});

/** A receipt printed late that nobody has fetched: it lies in the claim tray, or has left it by its age. */
export const unclaimedReceiptSchema = z.object({
  saleId: z.int(),
  atMs: z.int(),
  printedAtMs: z.int(),
  totalMinor: minorSchema,
  cashier: z.string(),
  state: z.enum(["waiting", "unclaimed"]),
});
export type UnclaimedReceipt = z.infer<typeof unclaimedReceiptSchema>;

/** A closed day says for ever what it said when it was closed, and beside it what has changed since. */
export const dayReportSchema = z.object({
  dayId: z.int(),
  /** Business date, YYYY-MM-DD. */
  date: z.string(),
  openedAtMs: z.int(),
  closedAtMs: z.int().nullable(),
  closedBy: z.string().nullable(),
  /** Who signed for receipts still owed at closing. */
  signedBy: z.string().nullable(),
  currency: z.string(),
  sales: z.int(),
  totalMinor: sum,
  discountMinor: sum,
  taxMinor: sum,
  firstSaleId: z.int().nullable(),
  lastSaleId: z.int().nullable(),
  tenders: z
    .array(z.object({ method: tenderMethodSchema, count: z.int(), amountMinor: z.int() }))
    .max(10),
  receipts: z.object({
    provenByDevice: z.int(),
    settledByPerson: z.int(),
    declined: z.int(),
    handwritten: z.int(),
    owed: z.int(),
    copies: z.int(),
  }),
  /** All sales ever made on this till, up to and with this day; never starts again. */
  grandSales: z.int(),
  grandTotalMinor: sum,
  /** Number and hash of the event that closed the day, or of the newest one while it is open. */
  head: z.object({ seq: z.int(), hash: z.string() }),
  /** Of this day, and of earlier days while still owed. */
  unproven: z.array(unprovenReceiptSchema).max(MOST.unproven),
  /** All of them: a page gets the first, the CSV file and the slip have each. */
  unprovenCount: z.int(),
  /** The most frequent first. */
  byCause: z
    .array(z.object({ cause: causeSchema.nullable(), cashier: z.string(), count: z.int() }))
    .max(MOST.causes),
  /** Printed late and not fetched: of this day, and of earlier days while still in the tray. */
  unclaimed: z.array(unclaimedReceiptSchema).max(MOST.unclaimed),
  unclaimedCount: z.int(),
  /** What changed since the day was closed, by number; empty while it is open. */
  since: z.array(changeSinceSchema).max(MOST.unproven),
  /** All of them, as `unprovenCount`. */
  sinceCount: z.int(),
});
export type DayReport = z.infer<typeof dayReportSchema>;

export const daySummarySchema = z.object({
  dayId: z.int(),
  date: z.string(),
  closedAtMs: z.int().nullable(),
  sales: z.int(),
  totalMinor: sum,
});
