import { z } from "zod";
import { MOST } from "./limits.ts";
import { currencySchema, requestIdSchema } from "./values.ts";
import { pinSchema } from "./settings.ts";
import { stampFields } from "./stamp.ts";

/** Why a copy was made. */
export const BACKUP_REASONS = ["dayEnd", "selling", "daily", "update", "hand"] as const;
export type BackupReason = (typeof BACKUP_REASONS)[number];

/** What can stand between the books and a copy of them, told in words by the page. */
export const BACKUP_PROBLEMS = [
  "diskFull",
  /** The system could not read or write: a disk that fails, or was pulled out. */
  "diskError",
  /** The books themselves can't be read as they should. */
  "booksDamaged",
  /** What was read back is not what was written. */
  "copyDiffers",
  "placeAbsent",
  "placeNotWritable",
  "notFound",
  "notABackup",
  "damaged",
  "signatureWrong",
  "passphraseNeeded",
  "wrongPassphrase",
  "newerVersion",
  /** What a restore would give up is not what somebody agreed to any more. */
  "changed",
  "interrupted",
  "unexpected",
] as const;
export type BackupProblem = (typeof BACKUP_PROBLEMS)[number];

const headSchema = z.object({
  /** Number of the last entry of the log. */
  seq: z.int().min(0),
  /** Hash of that entry, base64url; empty for an empty log. */
  hash: z.string().max(43),
});
export type LogHead = z.infer<typeof headSchema>;

/** What stands in a log at one moment. */
export const bookFactsSchema = z.object({
  head: headSchema,
  sales: z.int().min(0),
  newestSaleId: z.int().min(0),
  newestSaleAtMs: z.int().nullable(),
  totalMinor: z.int(),
  days: z.int().min(0),
  closedDays: z.int().min(0),
  /** Business date of the newest day, YYYY-MM-DD. */
  newestDay: z.string().max(10).nullable(),
});
export type BookFacts = z.infer<typeof bookFactsSchema>;

/** What is wrong with books whose file is whole: a code of `verify`, and the entry it is about. */
export const bookFindingSchema = z.object({
  code: z.string().max(40),
  seq: z.int().nullable(),
});
export type BookFinding = z.infer<typeof bookFindingSchema>;

const placeNameSchema = z.enum(["first", "second"]);
export type PlaceName = z.infer<typeof placeNameSchema>;

/** One copy as the list shows it. */
export const backupCopySchema = z.object({
  name: z.string(),
  path: z.string(),
  place: placeNameSchema,
  atMs: z.int(),
  bytes: z.int(),
  isSealed: z.boolean(),
  /**
   * `verified`: read back and found whole when it was made; `flagged`: so it was, and the books were not in
   * order even then; `damaged`: found changed since.
   */
  state: z.enum(["verified", "flagged", "damaged"]),
  /** When it was last read as a whole. */
  checkedAtMs: z.int().nullable(),
  /** null for a sealed copy of which no open one is left. */
  sales: z.int().nullable(),
  reason: z.enum(BACKUP_REASONS).nullable(),
});
export type BackupCopy = z.infer<typeof backupCopySchema>;

const failureSchema = z.object({ atMs: z.int(), problem: z.enum(BACKUP_PROBLEMS) });

export const BACKUP_STEPS = ["copy", "check", "write", "send", "readBack", "try", "place"] as const;

/** Work under way, for a bar that moves. */
const backupJobSchema = z.object({
  what: z.enum(["copy", "second", "drill", "look", "inspect", "restore"]),
  step: z.enum(BACKUP_STEPS),
  doneBytes: z.int(),
  /** 0: not known. */
  totalBytes: z.int(),
});
export type BackupJob = z.infer<typeof backupJobSchema>;

