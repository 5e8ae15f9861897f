import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { SaleLog } from "../../../../main/sale-log/sale-log.ts";
import { tempDir } from "../../support/temp-dir.ts";

/** Fills a log once for all tests of a file and closes it; each call gives a folder with a copy of its own. */
export function copiesOf(fill: (log: SaleLog) => void): () => string {
  let original: string | null = null;
  afterAll(() => {
    if (original !== null) rmSync(original, { recursive: true, force: true });
  });
  return () => {
    if (original === null) {
      original = mkdtempSync(join(tmpdir(), "slipsure-log-"));
      const log = new SaleLog(original);
      fill(log);
      log.close();
    }
    const dir = tempDir();
    cpSync(original, dir, { recursive: true });
    return dir;
  };
}
