import { z } from "zod";
import { MOST } from "./limits.ts";
import { scanMeaningSchema, scanTextSchema } from "./scan.ts";
import { pinSchema } from "./settings.ts";
import { productSchema, requestIdSchema, signedMinorSchema } from "./values.ts";

/** Finding goods, and bringing a product list in. */

const bytes = z.base64();
const row = z.int();
const textEncoding = z.string().max(20);
const decimalSignSchema = z.enum([".", ","]);

/** What a person has decided about a file; what is missing is found out or asked for. */
const choicesSchema = z.object({
  encoding: textEncoding.optional(),
  delimiter: z.enum([",", ";", "\t", "|"]).optional(),
  decimalSign: decimalSignSchema.optional(),
  /** Leading zeros that a spreadsheet took away are put back. */
  putZerosBack: z.boolean().optional(),
  /** Columns whose text stands in the name. */
  nameParts: z.array(z.string()).max(50).optional(),
  /** Rows that can't be read are left out; all others are imported. */
  leaveOut: z.boolean().optional(),
});
export type ImportChoices = z.infer<typeof choicesSchema>;

const fileSchema = z.object({
  fileName: z.string().max(255),
  bytes,
  /** Field to header; null while the headers decide alone. */
  mapping: z.record(z.string(), z.string()).nullable(),
  choices: choicesSchema.optional(),
});

const rowErrorSchema = z.object({
  row,
  field: z.string().nullable(),
  code: z.string(),
  value: z.string(),
  name: z.string(),
  /** Where the same stands first. */
  otherRow: row.optional(),
});
export type ImportRowError = z.infer<typeof rowErrorSchema>;

/** Asked once for the whole file, before anything can be imported. */
const questionSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("encoding"),
    candidates: z
      .array(z.object({ encoding: textEncoding, lines: z.array(z.string()).max(20) }))
      .max(20),
  }),
  z.object({
    kind: z.literal("decimalSign"),
    suggested: decimalSignSchema,
    count: z.int(),
    examples: z
      .array(
        z.object({
          row,
          text: z.string(),
          /** null: more decimals than the currency has. */
          pointMinor: signedMinorSchema.nullable(),
          commaMinor: signedMinorSchema.nullable(),
        }),
      )
      .max(20),
  }),
  z.object({
    kind: z.literal("lostZeros"),
    count: z.int(),
    examples: z.array(z.object({ row, from: z.string(), to: z.string() })).max(20),
  }),
]);
export type ImportQuestion = z.infer<typeof questionSchema>;

const warningSchema = z.object({
  code: z.string(),
  count: z.int(),
  /** The first few. */
  examples: z
    .array(z.object({ row, name: z.string(), value: z.string(), otherRow: row.optional() }))
    .max(20),
});
export type ImportWarning = z.infer<typeof warningSchema>;

const previewSchema = z.object({
  encoding: textEncoding,
  delimiter: z.string(),
  /** null: no price needs to know it. */
  decimalSign: decimalSignSchema.nullable(),
  headers: z.array(z.string()).max(MOST.headers),
  mapping: z.record(z.string(), z.string()),
  missingFields: z.array(z.string()).max(20),
  namePartChoices: z.array(z.string()).max(MOST.headers),
  nameParts: z.array(z.string()).max(MOST.headers),
  questions: z.array(questionSchema).max(5),
  rowCount: z.int(),
  newCount: z.int(),
  changedCount: z.int(),
  /** Names beyond ASCII first. */
  sample: z.array(productSchema).max(20),
  errors: z.array(rowErrorSchema).max(MOST.listedRows),
  errorCount: z.int(),
  badRowCount: z.int(),
  /** Rows that can't be read, by their first reason. */
  reasons: z.array(z.object({ code: z.string(), count: z.int() })).max(50),
  /** Rows that are no goods, left out without a question. */
  skipped: z.array(z.object({ row, code: z.string(), name: z.string() })).max(MOST.listedRows),
  skippedCount: z.int(),
  warnings: z.array(warningSchema).max(20),
  accepted: z.boolean(),
});
export type ImportPreviewResult = z.infer<typeof previewSchema>;

const importedSchema = z.object({
  imported: z.int(),
  added: z.int(),
  changed: z.int(),
  total: z.int(),
  /** Rows of the file that are not in the catalogue now. */
  leftOut: z.int(),
});

export const CATALOGUE_CALLS = {
  /** Products found by name in any script, pinyin, code or last digits, best first. */
  "catalogue.search": {
    input: z.object({ query: z.string().max(100), limit: z.int().min(1).max(100) }),
    output: z.object({ products: z.array(productSchema).max(100) }),
  },
  /** What a scanned or typed code means, and the product when it means one. Keeps nothing of it. */
  "catalogue.find": {
    input: z.object({ code: scanTextSchema }),
    output: z.object({ product: productSchema.nullable(), meaning: scanMeaningSchema }),
  },
  /** Reads a file and says what would happen. Imports nothing. FILE_UNREADABLE. */
  "catalogue.preview": { input: fileSchema, output: previewSchema },
  /**
   * All rows, or all but those that a person leaves out, or none. IMPORT_NOT_ACCEPTED, FILE_UNREADABLE,
   * WRONG_PIN.
   */
  "catalogue.import": {
    input: fileSchema.extend({ requestId: requestIdSchema, pin: pinSchema }),
    output: importedSchema,
  },
  /** Every row that such an import leaves out, as it stands in the file, and why. FILE_UNREADABLE. */
  "catalogue.leftOut": {
    input: fileSchema,
    output: z.object({
      headers: z.array(z.string()).max(MOST.headers),
      rows: z
        .array(
          z.object({
            row,
            cells: z.array(z.string()).max(MOST.headers),
            errors: z.array(rowErrorSchema).max(MOST.rowErrors),
            skipped: z.string().nullable(),
          }),
        )
        .max(MOST.leftOutRows),
    }),
  },
  "catalogue.importSample": {
    input: z.object({ requestId: requestIdSchema, pin: pinSchema }),
    output: importedSchema,
  },
} as const;
