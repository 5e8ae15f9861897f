import { z } from "zod";

/**
 * Every expected "no" of the till. The renderer has a sentence for each, in both languages, that
 * says what happened, what to do now and that the sale is safe. Anything unexpected is `INTERNAL`
 * with an incident id that stands in the log.
 */
export const REFUSAL_CODES = [
  "BAD_INPUT",
  "INTERNAL",
  "NO_SUCH_CALL",
  "INTERRUPTED",
  "NOT_SET_UP",
  "NO_CASHIER",
  "NO_SUCH_CASHIER",
  "WRONG_PIN",
  "PIN_LOCKED",
  "EMPTY_BASKET",
  "TOTAL_CHANGED",
  /** Said by the page: a scan was still being looked up when the key was pressed. */
  "SCANNED_MEANWHILE",
  "NOT_ENOUGH",
  "CHANGE_WITHOUT_CASH",
  "EMPTY_TENDER",
  "NOT_AN_AMOUNT",
  "DISCOUNT_TOO_LARGE",
  "AMOUNT_TOO_LARGE",
  "RECEIPT_OWED",
  "NO_SUCH_SALE",
  "ALREADY_SETTLED",
  "WRONG_DIGITS",
  "STILL_PRINTING",
  "MANAGER_NEEDED",
  "CLEAR_NOT_ANSWERED",
  "NO_SUCH_DAY",
  "DAY_ALREADY_CLOSED",
  "NOTHING_SOLD",
  "SIGNATURE_NEEDED",
  "IMPORT_NOT_ACCEPTED",
  "FILE_UNREADABLE",
  "PRINTER_UNREACHABLE",
  "NO_BACKUP_PRINTER",
  "SAME_PRINTER_TWICE",
  "CURRENCY_IN_USE",
  "NOT_A_PRACTICE_PRINTER",
  "PDF_NOT_AVAILABLE",
  "DISK_FULL",
  "DISK_NOT_WRITABLE",
  "BACKUP_BUSY",
  "BACKUP_DISK_FULL",
  "BACKUP_DISK_ERROR",
  "BACKUP_BOOKS_DAMAGED",
  "BACKUP_COPY_DIFFERS",
  "BACKUP_PLACE_ABSENT",
  "BACKUP_PLACE_NOT_WRITABLE",
  "BACKUP_NOT_FOUND",
  "BACKUP_NOT_A_BACKUP",
  "BACKUP_DAMAGED",
  "BACKUP_SIGNATURE_WRONG",
  "BACKUP_PASSPHRASE_NEEDED",
  "BACKUP_WRONG_PASSPHRASE",
  "BACKUP_NEWER_VERSION",
  "BACKUP_INTERRUPTED",
  "RESTORE_CHANGED",
  "RESTORING",
  "BOOKS_BUSY",
  "BOOKS_STOPPED",
  "ARCHIVE_EMPTY",
  "ARCHIVE_TOO_LARGE",
  "ARCHIVE_BOOKS_DAMAGED",
  "ARCHIVE_DISK_FULL",
  "ARCHIVE_GONE",
  "DAMAGE_NONE",
  "DAMAGE_BUSY",
  "DAMAGE_OTHER",
  "DAMAGE_FAILED",
  "NO_UPDATE",
  "UPDATE_DAY_OPEN",
  "UPDATE_BASKET",
  "UPDATE_PAPER",
  "UPDATE_NO_BACKUP",
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** What travels instead of a result; `details` are the numbers and names its sentence needs. */
export const refusalSchema = z.object({
  code: z.enum(REFUSAL_CODES),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type RefusalBody = z.infer<typeof refusalSchema>;

/** Thrown inside the till for an expected "no"; `dispatch` turns it into a refusal. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly details: RefusalBody["details"];

  constructor(code: RefusalCode, details: RefusalBody["details"] = {}) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.details = details;
  }
}
