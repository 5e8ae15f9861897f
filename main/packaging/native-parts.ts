import { existsSync } from "node:fs";
import { join } from "node:path";

export type PackagedSystem = "linux" | "win32";
export type PackagedArch = "x64" | "arm64";

/**
 * Files without which a package for this system could not print, relative to the checkout. Windows on ARM
 * has none for `usb` (1.9.2 was never built for it): printers there are reached by their Windows driver.
 */
export function nativeParts(system: PackagedSystem, arch: PackagedArch): string[] {
  const at = `${system}-${arch}`;
  const usb = system === "linux" ? "node.napi.glibc.node" : "node.napi.node";
  const serial = system === "linux" ? "@serialport+bindings-cpp.glibc" : "@serialport+bindings-cpp";
  return [
    ...(at === "win32-arm64" ? [] : [`usb/prebuilds/${at}/${usb}`]),
    `@serialport/bindings-cpp/prebuilds/${at}/${serial}.node`,
    ...(system === "win32" ? [`@koromix/koffi-${at}/${koffiFolder(arch)}/koffi.node`] : []),
  ].map((path) => `node_modules/${path}`);
}

function koffiFolder(arch: PackagedArch): string {
  return `win32_${arch}`;
}

/** Of these, the ones that are not installed here. */
export function missingParts(root: string, system: PackagedSystem, arch: PackagedArch): string[] {
  return nativeParts(system, arch).filter((path) => !existsSync(join(root, path)));
}
