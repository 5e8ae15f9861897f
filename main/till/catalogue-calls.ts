import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { TillCalls } from "../contract/calls.ts";
import type { ImportChoices } from "../contract/catalogue.ts";
import { MOST } from "../contract/limits.ts";
import { Refusal } from "../contract/refusals.ts";
import { ImportFileError } from "../catalogue/import/decode.ts";
import { TEXT_ENCODINGS } from "../catalogue/import/encodings.ts";
import {
  previewImport,
  type ImportOptions,
  type ImportPreview,
} from "../catalogue/import/preview.ts";
import { codesOf, type Product } from "../catalogue/product.ts";
import { forEachInSlices, ROWS_PER_SLICE } from "../catalogue/slices.ts";
import type { CatalogueIndex } from "../catalogue/search.ts";
import { gtin14Of } from "../domain/gtin.ts";
import { minorDigitsOf } from "../domain/money.ts";
import { nameOf } from "../domain/receipt/basket-lines.ts";
import { meaningOf } from "../domain/scan/meaning.ts";
import { nameCheck } from "../printing/escpos/unprintable.ts";
import { assetUrl } from "./assets.ts";
import { paperProfile } from "./paper-profile.ts";
import type { PrinterRoom } from "./printer-room.ts";
import { cashierNow, THE_TILL, writing, type TillRoom } from "./room.ts";

type CatalogueCalls = Pick<
  TillCalls,
  | "catalogue.search"
  | "catalogue.find"
  | "catalogue.preview"
  | "catalogue.import"
  | "catalogue.leftOut"
  | "catalogue.importSample"
>;

interface ImportFile {
  fileName: string;
  bytes: Uint8Array;
  mapping: Record<string, string> | null;
  choices: ImportChoices;
}

/** Finding products, and bringing a list in: all of it, or all but what a person leaves out, or nothing. */
export function catalogueCalls(
  room: TillRoom,
  index: CatalogueIndex,
  printers: PrinterRoom,
): CatalogueCalls {
  return {
    "catalogue.search": async ({ query, limit }) => ({
      products: await index.search(query, limit),
    }),
    "catalogue.find": ({ code }) => {
      const { scaleLabels, currency } = room.settings.get();
      const minorDigits = minorDigitsOf(currency);
      const meaning = meaningOf(code, { byCode: index.byCode, scaleLabels, minorDigits });
      return { product: meaning.kind === "product" ? meaning.product : null, meaning };
    },
    "catalogue.preview": async (input) => {
      const preview = await read(room, fileOf(input), {
        unprintable: (products) => unprintable(products, room, printers),
      });
      const { mapping, products: _all, sampleRows: _rows, headerRow: _row, ...shown } = preview;
      const { headers, namePartChoices, nameParts } = shown;
      return {
        ...shown,
        mapping: { ...mapping },
        headers: headers.slice(0, MOST.headers),
        namePartChoices: namePartChoices.slice(0, MOST.headers),
        nameParts: nameParts.slice(0, MOST.headers),
      };
    },
    "catalogue.import": async ({ requestId, pin, ...input }) => {
      await room.pin.demand(pin);
      const file = fileOf(input);
      const preview = await read(room, file);
      if (!preview.accepted)
        throw new Refusal("IMPORT_NOT_ACCEPTED", { errorCount: preview.errorCount });
      return store(room, index, requestId, file, preview);
    },
    "catalogue.leftOut": async (input) => {
      type Row = Awaited<ReturnType<TillCalls["catalogue.leftOut"]>>["rows"][number];
      const rows: Row[] = [];
      const { headers } = await read(room, fileOf(input), {
        onLeftOut: ({ row, cells }, why) => {
          if (rows.length === MOST.leftOutRows) return;
          const isSkipped = typeof why === "string";
          rows.push({
            row,
            cells: cells.slice(0, MOST.headers),
            errors: isSkipped ? [] : why.slice(0, MOST.rowErrors),
            skipped: isSkipped ? why : null,
          });
        },
      });
      return { headers: headers.slice(0, MOST.headers), rows };
    },
    "catalogue.importSample": async ({ requestId, pin }) => {
      await room.pin.demand(pin);
      return importSample(room, index, requestId);
    },
  };
}

/** The catalogue that comes with the till. */
export async function importSample(room: TillRoom, index: CatalogueIndex, requestId: string) {
  const fileName = "sample-catalogue.csv";
  const file = { fileName, bytes: await readFile(assetUrl(fileName)), mapping: null, choices: {} };
  return store(room, index, requestId, file, await read(room, file));
}

