import { z } from "zod";
import { damageSchema } from "./damage.ts";
import { MOST } from "./limits.ts";
import { printerConfigSchema, printerSlotSchema, qualificationSchema } from "./printers.ts";
import { noticeSchema } from "./notices.ts";
import { stampFields } from "./stamp.ts";
import { settingsWarningSchema } from "./warnings.ts";
import {
  causeSchema,
  minorSchema,
  owedReceiptSchema,
  receiptStateSchema,
  widthSchema,
} from "./values.ts";

/** How the printer is, in words for icon + word. `unknown`: not heard yet, or a one-way path. */
export const printerStatusSchema = z.object({
  slot: printerSlotSchema,
  config: printerConfigSchema,
  /** Address, port or queue as a person would name it; null for the practice printer. */
  address: z.string().nullable(),
  state: z.enum(["ready", "printing", "blocked", "offline", "unknown"]),
  cause: causeSchema.nullable(),
  paper: z.enum(["ok", "nearEnd", "out", "unknown"]),
  /** Best proof this printer has given or was qualified for. */
  proof: z.enum(["A", "B", "none"]),
  /** Jobs waiting or under way. */
  queue: z.int(),
  widthMm: widthSchema,
  /** Estimated paper left on the roll, metres; null until a new roll was seen or told. */
  rollLeftM: z.number().nullable(),
  /** Paper printed since the last roll change, metres. */
  rollUsedM: z.number(),
  qualification: qualificationSchema.nullable(),
});
export type PrinterStatus = z.infer<typeof printerStatusSchema>;

/** A job at a printer now: lets the strip on screen move at the pace of the paper. */
export const progressSchema = z.object({
  slot: printerSlotSchema,
  saleId: z.int().nullable(),
  attempt: z.int(),
  paperMm: z.number(),
  /** Modelled time for that much paper. */
  durationMs: z.number(),
  state: z.enum(["sending", "waiting", "blocked"]),
});

/** A receipt printed late that still waits for its customer. */
export const trayItemSchema = z.object({
  saleId: z.int(),
  totalMinor: minorSchema,
  atMs: z.int(),
  printedAtMs: z.int(),
});

/** The till at this moment. The `status` feed sends it whole after every change; it is small. */
export const statusSchema = z.object({
  ...stampFields,
  nowMs: z.int(),
  cashier: z.string().nullable(),
  day: z
    .object({
      id: z.int(),
      openedAtMs: z.int(),
      /** Business date, YYYY-MM-DD. */
      date: z.string(),
      /** The calendar has moved on and this day was not closed. */
      stale: z.boolean(),
    })
    .nullable(),
  printer: printerStatusSchema,
  /** The second printer, when there is one. */
  backupPrinter: printerStatusSchema.nullable(),
  progress: progressSchema.nullable(),
  /**
   * Oldest first. Everything not accounted for, whatever its state; of more than fit the oldest and the newest
   * ones, and `reminder`.
   */
  rail: z.array(owedReceiptSchema).max(MOST.rail),
  /** All that is owed, on the rail or not. */
  owedCount: z.int(),
  /** Those of them that don't move by themselves. */
  stuckCount: z.int(),
  /** The receipt the reminder is about: the oldest that holds the next sale; null when none does. */
  reminder: z.int().nullable(),
  /** Oldest first; of more than fit the newest. */
  tray: z.array(trayItemSchema).max(MOST.tray),
  trayCount: z.int(),
  /**
   * After an outage, when old receipts wait together with others: a person decides. Newest first.
   * null: nothing to decide now.
   */
  backlog: z
    .object({
      /** Their customers may still be at the counter. */
      waiting: z.array(z.int()).max(MOST.backlog),
      waitingCount: z.int(),
      late: z.array(z.int()).max(MOST.backlog),
      lateCount: z.int(),
      /** Of all of them, and of the late ones. */
      totalMinor: z.int(),
      lateMinor: z.int(),
      oldestAtMs: z.int(),
    })
    .nullable(),
  /** Settings that will cost a receipt, most urgent first. */
  warnings: z.array(settingsWarningSchema).max(MOST.warnings),
  /** What the program has to say, oldest first. */
  notices: z.array(noticeSchema).max(MOST.notices),
  lastSale: z
    .object({
      saleId: z.int(),
      atMs: z.int(),
      totalMinor: minorSchema,
      changeMinor: minorSchema,
      state: receiptStateSchema,
    })
    .nullable(),
  /** Newest sale number; grows when history has something new. */
  newestSaleId: z.int(),
  /**
   * Numbers below it that no sale has, lowest first: left out when books went on from damaged ones, or were
   * restored without sales that are on paper.
   */
  saleIdsLeftOut: z.array(z.object({ from: z.int(), to: z.int() })).max(MOST.gaps),
  catalogueSize: z.int(),
  /** Damaged books that these go on from; null: none, or dealt with. */
  damage: damageSchema
    .extend({
      /** How far reading them is, 0 to 1; null: nobody reads them now. */
      progress: z.number().nullable(),
    })
    .nullable(),
  /** Outcome of the newest copy, test slip or report, so that its failure is seen. */
  lastJob: z
    .object({
      jobId: z.string(),
      kind: z.enum(["receipt", "copy", "report", "test"]),
      saleId: z.int().nullable(),
      outcome: z.enum(["waiting", "printing", "blocked", "printed", "failed", "unknown"]),
      cause: causeSchema.nullable(),
    })
    .nullable(),
});
export type TillStatus = z.infer<typeof statusSchema>;
