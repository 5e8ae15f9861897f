import { z } from "zod";
import { MOST } from "./limits.ts";
import { causeSchema, minorSchema, receiptStateSchema, tenderMethodSchema } from "./values.ts";

/** Receipts without the printer's own proof, and the parts of them that somebody may look for. */
export const historyStateSchema = z.enum([
  "any",
  "unproven",
  "owed",
  "seen",
  "declined",
  "handwritten",
]);
export type HistoryState = z.infer<typeof historyStateSchema>;

export const historyQuerySchema = z.object({
  /**
   * One box for everything a customer can say: number, amount ("23.50", "20-30", "50±5"), the end of
   * the payment's reference, product, the code on the slip. Words are found together.
   */
  text: z.string().max(100),
  /** UTC milliseconds, inclusive; null for no limit. */
  fromMs: z.int().nullable(),
  toMs: z.int().nullable(),
  /** Amount of the sale, inclusive; null for no limit. */
  minMinor: minorSchema.nullable(),
  maxMinor: minorSchema.nullable(),
  /** Who sold it; null for anybody. */
  cashier: z.string().max(40).nullable(),
  state: historyStateSchema,
  /** Keyset cursor: sales older than this number; null for the newest. */
  before: z.int().nullable(),
  limit: z.int().min(1).max(200),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

export const saleHeadSchema = z.object({
  saleId: z.int(),
  atMs: z.int(),
  totalMinor: minorSchema,
  cashier: z.string(),
  pieces: z.number(),
  method: tenderMethodSchema,
  /** First line's name in both languages, to recognise the sale. */
  firstNameZh: z.string(),
  firstNameEn: z.string(),
  lineCount: z.int(),
  state: receiptStateSchema,
  cause: causeSchema.nullable(),
  proof: z.enum(["device", "person"]).nullable(),
  /** Papers beyond the original. */
  copies: z.int(),
});
export type SaleHead = z.infer<typeof saleHeadSchema>;

export const historyPageSchema = z.object({
  /** May be fewer than asked for, even none, although there are more: see `nextBefore`. */
  sales: z.array(saleHeadSchema).max(200),
  /** Cursor for the next page, null when this is the end. */
  nextBefore: z.int().nullable(),
  /** Share (0 to 1) of the log gone through, while it can't be searched yet; null when it can. */
  building: z.number().min(0).max(1).nullable(),
});
export type HistoryPage = z.infer<typeof historyPageSchema>;

/** One step of a receipt's paper trail, in the order of the log. */
export const trailEntrySchema = z.object({
  seq: z.int(),
  atMs: z.int(),
  type: z.enum([
    "opened",
    "attemptStarted",
    "attemptBlocked",
    "attemptResumed",
    "attemptPrinted",
    "attemptFailed",
    "attemptNotTaken",
    "attemptCleared",
    "attemptUnknown",
    "denied",
    "settled",
    "deferred",
    "handedOver",
    "unclaimed",
    "notCut",
  ]),
  by: z.string(),
  attempt: z.int().nullable(),
  copy: z.int().nullable(),
  mark: z.enum(["original", "late", "reprint", "replacement"]).nullable(),
  cause: causeSchema.nullable(),
  grade: z.enum(["A", "B"]).nullable(),
  how: z.enum(["person", "declined", "handwritten"]).nullable(),
  reason: z.string().nullable(),
  paperNo: z.string().nullable(),
  late: z.boolean(),
  printer: z.string().nullable(),
  untilMs: z.int().nullable(),
});
export type TrailEntry = z.infer<typeof trailEntrySchema>;

const segmentSchema = z.object({
  text: z.string(),
  cell: z.int(),
  cells: z.int(),
  align: z.enum(["left", "center", "right"]),
});
const roleSchema = z.enum([
  "shop",
  "meta",
  "item",
  "discount",
  "tax",
  "total",
  "tender",
  "mark",
  "code",
  "note",
  "table",
]);
export const receiptLineSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("text"),
    role: roleSchema,
    segments: z.array(segmentSchema).max(100),
    bold: z.boolean(),
    size: z.enum(["normal", "double"]),
    item: z.int().optional(),
  }),
  z.object({ kind: z.literal("rule"), role: roleSchema, cells: z.int() }),
  z.object({ kind: z.literal("feed"), role: roleSchema, lines: z.int() }),
  z.object({ kind: z.literal("barcode"), role: roleSchema, data: z.string() }),
  z.object({ kind: z.literal("qr"), role: roleSchema, data: z.string() }),
  z.object({ kind: z.literal("ean13"), role: roleSchema, data: z.string() }),
  z.object({ kind: z.literal("code128"), role: roleSchema, data: z.string() }),
  z.object({
    kind: z.literal("image"),
    role: roleSchema,
    widthDots: z.int(),
    heightDots: z.int(),
    bits: z.base64(),
  }),
]);

export const saleDetailSchema = z.object({
  head: saleHeadSchema,
  /** The original as the receipt printer prints it: its columns, the template kept with the sale. */
  columns: z.int(),
  receipt: z.array(receiptLineSchema).max(MOST.receiptLines),
  /** The sale, then the newest steps. */
  trail: z.array(trailEntrySchema).max(MOST.trail),
  /** Steps between the sale and those that are listed. */
  trailMore: z.int(),
  tenders: z
    .array(
      z.object({
        method: tenderMethodSchema,
        amountMinor: minorSchema,
        reference: z.string().nullable(),
      }),
    )
    .max(10),
  changeMinor: minorSchema,
  /** Whether a print now makes the original, a numbered copy or a replacement. */
  nextMark: z.enum(["original", "late", "reprint", "replacement"]),
  nextCopy: z.int(),
  status: z.object({
    state: receiptStateSchema,
    cause: causeSchema.nullable(),
    deferrals: z.int(),
    deferredUntilMs: z.int().nullable(),
    settledAtMs: z.int().nullable(),
    settledBy: z.string().nullable(),
    reason: z.string().nullable(),
    handover: z.enum(["none", "waiting", "done", "unclaimed"]),
  }),
});
export type SaleDetail = z.infer<typeof saleDetailSchema>;
