import { z } from "zod";

/** Bytes a QR code may hold and still be read from 58 mm paper by any phone: version 12, level M, 5 dots a module. */
const QR_LIMIT_BYTES = 280;
/** The longest each placeholder can become: receipt number, amount, date. */
const PLACEHOLDER_BYTES = { no: 12, total: 16, date: 10 } as const;

/** Bytes of a QR text once its {no}, {total} and {date} are filled in, at worst. */
export function qrTextBytes(text: string): number {
  let filled = 0;
  const rest = text.replaceAll(
    /\{(no|total|date)\}/g,
    (_, name: keyof typeof PLACEHOLDER_BYTES) => {
      filled += PLACEHOLDER_BYTES[name];
      return "";
    },
  );
  return filled + new TextEncoder().encode(rest).length;
}

const line = (max: number) => z.string().trim().max(max);

/** A picture of single dots: rows from the top, each padded to whole bytes, highest bit left, 1 is black. */
export const logoSchema = z
  .object({
    widthDots: z.int().min(1).max(576),
    heightDots: z.int().min(1).max(240),
    bits: z.base64().max(24_000),
  })
  .refine(({ widthDots, heightDots, bits }) => {
    const padding = bits.endsWith("==") ? 2 : bits.endsWith("=") ? 1 : 0;
    return (bits.length / 4) * 3 - padding === Math.ceil(widthDots / 8) * heightDots;
  }, "bits do not fit the size");

/** What the owner decides about how a receipt looks. Facts of a sale are never a matter of taste. */
export const receiptTemplateSchema = z.object({
  /** Which country's customs and rules the receipt follows. */
  pack: z.enum(["cn", "eu", "uk"]),
  /** Under the shop's name; may have several lines. */
  header: line(200).default(""),
  /** What holds for taking goods back. */
  returns: line(300).default(""),
  notes: line(300).default(""),
  /** Barcode or short code of every item. */
  showCodes: z.boolean().default(false),
  /** VAT number, or 税号 in China. */
  taxId: line(40).default(""),
  /** Says how to get a (full) invoice. */
  invoiceHint: z.boolean().default(true),
  /** Content of the QR code, with {no}, {total} and {date} where the sale's own are wanted; empty for none. */
  qrText: line(200)
    .refine((text) => qrTextBytes(text) <= QR_LIMIT_BYTES, "too long for a QR code")
    .default(""),
  qrCaption: line(40).default(""),
  /** The receipt's number as a barcode at the foot: scanning it opens the sale. */
  slipBarcode: z.boolean().default(true),
  logo: logoSchema.nullable().default(null),
  /** A short beep with every receipt, where the printer has a buzzer. */
  buzzer: z.boolean().default(false),
  /** Opens the drawer when cash is taken, where one is connected. */
  drawerOnCash: z.boolean().default(true),
});
export type ReceiptTemplate = z.infer<typeof receiptTemplateSchema>;

export const FIRST_TEMPLATE: ReceiptTemplate = receiptTemplateSchema.parse({ pack: "cn" });
