import { z } from "zod";
import { printerConfigSchema } from "./printers.ts";
import { scaleLabelsSchema, scannerSchema } from "./scan.ts";
import { receiptTemplateSchema } from "./template.ts";
import {
  cashierNameSchema,
  currencySchema,
  decimalSignSchema,
  localeSchema,
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
  decimalSign: decimalSignSchema,
  taxMode: taxModeSchema,
  widthMm: widthSchema,
  printer: printerConfigSchema,
  /** Takes over with a person's consent when the first can't print; null: there is none. */
  backupPrinter: printerConfigSchema.nullable(),
  /** false: after each sale the till waits for somebody to press print. Warned about at opening. */
  autoPrint: z.boolean(),
  template: receiptTemplateSchema,
  cashiers: z.array(cashierNameSchema).max(50),
  /** A second screen shows customers what they buy. */
  customerDisplay: z.boolean(),
  /** Which screen that is, by the name `device.get` tells; null: the first that is not the till's. */
  customerScreen: z.string().max(200).nullable(),
  /** The system starts the till when somebody signs in. Where a shell can do that. */
  startWithSystem: z.boolean(),
  /** The till fills the screen and only the manager's PIN ends it. Where a shell can do that. */
  kiosk: z.boolean(),
  scanner: scannerSchema,
  scaleLabels: scaleLabelsSchema,
});
export type Settings = z.infer<typeof settingsSchema>;

export const pinSchema = z.string().regex(/^\d{4,8}$/);

export const setupSchema = settingsSchema
  .omit({ ready: true })
  .partial({
    backupPrinter: true,
    autoPrint: true,
    template: true,
    customerDisplay: true,
    customerScreen: true,
    startWithSystem: true,
    kiosk: true,
    decimalSign: true,
    scanner: true,
    scaleLabels: true,
  })
  .extend({ managerPin: pinSchema, sampleCatalogue: z.boolean() })
  .refine((setup) => setup.cashiers.length > 0, { path: ["cashiers"] });

/** What can be changed afterwards; the till logs every change with who made it. */
export const settingsPatchSchema = settingsSchema.omit({ ready: true }).partial();
