import { z } from "zod";

/** Which printers there can be, how one is found, and what a person has found out about it. */

/** The two places a till can print to. `backup` takes over only with a person's consent. */
export const printerSlotSchema = z.enum(["receipt", "backup"]);
export type PrinterSlot = z.infer<typeof printerSlotSchema>;

const path = z.string().min(1).max(400);
const queue = z.string().trim().min(1).max(200);
const usbId = z.int().min(0).max(0xffff);

/** One way to one printer. The same printer on another cable is another one: it may answer differently. */
export const printerConfigSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("practice") }),
  z.object({
    kind: z.literal("tcp"),
    host: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9.:_-]{1,253}$/),
    port: z.int().min(1).max(65_535),
  }),
  /** Straight over libusb. `serial` tells two of the same model apart. */
  z.object({
    kind: z.literal("usb"),
    vendorId: usbId,
    productId: usbId,
    serial: z.string().max(126).nullable(),
    name: z.string().max(200),
  }),
  /** Windows' own USB printer driver, spoken to directly; `path` is its device interface. */
  z.object({ kind: z.literal("usbprint"), path, name: z.string().max(200) }),
  /** A Windows print queue, RAW. */
  z.object({ kind: z.literal("spooler"), queue }),
  /** A CUPS queue, raw. */
  z.object({ kind: z.literal("cups"), queue }),
  /** A kernel printer device, such as /dev/usb/lp0. */
  z.object({ kind: z.literal("lp"), path }),
  /** A serial port, a vendor's virtual one or a paired Bluetooth printer's. */
  z.object({
    kind: z.literal("serial"),
    path,
    baudRate: z.int().min(1_200).max(921_600),
    flow: z.enum(["hardware", "software", "none"]),
  }),
]);
export type PrinterConfig = z.infer<typeof printerConfigSchema>;
export type PrinterKind = PrinterConfig["kind"];

/** A printer or queue that stands ready to be chosen. */
export const foundPrinterSchema = z.object({
  config: printerConfigSchema,
  /** As the maker or the system calls it. */
  name: z.string(),
  /** Where it is: port, address, queue. */
  detail: z.string(),
  /** Why it can't be used as it is, or should not be; null when nothing stands in the way. */
  hint: z.enum(["needsDriver", "noPermission", "notAPaperPrinter", "paused", "offline"]).nullable(),
});
export type FoundPrinter = z.infer<typeof foundPrinterSchema>;

/** Cells of the normal font across the paper, as printers have them. */
export const columnsSchema = z.union([z.literal(32), z.literal(35), z.literal(42), z.literal(48)]);
export type Columns = z.infer<typeof columnsSchema>;

/** What was found out about one printer on one interface, and by whom. Never by its brand. */
export const qualificationSchema = z.object({
  atMs: z.int(),
  by: z.string(),
  /** What it calls itself; only to notice that it is another one now. null: it does not say. */
  fingerprint: z.string().nullable(),
  answers: z.boolean(),
  fence: z.enum(["id", "paperStatus", "none"]),
  fenceMs: z.number().nullable(),
  cover: z.enum(["passed", "failed", "skipped"]),
  columns: columnsSchema,
  /** `raster`: it has no Chinese font, every line that needs one is drawn. */
  chinese: z.enum(["font", "raster"]),
  cutter: z.boolean(),
  drawer: z.enum(["pin2", "pin5", "none"]),
});
export type Qualification = z.infer<typeof qualificationSchema>;
