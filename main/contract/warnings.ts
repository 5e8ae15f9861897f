import { z } from "zod";
import { printerSlotSchema } from "./printers.ts";

/** A setting that will cost a receipt sooner or later, told when the shop opens. */
export const settingsWarningSchema = z.object({
  code: z.enum([
    /** The disk is full and the reserve is used up, or under way to be. */
    "diskFull",
    "diskLow",
    "clockBehind",
    "autoPrintOff",
    "practicePrinter",
    "noPrinter",
    "queuePaused",
    "notAPaperPrinter",
    "wrongWidth",
    "notQualified",
    "paperNearEnd",
  ]),
  /** The printer it is about; null when it is about none. */
  slot: printerSlotSchema.nullable(),
});
export type SettingsWarning = z.infer<typeof settingsWarningSchema>;
