import { z } from "zod";
import { minorSchema, productSchema, tenderMethodSchema } from "./values.ts";

const soldSchema = z.object({
  product: productSchema,
  quantityMilli: z.int().min(1).max(100_000_000),
  /** What the label asks for the whole line; null: price times quantity. */
  labelMinor: minorSchema.nullable(),
});
export type ScannedGoods = z.infer<typeof soldSchema>;

/** What a scanned or typed code means; see `main/domain/scan/meaning.ts`. */
export const scanMeaningSchema = z.discriminatedUnion("kind", [
  soldSchema.extend({ kind: z.literal("product") }),
  z.object({ kind: z.literal("slip"), saleId: z.int() }),
  z.object({ kind: z.literal("payment"), method: tenderMethodSchema }),
  z.object({
    kind: z.literal("unknown"),
    why: z.enum(["notListed", "scaleItem", "misread", "webAddress", "noArticle"]),
    /** For a line with a typed price; empty when too long for one. */
    code: z.string().max(40),
    shown: z.string().max(60),
    /** What a label with a wrong check digit says, for a person to compare. */
    offer: soldSchema.nullable(),
  }),
]);
export type ScanMeaning = z.infer<typeof scanMeaningSchema>;

/** Longest text that a scanner may send: a QR code of a packet, not a novel. */
export const scanTextSchema = z.string().min(1).max(1000);

/** How this PC's scanner types; learned on the page that tries it. */
export const scannerSchema = z.object({
  /** `keyboard`: it types as this PC's keyboard does; `us`: as a US keyboard, whatever this PC's is. */
  layout: z.enum(["keyboard", "us"]),
  /** What it sends behind a code; null: not learned, any of them or nothing. */
  suffix: z.enum(["enter", "tab", "none"]).nullable(),
  /** Usual milliseconds from one character to the next; null: not learned. */
  paceMs: z.int().min(1).max(200).nullable(),
});
export type ScannerSettings = z.infer<typeof scannerSchema>;

/** Codes that scales print; the pattern language stands in `main/domain/scan/scale-label.ts`. */
export const scaleLabelsSchema = z.object({
  holds: z.enum(["price", "weight"]),
  patterns: z.array(z.string().regex(/^(?=.*I)(?=.*[APW])(?=.{8,20}$)[\d?]+[\d?IAPW]+C$/)).max(20),
});
