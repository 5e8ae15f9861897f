import { z } from "zod";
import { causeSchema, minorSchema, receiptStateSchema, tenderMethodSchema } from "./values.ts";

export const historyQuerySchema = z.object({
  /** One box for everything a customer can say: number, amount, reference, product. */
  text: z.string().max(100),
  /** UTC milliseconds, inclusive; null for no limit. */
  fromMs: z.int().nullable(),
  toMs: z.int().nullable(),
  /** Only receipts that are not settled by device proof. */
  onlyUnproven: z.boolean(),
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
  sales: z.array(saleHeadSchema),
  /** Cursor for the next page, null when this is the end. */
  nextBefore: z.int().nullable(),
});

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
    "attemptCleared",
    "attemptUnknown",
    "denied",
    "settled",
    "deferred",
    "handedOver",
    "notCut",
  ]),
  by: z.string(),
  attempt: z.int().nullable(),
  copy: z.int().nullable(),
  mark: z.enum(["original", "reprint", "replacement"]).nullable(),
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
    segments: z.array(segmentSchema),
    bold: z.boolean(),
    size: z.enum(["normal", "double"]),
    item: z.int().optional(),
  }),
  z.object({ kind: z.literal("rule"), role: roleSchema, cells: z.int() }),
  z.object({ kind: z.literal("feed"), role: roleSchema, lines: z.int() }),
  z.object({ kind: z.literal("barcode"), role: roleSchema, data: z.string() }),
]);

export const saleDetailSchema = z.object({
  head: saleHeadSchema,
  /** The receipt exactly as it was laid out for paper. */
  columns: z.int(),
  receipt: z.array(receiptLineSchema),
  trail: z.array(trailEntrySchema),
  tenders: z.array(
    z.object({
      method: tenderMethodSchema,
      amountMinor: minorSchema,
      reference: z.string().nullable(),
    }),
  ),
  changeMinor: minorSchema,
  /** Whether a print now makes the original, a numbered copy or a replacement. */
  nextMark: z.enum(["original", "reprint", "replacement"]),
  nextCopy: z.int(),
  status: z.object({
    state: receiptStateSchema,
    cause: causeSchema.nullable(),
    deferrals: z.int(),
    deferredUntilMs: z.int().nullable(),
    settledAtMs: z.int().nullable(),
    settledBy: z.string().nullable(),
    reason: z.string().nullable(),
    handover: z.enum(["none", "waiting", "done"]),
  }),
});
export type SaleDetail = z.infer<typeof saleDetailSchema>;
