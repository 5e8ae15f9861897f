import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { TillCalls } from "../contract/calls.ts";
import { MOST } from "../contract/limits.ts";
import { Refusal } from "../contract/refusals.ts";
import { ImportFileError } from "../catalogue/import/decode.ts";
import { previewImport, type ImportPreview } from "../catalogue/import/preview.ts";
import type { CatalogueIndex } from "../catalogue/search.ts";
import { minorDigitsOf } from "../domain/money.ts";
import { meaningOf } from "../domain/scan/meaning.ts";
import { assetUrl } from "./assets.ts";
import { cashierNow, THE_TILL, writing, type TillRoom } from "./room.ts";

type CatalogueCalls = Pick<
  TillCalls,
  | "catalogue.search"
  | "catalogue.find"
  | "catalogue.preview"
  | "catalogue.import"
  | "catalogue.importSample"
>;

interface ImportFile {
  fileName: string;
  bytes: Uint8Array;
  mapping: Record<string, string> | null;
}

const SAMPLE_ROWS = 8;

/** Finding products, and bringing a list in: all of it or nothing. */
export function catalogueCalls(room: TillRoom, index: CatalogueIndex): CatalogueCalls {
  const bring = async (requestId: string, file: ImportFile) => {
    const preview = await read(room, file);
    if (!preview.accepted)
      throw new Refusal("IMPORT_NOT_ACCEPTED", { errorCount: preview.errorCount });
    return store(room, index, requestId, file, preview);
  };
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
    "catalogue.preview": async ({ fileName, bytes, mapping }) => {
      const preview = await read(room, { fileName, bytes: decode(bytes), mapping });
      const { encoding, delimiter, headers, rowCount, newCount, changedCount } = preview;
      const { errors, errorCount, missingFields, accepted } = preview;
      return {
        encoding,
        delimiter,
        headers: headers.slice(0, MOST.headers),
        mapping: { ...preview.mapping },
        rowCount,
        newCount,
        changedCount,
        sample: preview.products.slice(0, SAMPLE_ROWS),
        errors: errors.map(({ row, field, code, value }) => ({ row, field, code, value })),
        errorCount,
        missingFields,
        accepted,
      };
    },
    "catalogue.import": async ({ requestId, fileName, bytes, mapping, pin }) => {
      await room.pin.demand(pin);
      return bring(requestId, { fileName, bytes: decode(bytes), mapping });
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
  const file = { fileName, bytes: await readFile(assetUrl(fileName)), mapping: null };
  return store(room, index, requestId, file, await read(room, file));
}

function decode(base64: string): Uint8Array {
  return Buffer.from(base64, "base64");
}

async function read(room: TillRoom, file: ImportFile): Promise<ImportPreview> {
  const existing = new Set<string>();
  for (const { code, barcode } of room.log.products.all()) {
    existing.add(code);
    if (barcode !== null) existing.add(barcode);
  }
  const minorDigits = minorDigitsOf(room.settings.get().currency);
  try {
    const mapping = file.mapping ?? {};
    return await previewImport(file.bytes, { mapping, minorDigits }, existing);
  } catch (error) {
    if (error instanceof ImportFileError)
      throw new Refusal("FILE_UNREADABLE", { problem: error.code, fileName: file.fileName });
    throw error;
  }
}

async function store(
  room: TillRoom,
  index: CatalogueIndex,
  requestId: string,
  file: ImportFile,
  preview: ImportPreview,
) {
  const { log, clock } = room;
  const by = log.kept("cashier") === null ? THE_TILL : cashierNow(room);
  const { answer } = writing(() =>
    log.once(requestId, clock.nowMs(), () => {
      log.products.put(preview.products);
      const rows = preview.products.length;
      const added = preview.newCount;
      const changed = preview.changedCount;
      log.append(clock.nowMs(), by, {
        kind: "catalogueImported",
        ref: null,
        body: {
          v: 1,
          fileName: file.fileName,
          sha256: createHash("sha256").update(file.bytes).digest("base64url"),
          rows,
          added,
          changed,
        },
      });
      return { imported: rows, added, changed, total: log.products.count() };
    }),
  );
  // The list is in the books; a search over the old one until the next start is the smaller harm.
  await index
    .replaceAll(log.products.all())
    .catch((error: unknown) => room.report("catalogue.import", error));
  room.changed();
  return answer;
}