/** How the copies are, for every screen; the `backup` feed sends it whole after every change. */
export const backupHealthSchema = z.object({
  ...stampFields,
  /** Another number than before: a page that shows the copies has to ask for them anew. */
  listRevision: z.int(),
  /** Newest copy, in any place, that was read back and found whole. */
  newestAtMs: z.int().nullable(),
  /**
   * `late`: that copy is older than 26 h; `booksDamaged`: the books themselves are not in order;
   * `drillFailed`: the trial restore did not succeed; `secondAway`: the second place has not been reached
   * for a day. null: all is well.
   */
  alarm: z.enum(["late", "booksDamaged", "drillFailed", "secondAway"]).nullable(),
  /** Why the last copy could not be made; null: it could. */
  problem: z.enum(BACKUP_PROBLEMS).nullable(),
  job: backupJobSchema.nullable(),
});
export type BackupHealth = z.infer<typeof backupHealthSchema>;

export const backupStateSchema = backupHealthSchema.extend({
  first: z.object({
    folder: z.string(),
    failure: failureSchema.nullable(),
  }),
  second: z
    .object({
      folder: z.string(),
      /** On the same disk as the books: no help when that disk fails. */
      isSameDisk: z.boolean(),
      isReachable: z.boolean(),
      /** When it was last reached. */
      reachedAtMs: z.int(),
      /** Newest copy there, as it was when it was last reached. */
      newestAtMs: z.int().nullable(),
      failure: failureSchema.nullable(),
    })
    .nullable(),
  /** Newest first in each place. */
  copies: z.array(backupCopySchema).max(MOST.copies),
  copiesMore: z.int(),
  /** Copies that leave this PC are sealed with the owner's passphrase. */
  seal: z.object({ sinceMs: z.int(), code: z.string() }).nullable(),
  drill: z
    .object({
      atMs: z.int(),
      copyAtMs: z.int(),
      sales: z.int(),
      problem: z.enum(BACKUP_PROBLEMS).nullable(),
      /** Copies found changed when all were read again. */
      damaged: z.int(),
    })
    .nullable(),
});
export type BackupState = z.infer<typeof backupStateSchema>;

/** What restored books would not have of those that are here. Lists end somewhere; the counts do not. */
export const givenUpSchema = z.object({
  /** Stands for all of it: a restore is of what was shown and nothing else. */
  fingerprint: z.string().max(43),
  totalMinor: z.int(),
  /** Newest first. How many there are stands in `lostSales`. */
  sales: z
    .array(z.object({ saleId: z.int(), atMs: z.int(), totalMinor: z.int(), cashier: z.string() }))
    .max(100),
  /** Those of them whose receipt is still owed, oldest first. */
  owed: z.array(z.object({ saleId: z.int(), totalMinor: z.int() })).max(100),
  owedCount: z.int(),
  /** Goods in the basket that was kept. */
  basket: z
    .array(
      z.object({
        nameZh: z.string().max(200),
        nameEn: z.string().max(200),
        quantityMilli: z.int(),
        unit: z.string().max(20),
      }),
    )
    .max(100),
  basketCount: z.int(),
});
export type GivenUp = z.infer<typeof givenUpSchema>;

/** What a backup file holds, found by reading all of it. */
export const backupPreviewSchema = z.object({
  path: z.string(),
  shop: z.string(),
  tillId: z.string(),
  atMs: z.int(),
  reason: z.enum(BACKUP_REASONS),
  by: z.string(),
  appVersion: z.string(),
  currency: currencySchema,
  facts: bookFactsSchema,
  /** What was wrong with the books already when the copy was made. */
  findings: z.array(bookFindingSchema).max(50),
  isSealed: z.boolean(),
  /** The till's own key comes with it, so the till can go on signing as before. */
  hasTillKey: z.boolean(),
  /** Signed by the key of the till here, or by another till's. */
  signer: z.enum(["thisTill", "otherTill"]),
  /** The books that are here now; null when there are none. */
  here: z
    .object({
      shop: z.string(),
      /** null: they are damaged and can't be read. */
      facts: bookFactsSchema.nullable(),
      /**
       * The backup is the same as, a beginning of, or a continuation of the books here; `branched`: both
       * went on from a common beginning; `other`: they have nothing in common.
       */
      relation: z.enum(["same", "older", "newer", "branched", "other", "unreadable"]),
      /**
       * What follows from the backup's last entry here, proved by the chain: it is carried over behind it, so
       * the restored books have it too. null: nothing can be.
       */
      carried: z.object({ events: z.int(), sales: z.int() }).nullable(),
      /** Sales here that the restored books would not have. */
      lostSales: z.int(),
      lostFromSaleId: z.int().nullable(),
      givenUp: givenUpSchema,
    })
    .nullable(),
});
export type BackupPreview = z.infer<typeof backupPreviewSchema>;

