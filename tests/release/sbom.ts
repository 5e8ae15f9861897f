import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { shippedPackages } from "../../main/packaging/shipped-packages.ts";

const billSchema = z.looseObject({
  components: z.array(z.looseObject({ name: z.string(), version: z.string() })),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

/**
 * `sbom.ts FILE`: what a customer gets, in CycloneDX as npm writes it. Neither all that is installed, which
 * has our tools in it, nor npm's `--omit dev`, which lacks what is bundled: Electron and what Vite put in.
 */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("sbom.ts FILE");
const root = join(import.meta.dirname, "../..");
const text = execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx"], {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
  // npm is a script there.
  shell: process.platform === "win32",
});
const bill = billSchema.parse(JSON.parse(text));
const shipped = new Set(shippedPackages(root).map(({ name, version }) => `${name}@${version}`));
const isShipped = ({ name, version }: { name: string; version: string }) =>
  name === "electron" || shipped.has(`${name}@${version}`);
const components = bill.components.filter(isShipped);
const refs = new Set(components.map(({ name, version }) => `${name}@${version}`));
const missing = [...shipped].filter((ref) => !refs.has(ref));
if (missing.length > 0) throw new Error(`npm does not know of ${missing.join(", ")}.`);
const own = bill.dependencies.filter(({ ref }) => refs.has(ref) || ref.startsWith("slipsure@"));
const dependencies = own.map((one) => ({
  ...one,
  dependsOn: one.dependsOn.filter((ref) => refs.has(ref)),
}));
writeFileSync(file, `${JSON.stringify({ ...bill, components, dependencies }, null, 2)}\n`);
process.stdout.write(`${components.length} packages\n`);
