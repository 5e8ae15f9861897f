import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** By this text `@electron/fuses` finds the fuses in a binary; version 1 and their number follow. */
const FUSE_SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const FUSES = 8;

/**
 * A folder that electron-builder takes for an unpacked Electron: packaging can then be tested where
 * the real one cannot be downloaded. Its program does nothing, but its fuses can be flipped and read.
 */
export function writeStandInElectron(dir: string, version: string): void {
  mkdirSync(join(dir, "locales"), { recursive: true });
  mkdirSync(join(dir, "resources"));
  const fuses = `${FUSE_SENTINEL}\u0001${String.fromCharCode(FUSES)}${"0".repeat(FUSES)}`;
  writeFileSync(join(dir, "electron"), `#!/bin/sh\nexit 0\n${fuses}\n`, "latin1");
  chmodSync(join(dir, "electron"), 0o755);
  writeFileSync(join(dir, "version"), version);
  for (const name of ["LICENSE", "LICENSES.chromium.html"]) writeFileSync(join(dir, name), "");
  for (const locale of ["en-US", "zh-CN", "fr"])
    writeFileSync(join(dir, "locales", `${locale}.pak`), "");
}
