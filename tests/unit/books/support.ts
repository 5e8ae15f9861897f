import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeArchive, type ArchiveWish } from "../../../main/books/archive/write.ts";
import { FileKeyStore } from "../../../main/sale-log/key-store.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { loadTillKey } from "../../../main/sale-log/till-key.ts";
import { tempDir } from "../support/temp-dir.ts";
import { unzip } from "./unzip.ts";

const ENCLOSED = ["verify.mjs", "README.txt"];
const ASSETS = join(import.meta.dirname, "../../../assets/archive");

/** Archives some days of a closed log and unpacks the archive; returns its folder. */
export function archived(dataDir: string, change: Partial<ArchiveWish> = {}): string {
  const path = join(tempDir(), "archive.zip");
  new SaleLog(dataDir).close();
  const db = new Database(logPath(dataDir), "read");
  try {
    writeArchive(
      db,
      path,
      { ...WISH, ...change },
      loadTillKey(new FileKeyStore(dataDir)),
      () => {},
    );
  } finally {
    db.close();
  }
  return unzip(path, tempDir());
}

const WISH: ArchiveWish = {
  from: "2026-11-20",
  to: "2026-11-22",
  atMs: Date.UTC(2026, 10, 25, 3),
  utcOffsetMin: 480,
  by: "小王",
  shop: "街角便利店",
  appVersion: "0.1.0",
  enclosed: ENCLOSED.map((name) => ({ name, text: readFileSync(join(ASSETS, name), "utf8") })),
};
