import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { crc32, inflateRawSync } from "node:zlib";

/** Unpacks a zip the way any tool does, by its directory; sizes and check sums must fit. Returns its one folder. */
export function unzip(path: string, dir: string): string {
  const zip = readFileSync(path);
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
