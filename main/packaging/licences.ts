import type { ShippedPackage } from "./shipped-packages.ts";

/** Licences that allow what a till does with them, once their text goes along. */
const FINE = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "OFL-1.1",
  "Python-2.0",
  "Unlicense",
]);

/** Inside packages, where no file of theirs tells of it. */
const INSIDE = `libusb 1.0, inside the package usb (prebuilt for this system)
LGPL-2.1-or-later. Its source is at https://libusb.info and, in the version used, inside the package
usb 1.9.2. It is one file of its own, node_modules/usb/prebuilds, and may be replaced by another build.
`;

/** Packages that may not go to a customer as they are; the message names each and why. */
export class LicenceError extends Error {
  override readonly name = "LicenceError";
}

/**
 * The list that goes into every package.
 * @throws LicenceError for a package without a known licence.
 */
export function licenceList(packages: readonly ShippedPackage[]): string {
  const unknown = packages.filter(({ licence }) => !isFine(licence));
  if (unknown.length > 0)
    throw new LicenceError(
      `No known licence, look at them before they are shipped: ${unknown
        .map(({ name, version, licence }) => `${name} ${version} (${licence ?? "none given"})`)
        .join(", ")}.`,
    );
  const head = `Slipsure is made with the work of others. These ${packages.length} packages are part of it; Electron and
Chromium list theirs in LICENSE.electron.txt and LICENSES.chromium.html.\n`;
  const index = packages.map(({ name, version, licence }) => `${name} ${version}: ${licence}`);
  const texts = packages.map(
    ({ name, version, licence, text }) =>
      `${name} ${version}\n${licence}\n\n${text?.trim() ?? "The licence is named; no text came with it."}\n`,
  );
  const rule = `\n${"-".repeat(78)}\n\n`;
  return [`${head}\n${index.join("\n")}\n`, INSIDE, ...texts].join(rule);
}

/** An expression is fine when it leaves a choice that is, or asks for nothing but fine ones. */
function isFine(licence: string | null): boolean {
  if (licence === null) return false;
  const bare = licence.replace(/^\(|\)$/g, "");
  if (bare.includes(" OR ")) return bare.split(" OR ").some((choice) => FINE.has(choice));
  return bare.split(" AND ").every((part) => FINE.has(part));
}
