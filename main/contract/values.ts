import { z } from "zod";

/** Shapes that several calls share. JSON-safe only: both shells carry exactly the same values. */

export const localeSchema = z.enum(["zh-CN", "en"]);
export const currencySchema = z.enum([
  "CNY",
  "HKD",
  "TWD",
  "JPY",
  "KRW",
  "SGD",
  "MYR",
  "THB",
  "VND",
  "IDR",
  "PHP",
  "INR",
  "AUD",
  "NZD",
  "USD",
  "CAD",
  "EUR",
  "GBP",
  "CHF",
  "SEK",
  "NOK",
  "DKK",
  "KWD",
]);
/** The sign before the decimals where the shop is: what "1,250" means when it is typed. */
export const decimalSignSchema = z.enum([".", ","]);
export const taxModeSchema = z.enum(["none", "inclusive", "exclusive"]);
export const tenderMethodSchema = z.enum(["cash", "wechat", "alipay", "card", "other"]);
export const widthSchema = z.union([z.literal(58), z.literal(80)]);

/** Minor units. 10^13 keeps every sum on the till far inside safe integers. */
export const minorSchema = z.int().min(0).max(10_000_000_000_000);
/** Minor units that may be negative: a price as it stands in a file. */
export const signedMinorSchema = z.int().min(-10_000_000_000_000).max(10_000_000_000_000);
const name = z.string().trim().min(1).max(40);
export const requestIdSchema = z.string().min(8).max(64);

export const shopSchema = z.object({
  name: z.string().trim().min(1).max(60),
  address: z.string().trim().max(120),
  phone: z.string().trim().max(40),
  footer: z.string().trim().max(200),
});

export const productSchema = z.object({
  code: z.string().min(1).max(40),
  barcode: z.string().max(40).nullable(),
  /** Further barcodes that sell the same article. */
  moreBarcodes: z.array(z.string().max(40)).max(20).optional(),
  nameZh: z.string().max(200),
  nameEn: z.string().max(200),
  priceMinor: minorSchema,
  /** The price is asked for when it is sold. */
  hasOpenPrice: z.boolean().optional(),
  unit: z.string().max(20),
  category: z.string().max(60),
  taxRateBp: z.int().min(0).max(10_000).nullable(),
});

export const basketLineSchema = z.object({
  code: z.string().max(40),
  nameZh: z.string().max(200),
  nameEn: z.string().max(200),
  unit: z.string().max(20),
  priceMinor: minorSchema,
  quantityMilli: z.int().min(1).max(100_000_000),
  discountMinor: minorSchema,
  taxRateBp: z.int().min(0).max(10_000).nullable(),
  /** What a scale's label asks for the whole line, in place of price times quantity. */
  labelMinor: minorSchema.optional(),
});
export const basketSchema = z.object({
  lines: z.array(basketLineSchema).max(500),
  discountMinor: minorSchema,
});

export const tenderSchema = z.object({
  method: tenderMethodSchema,
  amountMinor: minorSchema,
  reference: z.string().trim().min(1).max(64).nullable(),
});

export const receiptStateSchema = z.enum([
  "due",
  "printing",
  "blocked",
  "failed",
  "unknown",
  "printed",
  "delivered",
  "declined",
  "handwritten",
]);
export const causeSchema = z.enum([
  "skipped",
  "closedEarly",
  "forgot",
  "noPrinter",
  "autoPrintOff",
  "wrongWidth",
  "queuePaused",
  "noBackChannel",
  "paperOut",
  "coverOpen",
  "cutterJam",
  "overheated",
  "printerError",
  "unreachable",
  "busy",
  "noAnswer",
  "connectionLost",
  "doubtfulProof",
  "appCrash",
  "notPrinting",
  "power",
  "ageing",
  "unknown",
]);

/** A receipt that is not accounted for yet, as it hangs on the rail. */
export const owedReceiptSchema = z.object({
  saleId: z.int(),
  totalMinor: minorSchema,
  atMs: z.int(),
  cashier: z.string(),
  state: receiptStateSchema,
  cause: causeSchema.nullable(),
  attempts: z.int(),
  /** Some byte of it may have left: print again will be a marked copy. */
  mayBeOnPaper: z.boolean(),
  damaged: z.boolean(),
  /** By the till's clock as it was set when this was told, whatever it showed at the deferral. */
  deferredUntilMs: z.int().nullable(),
  deferrals: z.int(),
  /** Printed after this moment, by the same clock, it is a late one. */
  lateFromMs: z.int(),
  /** This one keeps the next sale from being completed right now. */
  holdsNextSale: z.boolean(),
});
export type OwedReceipt = z.infer<typeof owedReceiptSchema>;

export type Product = z.infer<typeof productSchema>;
export const cashierNameSchema = name;
