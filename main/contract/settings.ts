import { z } from "zod";
import {
  cashierNameSchema,
  currencySchema,
  localeSchema,
  printerConfigSchema,
  shopSchema,
  taxModeSchema,
  widthSchema,
} from "./values.ts";

/** What the owner decides. The manager's PIN is never part of what the renderer can read. */
export const settingsSchema = z.object({
  /** false until first start is finished: nothing can be sold before. */
  ready: z.boolean(),
  /** Language of the screens; null follows the system. */
  locale: localeSchema.nullable(),
  /** Language of the receipts. */
  receiptLocale: localeSchema,
  theme: z.enum(["system", "light", "dark"]),
  density: z.enum(["touch", "compact"]),
  sound: z.boolean(),
  shop: shopSchema,
  currency: currencySchema,
  taxMode: taxModeSchema,
  widthMm: widthSchema,
  printer: printerConfigSchema,
  cashiers: z.array(cashierNameSchema).max(50),
});
export type Settings = z.infer<typeof settingsSchema>;

export const pinSchema = z.string().regex(/^\d{4,8}$/);

export const setupSchema = settingsSchema
  .omit({ ready: true })
  .extend({ managerPin: pinSchema, sampleCatalogue: z.boolean() })
  .refine((setup) => setup.cashiers.length > 0, { path: ["cashiers"] });

/** What can be changed afterwards; the till logs every change with who made it. */
export const settingsPatchSchema = settingsSchema.omit({ ready: true }).partial();