function fileOf(input: {
  fileName: string;
  bytes: string;
  mapping: Record<string, string> | null;
  choices?: ImportChoices | undefined;
}): ImportFile {
  const { fileName, mapping, choices = {} } = input;
  return { fileName, mapping, choices, bytes: Buffer.from(input.bytes, "base64") };
}

/** Which names the receipt printer can't show whole, and what it prints instead. */
async function unprintable(products: readonly Product[], room: TillRoom, printers: PrinterRoom) {
  const { receiptLocale, widthMm } = room.settings.get();
  const { chinese } = paperProfile(printers.receipt, widthMm);
  const found = new Map<Product, { name: string; printed: string }>();
  for (let start = 0; start < products.length; start += ROWS_PER_SLICE) {
    const slice = products.slice(start, start + ROWS_PER_SLICE);
    const check = await nameCheck(
      slice.map((product) => nameOf(product, receiptLocale)),
      chinese,
    );
    for (const product of slice) {
      const name = nameOf(product, receiptLocale);
      const lost = check(name);
      if (lost) found.set(product, { name, printed: lost.printed });
    }
    await nextTurn();
  }
  return found;
}

async function read(
  room: TillRoom,
  file: ImportFile,
  hooks: Pick<ImportOptions, "onLeftOut" | "unprintable"> = {},
): Promise<ImportPreview> {
  const existing = new Set<string>();
  await forEachInSlices(await room.log.products.allInSlices(), (product) => {
    for (const code of codesOf(product)) existing.add(code).add(gtin14Of(code) ?? code);
  });
  const { currency, locale } = room.settings.get();
  const encoding = TEXT_ENCODINGS.find((known) => known === file.choices.encoding);
  const options: ImportOptions = {
    ...file.choices,
    encoding,
    mapping: file.mapping ?? {},
    currency,
    locale: locale ?? "",
    ...hooks,
  };
  try {
    return await previewImport(file.bytes, options, existing);
  } catch (error) {
    if (error instanceof ImportFileError)
      throw new Refusal("FILE_UNREADABLE", { problem: error.code, fileName: file.fileName });
    throw error;
  }
}

/** By log: the next list waits until the one before it is in use. */
const underWay = new WeakMap<TillRoom["log"], Promise<unknown>>();

async function store(
  room: TillRoom,
  index: CatalogueIndex,
  requestId: string,
  file: ImportFile,
  preview: ImportPreview,
) {
  const before = underWay.get(room.log) ?? Promise.resolve();
  const mine = before
    .catch(() => undefined)
    .then(() => storeAlone(room, index, requestId, file, preview));
  underWay.set(room.log, mine);
  return mine;
}

/** Written beside the catalogue in use, slice by slice, then put into use in one step. */
async function storeAlone(
  room: TillRoom,
  index: CatalogueIndex,
  requestId: string,
  file: ImportFile,
  preview: ImportPreview,
) {
  const { log, clock } = room;
  const by = log.kept("cashier") === null ? THE_TILL : cashierNow(room);
  const draft = log.wasAnswered(requestId)
    ? null
    : await writingSlices(() => log.products.draft(preview.products));
  const sha256 = createHash("sha256").update(file.bytes).digest("base64url");
  const { answer } = writing(() =>
    log.once(requestId, clock.nowMs(), () => {
      if (draft !== null) log.products.adopt(draft);
      const rows = preview.products.length;
      const added = preview.newCount;
      const changed = preview.changedCount;
      const leftOut = preview.badRowCount + preview.skippedCount;
      log.append(clock.nowMs(), by, {
        kind: "catalogueImported",
        ref: null,
        body: {
          v: 1,
          fileName: file.fileName,
          sha256,
          rows,
          added,
          changed,
          ...(leftOut === 0 ? {} : { leftOut }),
        },
      });
      return { imported: rows, added, changed, total: log.products.count(), leftOut };
    }),
  );
  // The list is in the books; a search over the old one until the next start is the smaller harm.
  await index
    .replaceAll(await log.products.allInSlices())
    .catch((error: unknown) => room.report("catalogue.import", error));
  room.changed();
  await log.products.clearDrafts();
  return answer;
}

/** As `writing`, for work in slices. */
async function writingSlices<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    return writing(() => {
      throw error;
    });
  }
}
