import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { licenceList } from "./licences.ts";
import { missingParts, type PackagedArch, type PackagedSystem } from "./native-parts.ts";
import { shippedPackages } from "./shipped-packages.ts";

/** What electron-builder tells its hook (BeforePackContext); `arch` is a number of its own `Arch`. */
interface PackContext {
  readonly arch: number;
  readonly electronPlatformName: string;
  readonly packager: { readonly projectDir: string };
}

const ARCHES: Record<number, PackagedArch> = { 1: "x64", 3: "arm64" };

/**
 * Called by electron-builder before a package is put together: no package without what it needs to
 * print, and none without the licences of what is in it.
 * @throws Error or LicenceError, which ends the build.
 */
export function beforePack({ arch, electronPlatformName, packager }: PackContext): void {
  const root = packager.projectDir;
  const packagedArch = ARCHES[arch];
  const isKnown = electronPlatformName === "linux" || electronPlatformName === "win32";
  if (!isKnown || packagedArch === undefined)
    throw new Error(`Slipsure is not made for ${electronPlatformName} ${arch}.`);
  demandParts(root, electronPlatformName, packagedArch);
  writeLicences(root);
}

/** Writes `dist/LICENSES.txt`; everything has to be built. @throws LicenceError */
export function writeLicences(root: string): void {
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(join(root, "dist", "LICENSES.txt"), licenceList(shippedPackages(root)));
}

function demandParts(root: string, system: PackagedSystem, arch: PackagedArch): void {
  const missing = missingParts(root, system, arch);
  if (missing.length === 0) return;
  throw new Error(
    `Not installed for ${system} ${arch}: ${missing.join(", ")}. Run: npm install --no-save ` +
      `--ignore-scripts --force @koromix/koffi-${system}-${arch}`,
  );
}
