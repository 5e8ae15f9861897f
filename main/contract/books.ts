import { z } from "zod";
import { requestIdSchema } from "./values.ts";
import { stampFields } from "./stamp.ts";

/** Work with the whole books under way, for a bar that moves. */
const booksJobSchema = z.object({
  what: z.enum(["check", "archive"]),
  step: z.enum(["structure", "events", "receipts"]),
  done: z.int(),
  /** 0: not known. */
  of: z.int(),
});
export type BooksJob = z.infer<typeof booksJobSchema>;

/** Sentences beyond these are only counted. */
export const MOST_SENTENCES = 20;

/** How the books were found when all of them were last read. */
export const booksCheckSchema = z.object({
  atMs: z.int(),
  tookMs: z.int(),
  /** Who asked for it; null: the till, by itself. */
  by: z.string().nullable(),
  /**
   * `whole`: nothing is wrong; `noted`: nothing but what the log itself says of earlier times; `damaged`:
   * something is not as the till wrote it; `unreadable`: the check could not be finished.
   */
  state: z.enum(["whole", "noted", "damaged", "unreadable"]),
  events: z.int(),
  sales: z.int(),
  days: z.int(),
  signatures: z.int(),
  /** Everything that is wrong or noted, counted. */
  found: z.int(),
  /** The first of it as sentences. */
  sentences: z.array(z.object({ "zh-CN": z.string(), en: z.string() })).max(MOST_SENTENCES),
});
export type BooksCheck = z.infer<typeof booksCheckSchema>;

/** How the books are; the `books` feed sends it whole after every change. */
export const booksStateSchema = z.object({
  ...stampFields,
  job: booksJobSchema.nullable(),
  /** null: never checked as a whole. */
  lastCheck: booksCheckSchema.nullable(),
  /** Id of the key this till signs with, by which an archive can be told to be its own. */
  keyId: z.string(),
});
export type BooksState = z.infer<typeof booksStateSchema>;

const dateSchema = z.iso.date();
const archiveIdSchema = z.string().min(1).max(100);

/** Checking the books, and archives of them. */
export const BOOKS_CALLS = {
  "books.state": { input: z.object({}), output: booksStateSchema },
  /** Reads and works out everything anew; answers when it is done. BOOKS_BUSY, BOOKS_STOPPED. */
  "books.check": {
    input: z.object({ requestId: requestIdSchema }),
    output: z.object({ state: booksStateSchema }),
  },
  /** Ends the check or archive under way. */
  "books.stop": { input: z.object({}), output: z.object({}) },
  /**
   * Writes an archive of the business days from one date to another, both included; answers when it is done.
   * `archive.read` then hands it over. ARCHIVE_EMPTY, ARCHIVE_TOO_LARGE, ARCHIVE_BOOKS_DAMAGED,
   * ARCHIVE_DISK_FULL, BOOKS_BUSY, BOOKS_STOPPED.
   */
  "archive.make": {
    input: z.object({ requestId: requestIdSchema, from: dateSchema, to: dateSchema }),
    output: z.object({
      id: archiveIdSchema,
      fileName: z.string(),
      bytes: z.int(),
      sales: z.int(),
      /** Receipts of them that are still owed. */
      owed: z.int(),
    }),
  },
  /** A piece of the newest archive; `next`: where the piece after it begins, null at the end. ARCHIVE_GONE. */
  "archive.read": {
    input: z.object({ id: archiveIdSchema, offset: z.int().min(0) }),
    output: z.object({ bytes: z.base64(), next: z.int().nullable() }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
