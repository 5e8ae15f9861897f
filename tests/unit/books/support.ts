import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { crc32, inflateRawSync } from "node:zlib";
import { writeArchive, type ArchiveWish } from "../../../main/books/archive/write.ts";
import { FileKeyStore } from "../../../main/sale-log/key-store.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { loadTillKey } from "../../../main/sale-log/till-key.ts";
import { tempDir } from "../support/temp-dir.ts";

const ENCLOSED = ["verify.mjs", "README.txt"];
export const ASSETS = join(import.meta.dirname, "../../../assets/archive");

/** Archives some days of a closed log and unpacks the archive; returns its folder. */
export function archived(dataDir: string, change: Partial<ArchiveWish> = {}): string {
  const path = join(tempDir(), "archive.zip");
  new SaleLog(dataDir).close();
  const db = new Database(logPath(dataDir), "read");
  try {
    writeArchive(db, path, { ...WISH, ...change }, loadTillKey(new FileKeyStore(dataDir)), () => {});
  } finally {
    db.close();
  }
  return unpacked(path);
}

export const WISH: ArchiveWish = {
  from: "2026-11-20",
  to: "2026-11-22",
  atMs: Date.UTC(2026, 10, 25, 3),
  utcOffsetMin: 480,
  by: "小王",
  shop: "街角便利店",
  appVersion: "0.1.0",
  enclosed: ENCLOSED.map((name) => ({ name, text: readFileSync(join(ASSETS, name), "utf8") })),
};

/** Unpacks a zip the way any tool does, by its directory; sizes and check sums must fit. */
export function unpacked(path: string): string {
  const zip = readFileSync(path);
  const dir = tempDir();
  let folder = dir;
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n -= 1) {
    const nameBytes = zip.readUInt16LE(at + 28);
    const name = zip.toString("utf8", at + 46, at + 46 + nameBytes);
    const [crc, packed, bytes] = [16, 20, 24].map((place) => zip.readUInt32LE(at + place));
    const local = zip.readUInt32LE(at + 42);
    // Both headers must say the same: some tools read one, some the other.
    if (zip.compare(zip, at + 6, at + 30, local + 4, local + 28) !== 0) throw new Error(name);
    const from = local + 30 + zip.readUInt16LE(local + 26);
    const data = inflateRawSync(zip.subarray(from, from + (packed ?? 0)));
    if (data.length !== bytes || crc32(data) !== crc) throw new Error(`${name} does not fit`);
    folder = join(dir, dirname(name));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(dir, name), data);
    at += 46 + nameBytes;
  }
  return folder;
}

/** Runs the archive's own verifier as its receiver would. */
export function runVerifier(folder: string, ...args: string[]): { code: number; text: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, "verify.mjs"), ...args],
    { encoding: "utf8" },
  );
  return { code: status ?? -1, text: stdout + stderr };
}
