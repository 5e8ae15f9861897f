import { z } from "zod";
import { pinSchema } from "./settings.ts";

export const DAMAGE_CAUSES = [
  "unreadable",
  "pages",
  "chain",
  "tailCut",
  "missing",
  "readOnly",
] as const;

const owedSchema = z.object({ saleId: z.int(), totalMinor: z.int() });

/** Books that were found damaged and set aside, and what has become of them since. */
export const damageSchema = z.object({
  v: z.literal(1),
  foundAtMs: z.int(),
  cause: z.enum(DAMAGE_CAUSES),
  /** Found while selling, not at a start. */
  whileSelling: z.boolean(),
  /** Folder beside the books that keeps the damaged ones as they were found. */
  folder: z.string(),
  /** Newest sale that could be proved at once, and when it was made; null: none. */
  provedSaleId: z.int().nullable(),
  provedAtMs: z.int().nullable(),
  /** First receipt number of the file that goes on. */
  nextSaleId: z.int(),
  /** Numbers left out, because some of them may be on paper. */
  skipped: z.int(),
  /** Receipts that were owed in the damaged file, as far as that could be read; the first hundred. */
  owed: z.array(owedSchema).max(100),
  owedCount: z.int(),
  /** `proved`: the catalogue is the one the log speaks of; `asFound`: nothing says so; `lost`: there is none. */
  catalogue: z.enum(["proved", "asFound", "lost"]),
  /** Who has read the notice; null: nobody yet. */
  seenBy: z.string().nullable(),
  recovered: z
    .object({ atMs: z.int(), sales: z.int(), lost: z.int(), doubtful: z.int() })
    .nullable(),
  /** The owner has dealt with it: no line reminds of it any more. */
  isSettled: z.boolean(),
});
export type DamageRecord = z.infer<typeof damageSchema>;

/** One entry of the damaged file that could not be proved. */
export const doubtfulSchema = z.object({
  seq: z.int(),
  /** Receipt number it is about, as it says itself. */
  saleId: z.int().nullable(),
  atMs: z.int().nullable(),
  /** Amount of a sale, as it says itself. */
  totalMinor: z.int().nullable(),
  reason: z.enum(["changed", "unproved", "beyond"]),
});
export type Doubtful = z.infer<typeof doubtfulSchema>;

/** What can be got back from the damaged file and the backups. */
export const damageReportSchema = z.object({
  /** Hash over what would be merged: the merge is of this and nothing else. */
  fingerprint: z.string(),
  events: z.int(),
  sales: z.int(),
  firstSaleId: z.int().nullable(),
  lastSaleId: z.int().nullable(),
  newestAtMs: z.int().nullable(),
  totalMinor: z.int(),
  /** Entries that came from a backup, because the damaged file does not have them whole. */
  fromBackups: z.int(),
  /** Entries nobody can bring back. */
  lost: z.int(),
  doubtfulCount: z.int(),
  /** The first two hundred of them. */
  doubtful: z.array(doubtfulSchema).max(200),
});
export type DamageReport = z.infer<typeof damageReportSchema>;

const pin = z.object({ pin: pinSchema });

/** Damaged books: told, looked into, and put back before those that went on. */
export const DAMAGE_CALLS = {
  /** The cashier has read the notice about the books in this folder. */
  "damage.seen": { input: z.object({ folder: z.string().max(100) }), output: z.object({}) },
  /** Reads what was set aside; changes nothing. WRONG_PIN, PIN_LOCKED, DAMAGE_NONE, DAMAGE_BUSY, DAMAGE_FAILED. */
  "damage.inspect": { input: pin, output: damageReportSchema },
  /** Merges what is proved. As above, and DAMAGE_OTHER when it is not what was shown. */
  "damage.recover": {
    input: pin.extend({ fingerprint: z.string() }),
    output: damageReportSchema.pick({ sales: true, lost: true, doubtfulCount: true }),
  },
  /** Everything that is not proved, as a file for whoever looks into it. */
  "damage.export": {
    input: pin,
    output: z.object({ fileName: z.string(), text: z.string() }),
  },
  /** The owner has dealt with it. WRONG_PIN, PIN_LOCKED. */
  "damage.settle": { input: pin, output: z.object({}) },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