export const foundBackupSchema = z.object({
  path: z.string(),
  name: z.string(),
  bytes: z.int(),
  atMs: z.int(),
  isSealed: z.boolean(),
  shop: z.string().nullable(),
});
export type FoundBackup = z.infer<typeof foundBackupSchema>;

/** Long enough that trying them all costs more than the books are worth. */
export const PASSPHRASE_MIN_CHARS = 10;
const passphraseSchema = z.string().min(1).max(200);
const newPassphraseSchema = z.string().trim().min(PASSPHRASE_MIN_CHARS).max(200);
/** No system has a name with control characters in it that a person could have meant. */
const pathSchema = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .regex(/^\P{Cc}*$/u);
const state = z.object({ state: backupStateSchema });

/** More than a till gives out in its life; what is typed beyond is no receipt number. */
const RECEIPT_NO_MAX = 999_999_999;

/** Copies of the books: making, keeping, trying and going back to them. */
export const BACKUP_CALLS = {
  "backup.state": { input: z.object({}), output: backupStateSchema },
  /** Makes a copy now, and one in the second place. BACKUP_FAILED {problem}, BACKUP_BUSY. */
  "backup.run": { input: z.object({ requestId: requestIdSchema }), output: state },
  /** A folder of another disk or PC; null: none. WRONG_PIN, PIN_LOCKED, BACKUP_PLACE {problem}. */
  "backup.setPlace": {
    input: z.object({ folder: pathSchema.nullable(), pin: pinSchema }),
    output: state,
  },
  /** Seals what leaves this PC from now on; null: no longer. WRONG_PIN, PIN_LOCKED. */
  "backup.setPassphrase": {
    input: z.object({ passphrase: newPassphraseSchema.nullable(), pin: pinSchema }),
    output: state,
  },
  /** A slip that says how to open sealed copies, without the passphrase. */
  "backup.printNote": { input: z.object({ requestId: requestIdSchema }), output: z.object({}) },
  /** Restores the newest copy into a scratch folder and reads all copies again. BACKUP_FAILED, BACKUP_BUSY. */
  "backup.drill": { input: z.object({ requestId: requestIdSchema }), output: state },
  /** Backup files in the usual places of this PC, newest first. */
  "backup.find": {
    input: z.object({}),
    output: z.object({ found: z.array(foundBackupSchema).max(50) }),
  },
  /** Reads a whole backup and changes nothing. BACKUP_FAILED {problem}, BACKUP_BUSY. */
  "backup.preview": {
    input: z.object({ path: pathSchema, passphrase: passphraseSchema.nullable() }),
    output: backupPreviewSchema,
  },
  /**
   * Reads it again, sets the present books aside and goes on from the backup and what is carried over. Nothing
   * is sold meanwhile. `pin`: the manager's of the books here; null at first start. `head`, `givenUp`: what the
   * preview showed; null: no books were here. `lastOnPaper`: the number on the newest receipt on paper, when
   * somebody knows it; what was sold after the copy may be on no disk that is left. WRONG_PIN, PIN_LOCKED, BACKUP_FAILED {problem}, BACKUP_BUSY;
   * RESTORE_CHANGED: something else would be given up by now.
   */
  "backup.restore": {
    input: z.object({
      path: pathSchema,
      passphrase: passphraseSchema.nullable(),
      pin: pinSchema.nullable(),
      head: z.string().max(43),
      givenUp: z.string().max(43).nullable(),
      lastOnPaper: z.int().min(1).max(RECEIPT_NO_MAX).nullable(),
    }),
    /** `setAside`: where the books of before are; null: there were none. `carried`: sales taken over from them. */
    output: z.object({
      sales: z.int(),
      carried: z.int(),
      setAside: z.string().max(100).nullable(),
    }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
