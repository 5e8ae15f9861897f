import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** A package whose code or fonts a customer gets. */
export interface ShippedPackage {
  name: string;
  version: string;
  /** SPDX expression as its maker gives it; null: none. */
  licence: string | null;
  /** The text of its licence file; null: it has none. */
  text: string | null;
}

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dependencies: z.record(z.string(), z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
      link: z.boolean().optional(),
      resolved: z.string().optional(),
    }),
  ),
});
type Locked = z.infer<typeof lockSchema>["packages"];

const manifestSchema = z.object({
  name: z.string(),
  version: z.string().default("0"),
  license: z.string().optional(),
});

/** As Vite's `build.license` writes it. */
const bundledSchema = z.array(
  z.object({
    name: z.string(),
    version: z.string(),
    identifier: z.string().nullish(),
    text: z.string().nullish(),
  }),
);

/**
 * Everything of others that is in the product: the packages that `dependencies` lead to, those bundled
 * into the program and its pages, and the fonts. Packages of other systems are not installed and not listed.
 * Both have to be built: Vite writes what it bundled.
 */
export function shippedPackages(root: string): ShippedPackage[] {
  const { packages } = lockSchema.parse(readJson(join(root, "package-lock.json")));
  const folders = [...productionPaths(packages), ...fontPaths(root)];
  const found = new Map<string, ShippedPackage>();
  for (const folder of folders) {
    const path = join(root, folder);
    // A link is a folder of this project itself.
    if (packages[folder]?.link === true || !existsSync(join(path, "package.json"))) continue;
    const one = packageAt(path);
    found.set(`${one.name}@${one.version}`, one);
  }
  for (const { name, version, identifier, text } of bundledPackages(root))
    found.set(`${name}@${version}`, {
      ...{ name, version },
      ...{ licence: identifier ?? null, text: text ?? null },
    });
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function bundledPackages(root: string): z.infer<typeof bundledSchema> {
  return ["main", "renderer"].flatMap((part) =>
    bundledSchema.parse(readJson(join(root, "dist", part, ".vite", "license.json"))),
  );
}

/** Folders of the lock file that `dependencies` lead to, in Node's order of looking for them. */
function productionPaths(packages: Locked): Set<string> {
  const seen = new Set<string>();
  const follow = (from: string) => {
    const { dependencies, optionalDependencies } = packages[from] ?? {};
    const optional = from === "" ? {} : optionalDependencies;
    for (const name of Object.keys({ ...dependencies, ...optional })) {
      const path = resolveIn(packages, from, name);
      if (path === null || seen.has(path)) continue;
      seen.add(path);
      follow(path);
    }
  };
  follow("");
  return seen;
}

function resolveIn(packages: Locked, from: string, name: string): string | null {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    const path = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (at === "") return null;
    if (!at.includes("/node_modules/")) at = "";
  }
}

/** Font packages that the page's style sheet takes files from; Vite names only what has code. */
function fontPaths(root: string): string[] {
  const css = readFileSync(join(root, "renderer", "ui", "fonts.css"), "utf8");
  const names = [...css.matchAll(/url\("(@[^/"]+\/[^/"]+)\//g)].map(([, name]) => name ?? "");
  return names.map((name) => `node_modules/${name}`);
}

function packageAt(path: string): ShippedPackage {
  const { name, version, license } = manifestSchema.parse(readJson(join(path, "package.json")));
  const file = readdirSync(path).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
  const text = file === undefined ? null : readFileSync(join(path, file), "utf8");
  return { name, version, licence: license ?? null, text };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
