import { z } from "zod";
import { BACKUP_CALLS, backupHealthSchema } from "./backup.ts";
import { BOOKS_CALLS, booksStateSchema } from "./books.ts";
import { CATALOGUE_CALLS } from "./catalogue.ts";
import { customerViewSchema } from "./customer.ts";
import { DAMAGE_CALLS } from "./damage.ts";
import { dayReportSchema, daySummarySchema } from "./day.ts";
import { DEVICE_CALLS } from "./device.ts";
import { MOST } from "./limits.ts";
import { historyPageSchema, historyQuerySchema, saleDetailSchema } from "./history.ts";
import {
  columnsSchema,
  foundPrinterSchema,
  printerSlotSchema,
  qualificationSchema,
} from "./printers.ts";
import { pinSchema, settingsPatchSchema, settingsSchema, setupSchema } from "./settings.ts";
import { scannerSchema } from "./scan.ts";
import { statusSchema } from "./status.ts";
import { UPDATE_CALLS, updateStateSchema } from "./updates.ts";
import {
  basketSchema,
  cashierNameSchema,
  minorSchema,
  requestIdSchema,
  tenderSchema,
} from "./values.ts";

/**
 * The whole of what the renderer may ask, one line each: input, output. Refusals come back as
 * typed codes (`refusals.ts`). Calls that change money or paper carry `requestId`, made by the
 * caller: the same id again gives the same answer and changes nothing.
 */

const nothing = z.object({});
const saleId = z.int().min(1);
const action = { requestId: requestIdSchema, saleId };
/** The last two digits of the sale's amount in minor units, typed anew every time. */
const digits = z.string().regex(/^\d{2}$/);
const reason = z.string().trim().min(1).max(200);
const bytes = z.base64();
const done = z.object({ status: statusSchema });

/** A completed sale, and what its receipt says that nobody could know before. */
const soldSaleSchema = z.object({
  saleId,
  totalMinor: minorSchema,
  changeMinor: minorSchema,
  sold: z.object({
    atMs: z.int(),
    utcOffsetMin: z.int(),
    tenderedMinor: minorSchema,
    proofCode: z.string().nullable(),
  }),
});

