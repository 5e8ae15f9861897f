import { z } from "zod";
import { currencySchema, localeSchema, minorSchema } from "./values.ts";

/**
 * What stands on the screen that customers see, and all that its page ever gets: no names of
 * people, no history, no printer, nothing that can be asked.
 */
export const customerViewSchema = z.object({
  /** `off`: the owner wants no such screen; the rest is empty then. */
  phase: z.enum(["off", "idle", "basket", "paid"]),
  shopName: z.string(),
  /** The language of the receipts, which is the customers'. */
  locale: localeSchema,
  theme: z.enum(["system", "light", "dark"]),
  currency: currencySchema,
  lines: z
    .array(
      z.object({
        /** Empty: sold by price only. */
        name: z.string(),
        quantityMilli: z.int(),
        priceMinor: minorSchema,
        discountMinor: minorSchema,
        /** After its discount. */
        amountMinor: minorSchema,
      }),
    )
    .max(500),
  pieces: z.int(),
  savedMinor: minorSchema,
  /** Tax that is added to the prices; 0 where prices hold it already. */
  addedTaxMinor: minorSchema,
  totalMinor: minorSchema,
  /** Of the sale just completed; null while there is none. */
  paid: z.object({ tenderedMinor: minorSchema, changeMinor: minorSchema }).nullable(),
});
export type CustomerView = z.infer<typeof customerViewSchema>;
