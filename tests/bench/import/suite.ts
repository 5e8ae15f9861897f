import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { previewImport } from "../../../main/catalogue/import/preview.ts";
import { createCatalogueIndex } from "../../../main/catalogue/search.ts";
import { gtinCheckDigit } from "../../../main/domain/gtin.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import type { BenchRow, Suite } from "../suites.ts";

const ROWS = 20_000;
/** What a turn of the main loop may take: later than that, replies of printers are read too late. */
const GOAL_MS = 50;

/** A list of 20,000 goods, twice: into an empty catalogue, then over itself with other prices. */
export const importSuite: Suite = {
  title: `import: the longest turn of the main loop while ${ROWS} goods come in`,
  run: async (tell) => {
    const dir = mkdtempSync(join(tmpdir(), "slipsure-import-"));
    const log = new SaleLog(dir);
    try {
      const rows: BenchRow[] = [];
      for (const [name, price] of [
        ["new goods", "1.00"],
        ["other prices", "2.00"],
      ] as const)
        // oxlint-disable-next-line no-await-in-loop -- one list after the other
        rows.push(...(await bring(log, name, price, tell)));
      return rows;
    } finally {
      log.close();
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

async function bring(
  log: SaleLog,
  name: string,
  price: string,
  tell: (line: string) => void,
): Promise<BenchRow[]> {
  const bytes = Buffer.from(listOf(price));
  const index = createCatalogueIndex();
  const steps = {
    read: async () => {
      const preview = await previewImport(bytes, { currency: "CNY" }, new Set());
      products = preview.products;
    },
    write: async () => {
      draft = await log.products.draft(products);
    },
    "put into use": () => {
      log.transaction(() => {
        log.products.adopt(draft);
        log.append(Date.now(), "till", {
          kind: "catalogueImported",
          ref: null,
          body: {
            v: 1,
            fileName: "list.csv",
            sha256: digestOf(bytes),
            rows: ROWS,
            added: 0,
            changed: 0,
          },
        });
      });
      return Promise.resolve();
    },
    index: async () => index.replaceAll(await log.products.allInSlices()),
    "clear away": () => log.products.clearDrafts(),
  };
  let products: Awaited<ReturnType<typeof previewImport>>["products"] = [];
  let draft = { edition: 0, hash: "" };
  const rows: BenchRow[] = [];
  for (const [step, run] of Object.entries(steps)) {
    // oxlint-disable-next-line no-await-in-loop -- one step after the other
    const { longestMs, allMs } = await turnsOf(run);
    tell(
      `${name}, ${step}: longest turn ${longestMs.toFixed(1)} ms, ${allMs.toFixed(0)} ms in all`,
    );
    const ok = longestMs <= GOAL_MS;
    rows.push({ name: `${name}, ${step} (ms)`, ratio: longestMs, goal: GOAL_MS, atMost: true, ok });
  }
  return rows;
}

function listOf(price: string): string {
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const body = `690${String(row).padStart(9, "0")}`;
    return `${body}${gtinCheckDigit(body)},第${row}号商品,Product ${row},${price},个,日用百货`;
  });
  return ["条码,品名,英文名,售价,单位,分类", ...lines].join("\n");
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64url");
}

/** Runs `work` while every turn of the loop is timed. */
async function turnsOf(work: () => Promise<void>): Promise<{ longestMs: number; allMs: number }> {
  let isOver = false;
  let longestMs = 0;
  const watch = async () => {
    let lastMs = performance.now();
    while (!isOver) {
      // oxlint-disable-next-line no-await-in-loop -- turn after turn
      await nextTurn();
      const nowMs = performance.now();
      longestMs = Math.max(longestMs, nowMs - lastMs);
      lastMs = nowMs;
    }
  };
  const startMs = performance.now();
  const watching = watch();
  await work();
  const allMs = performance.now() - startMs;
  isOver = true;
  await watching;
  return { longestMs, allMs };
}
