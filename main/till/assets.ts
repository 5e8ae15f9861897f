import { existsSync } from "node:fs";

/**
 * A file of `assets/`: two folders up from the source in development, beside the bundle's parent
 * when packaged.
 */
export function assetUrl(name: string): URL {
  for (const up of ["../../assets/", "../assets/", "./assets/"]) {
    const url = new URL(up + name, import.meta.url);
    if (existsSync(url)) return url;
  }
  throw new Error(`the installation is incomplete: assets/${name} is missing`);
}