export const CALLS = {
  /** Settings and whether first start is done. Never refuses. */
  "settings.get": { input: nothing, output: settingsSchema },
  /** First start, once. */
  "settings.setUp": { input: setupSchema, output: settingsSchema },
  /** Owner's change; needs the manager's PIN. WRONG_PIN, PIN_LOCKED, CURRENCY_IN_USE {currency}. */
  "settings.change": {
    input: z.object({ patch: settingsPatchSchema, pin: pinSchema }),
    output: settingsSchema,
  },
  /** Language, theme, density and sound of this screen: anybody may. */
  "settings.appearance": {
    input: settingsSchema.pick({ locale: true, theme: true, density: true, sound: true }).partial(),
    output: settingsSchema,
  },
  /** What was learned about this PC's scanner: anybody may. */
  "settings.scanner": { input: z.object({ scanner: scannerSchema }), output: settingsSchema },
  /** New manager PIN. WRONG_PIN, PIN_LOCKED. */
  "settings.changePin": {
    input: z.object({ pin: pinSchema, newPin: pinSchema }),
    output: nothing,
  },

  "status.get": { input: nothing, output: statusSchema },
  /** A notice of the program was read. Never refuses: one that is gone was read already. */
  "notice.read": { input: z.object({ id: z.int() }), output: done },
  ...DEVICE_CALLS,
  /** Change of cashier. NO_SUCH_CASHIER. */
  "session.signIn": { input: z.object({ cashier: cashierNameSchema }), output: done },

  ...CATALOGUE_CALLS,

  /** The basket as it was last kept; survives reload and crash. */
  "basket.get": { input: nothing, output: z.object({ basket: basketSchema }) },
  "basket.keep": { input: z.object({ basket: basketSchema }), output: nothing },

  /**
   * Commits sale, receipt obligation and print job in one transaction, then prints by itself.
   * NOT_SET_UP, NO_CASHIER, EMPTY_BASKET, TOTAL_CHANGED, NOT_ENOUGH, CHANGE_WITHOUT_CASH,
   * EMPTY_TENDER, DISCOUNT_TOO_LARGE, AMOUNT_TOO_LARGE, RECEIPT_OWED {saleId}, DISK_FULL, DISK_NOT_WRITABLE.
   */
  "sale.complete": {
    input: z.object({
      requestId: requestIdSchema,
      basket: basketSchema,
      tenders: z.array(tenderSchema).min(1).max(10),
      /** What the cashier saw; refused when the till works out something else. */
      expectedTotalMinor: minorSchema,
    }),
    output: z.object({
      ...soldSaleSchema.shape,
      status: statusSchema,
    }),
  },

  /**
   * What became of a `sale.complete` whose answer got lost; `of` is its request id. null: it was not completed,
   * and from now on it can't be any more. DISK_FULL, DISK_NOT_WRITABLE.
   */
  "sale.outcome": {
    input: z.object({ of: requestIdSchema }),
    output: z.object({
      sale: soldSaleSchema.nullable(),
    }),
  },

  /**
   * The one big key. Owed: tries again (original while nothing can have left, else marked).
   * Settled: a numbered copy. `blocked`: asks the printer to throw the rest away first.
   * `seen: "half"`: the person says a torn slip came out, so this one replaces it.
   * `printer: "backup"`: the second printer takes over, because this person said so.
   * NO_SUCH_SALE, STILL_PRINTING, CLEAR_NOT_ANSWERED, NO_BACKUP_PRINTER.
   */
  "receipt.print": {
    input: z.object({
      ...action,
      seen: z.enum(["nothing", "half"]).nullable(),
      printer: printerSlotSchema.optional(),
    }),
    output: done,
  },
  /**
   * A copy that a printer stopped at is not wanted any more: the printer is told to throw the rest away, and
   * what waits behind it goes on. Nothing to do when it has ended by itself. NO_SUCH_SALE, RECEIPT_OWED,
   * CLEAR_NOT_ANSWERED.
   */
  "receipt.cancelCopy": { input: z.object(action), output: done },
  /** "Yes, it came out." NO_SUCH_SALE, ALREADY_SETTLED, WRONG_DIGITS, STILL_PRINTING. */
  "receipt.seen": { input: z.object({ ...action, digits, reason }), output: done },
  "receipt.declined": { input: z.object({ ...action, digits, reason }), output: done },
  "receipt.handwritten": {
    input: z.object({ ...action, digits, reason, paperNo: z.string().trim().min(1).max(40) }),
    output: done,
  },
  /** Three minutes, twice; then MANAGER_NEEDED until `pin` is given. WRONG_PIN, PIN_LOCKED. */
  "receipt.defer": {
    input: z.object({ ...action, digits, reason, pin: pinSchema.nullable() }),
    output: done,
  },
  /** A receipt printed late has found its customer. */
  "receipt.handOver": { input: z.object(action), output: done },

  /** After an outage: prints everything that was kept back, or only what customers wait for; newest first. */
  "backlog.print": {
    input: z.object({ requestId: requestIdSchema, which: z.enum(["all", "waiting"]) }),
    output: done,
  },
  /** Settles the old ones, or all, as not wanted any more, for one reason. WRONG_PIN, PIN_LOCKED. */
  "backlog.settle": {
    input: z.object({
      requestId: requestIdSchema,
      which: z.enum(["all", "late"]),
      reason,
      pin: pinSchema,
    }),
    output: done,
  },
  /** No answer for all: each is asked about by itself, as always. */
  "backlog.oneByOne": { input: z.object({ requestId: requestIdSchema }), output: done },

  "history.page": { input: historyQuerySchema, output: historyPageSchema },
  /** The newest sale made at or before a time (UTC milliseconds); null when all were made later. */
  "history.seek": {
    input: z.object({ atMs: z.int() }),
    output: z.object({ saleId: saleId.nullable() }),
  },
  /** Everybody who ever sold something, by name; of more than fit those who came last. */
  "history.cashiers": {
    input: nothing,
    output: z.object({ names: z.array(z.string()).max(MOST.people) }),
  },
  /** NO_SUCH_SALE. */
  "history.sale": { input: z.object({ saleId }), output: saleDetailSchema },

  /** Open and closed days, newest first. */
  "day.list": {
    input: z.object({ limit: z.int().min(1).max(400) }),
    output: z.object({ days: z.array(daySummarySchema).max(400) }),
  },
  /** Totals and the unprinted-receipt report; null is the open day. NO_SUCH_DAY. */
  "day.report": { input: z.object({ dayId: z.int().nullable() }), output: dayReportSchema },
  /** Prints every receipt that can be printed and is still owed. */
  "day.printOwed": {
    input: z.object({ requestId: requestIdSchema }),
    output: z.object({ printing: z.int(), needPerson: z.int(), status: statusSchema }),
  },
  /** The report on the receipt printer. NO_SUCH_DAY. */
  "day.print": {
    input: z.object({ requestId: requestIdSchema, dayId: z.int().nullable() }),
    output: done,
  },
  /** UTF-8 CSV with BOM, one row per unproven receipt. NO_SUCH_DAY. */
  "day.csv": {
    input: z.object({ dayId: z.int().nullable() }),
    output: z.object({ fileName: z.string(), text: z.string() }),
  },
  /** The A4 page by the shell's own print-to-PDF. NO_SUCH_DAY, PDF_NOT_AVAILABLE. */
  "day.pdf": {
    input: z.object({ dayId: z.int().nullable() }),
    output: z.object({ fileName: z.string(), bytes }),
  },
  /**
   * Closes the open day. With receipts owed only by the signature of somebody on the list of cashiers and the
   * manager's PIN; they stay owed. DAY_ALREADY_CLOSED, NOTHING_SOLD, SIGNATURE_NEEDED {owed}, WRONG_PIN,
   * PIN_LOCKED, NO_SUCH_CASHIER, STILL_PRINTING.
   */
  "day.close": {
    input: z.object({
      requestId: requestIdSchema,
      signature: z.object({ name: cashierNameSchema, pin: pinSchema }).nullable(),
    }),
    output: z.object({ report: dayReportSchema, status: statusSchema }),
  },

  /** What is plugged in and which queues there are, best way first. */
  "printer.find": {
    input: nothing,
    output: z.object({ printers: z.array(foundPrinterSchema).max(MOST.printers), more: z.int() }),
  },
  /**
   * First step of qualifying: can it be reached, does it answer, what comes back from behind a slip.
   * A print queue can't answer: `answers` is false and `fence` none. PRINTER_UNREACHABLE, STILL_PRINTING,
   * NO_BACKUP_PRINTER.
   */
  "printer.test": {
    input: z.object({ requestId: requestIdSchema, slot: printerSlotSchema.optional() }),
    output: z.object({
      answers: z.boolean(),
      /** What came back behind the slip: own id, `GS r 1` no sooner than paper moves, or nothing. */
      fence: z.enum(["id", "paperStatus", "none"]),
      replyMs: z.number().nullable(),
      paperMm: z.number(),
      /** What it calls itself (GS I); null: nothing. Never decides anything. */
      fingerprint: z.string().nullable(),
      status: statusSchema,
    }),
  },
  /** Second half of qualifying `GS r 1`: with the cover open no good answer may come. */
  "printer.coverTest": {
    input: z.object({ requestId: requestIdSchema, slot: printerSlotSchema.optional() }),
    output: z.object({ qualified: z.boolean(), status: statusSchema }),
  },
  /**
   * Prints what a person must look at: rulers of every width, Chinese, a cut; or beeps.
   * PRINTER_UNREACHABLE, STILL_PRINTING, NO_BACKUP_PRINTER.
   */
  "printer.sample": {
    input: z.object({
      requestId: requestIdSchema,
      slot: printerSlotSchema,
      sample: z.enum(["ruler", "chinese", "cut", "buzzer"]),
      columns: columnsSchema.optional(),
    }),
    output: done,
  },
  /** Keeps what was found out about a printer, with date and name. WRONG_PIN, PIN_LOCKED, NO_BACKUP_PRINTER. */
  "printer.qualify": {
    input: z.object({
      requestId: requestIdSchema,
      slot: printerSlotSchema,
      found: qualificationSchema.omit({ atMs: true, by: true }),
      pin: pinSchema,
    }),
    output: done,
  },
  /** A new roll is in: the estimate starts again. NO_BACKUP_PRINTER. */
  "printer.rollChanged": {
    input: z.object({ requestId: requestIdSchema, slot: printerSlotSchema }),
    output: done,
  },
  /**
   * Opens the cash drawer, whatever the printer is doing with paper; in the log with the cashier's name and
   * reason. NO_CASHIER, PRINTER_UNREACHABLE.
   */
  "drawer.open": {
    input: z.object({ requestId: requestIdSchema, reason }),
    output: done,
  },
  /**
   * Sends the pulse on one of the two wires of a printer, so that a person sees whether the drawer opens. In the
   * log like any opening. WRONG_PIN, PIN_LOCKED, NO_CASHIER, NO_BACKUP_PRINTER, PRINTER_UNREACHABLE.
   */
  "drawer.tryOut": {
    input: z.object({
      requestId: requestIdSchema,
      slot: printerSlotSchema,
      connector: qualificationSchema.shape.drawer.exclude(["none"]),
      pin: pinSchema,
    }),
    output: done,
  },

  ...BACKUP_CALLS,
  ...BOOKS_CALLS,
  ...DAMAGE_CALLS,
  ...UPDATE_CALLS,

  /** Slips of the practice printer, newest last, as PNG. NOT_A_PRACTICE_PRINTER. */
  "practice.paper": {
    input: z.object({ slips: z.int().min(1).max(10) }),
    output: z.object({
      slips: z
        .array(
          z.object({
            id: z.int(),
            heightMm: z.number(),
            cut: z.boolean(),
            text: z.string(),
            png: bytes,
          }),
        )
        .max(10),
      cover: z.enum(["open", "closed"]),
      paper: z.enum(["ok", "nearEnd", "out"]),
      power: z.enum(["on", "off"]),
      cutter: z.enum(["ok", "jammed"]),
      faults: z.array(z.string()).max(50),
    }),
  },
  /** Makes the practice printer fail or work again. NOT_A_PRACTICE_PRINTER. */
  "practice.act": {
    input: z.object({
      act: z.enum([
        "loadPaper",
        "paperOut",
        "paperOutSoon",
        "openCover",
        "closeCover",
        "jamCutter",
        "clearCutter",
        "powerOff",
        "powerOn",
        "silence",
        "lyingOk",
        "halfPrint",
        "foreignId",
        "lateId",
        "slow",
        "noIds",
        "reset",
        "powerCycle",
        "clearFaults",
      ]),
    }),
    output: nothing,
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type CallName = keyof typeof CALLS;
export type CallInput<N extends CallName> = z.input<(typeof CALLS)[N]["input"]>;
export type CallOutput<N extends CallName> = z.output<(typeof CALLS)[N]["output"]>;

/** What a shell must offer to dispatch: one function per call, already validated both ways. */
export type TillCalls = {
  [N in CallName]: (
    input: z.output<(typeof CALLS)[N]["input"]>,
  ) => Promise<CallOutput<N>> | CallOutput<N>;
};

/** What is pushed to every open page. */
export const FEEDS = {
  status: statusSchema,
  /** The practice printer's paper moved; ask `practice.paper` for it. */
  paper: z.object({ slips: z.int(), totalMm: z.number() }),
  /** Settings changed (language, theme, shop). */
  settings: settingsSchema,
  /** How the copies of the books are; `backup.state` has all of it. */
  backup: backupHealthSchema,
  /** How the books are, and work with all of them. */
  books: booksStateSchema,
  /** The only one that the customers' screen gets, and only that one gets it. */
  customer: customerViewSchema,
  /** New versions: what was found and what it waits for. */
  updates: updateStateSchema,
} as const satisfies Record<string, z.ZodType>;
export type FeedName = keyof typeof FEEDS;
export type FeedValue<N extends FeedName> = z.output<(typeof FEEDS)[N]>;
