import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NtExecutable, NtExecutableResource, Resource } from "resedit";

/** By this text `@electron/fuses` finds the fuses in a binary; version 1 and their number follow. */
const FUSE_SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
/** As many as Electron 45 has (build/fuses/fuses.json5); all but the last can be set by `@electron/fuses` 1.8. */
const FUSES = 9;
const EN_US = 1033;
const UTF_16 = 1200;

export type StandInSystem = "linux" | "win32";

/**
 * A folder that electron-builder takes for an unpacked Electron: packaging can then be tested where
 * the real one cannot be downloaded. Its program does nothing, but its fuses can be flipped and read.
 */
export function writeStandInElectron(dir: string, version: string, system: StandInSystem): void {
  mkdirSync(join(dir, "locales"), { recursive: true });
  mkdirSync(join(dir, "resources"));
  const fuses = `${FUSE_SENTINEL}\u0001${String.fromCharCode(FUSES)}${"0".repeat(FUSES - 1)}1`;
  const program = join(dir, system === "linux" ? "electron" : "electron.exe");
  if (system === "linux") writeFileSync(program, `#!/bin/sh\nexit 0\n`);
  else writeFileSync(program, emptyProgram());
  appendFileSync(program, `${fuses}\n`, "latin1");
  chmodSync(program, 0o755);
  writeFileSync(join(dir, "version"), version);
  for (const name of ["LICENSE", "LICENSES.chromium.html"]) writeFileSync(join(dir, name), "");
  for (const locale of ["en-US", "zh-CN", "fr"])
    writeFileSync(join(dir, "locales", `${locale}.pak`), "");
}

/** The least that Windows' tools take for a program: headers, and a version to change. */
function emptyProgram(): Buffer {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program, true);
  const info = Resource.VersionInfo.createEmpty();
  info.setFileVersion(1, 0, 0, 0, EN_US);
  info.setStringValues({ lang: EN_US, codepage: UTF_16 }, { ProductName: "Electron" });
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  return Buffer.from(program.generate());
}
