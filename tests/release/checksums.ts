import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** `checksums.ts FOLDER NAME`: writes the SHA-256 of every published file there, as `sha256sum -c` reads them. */
const [folder, name] = process.argv.slice(2);
if (folder === undefined || name === undefined) throw new Error("checksums.ts FOLDER NAME");
const published = readdirSync(folder)
  .filter((file) => /^(Slipsure-|latest)/.test(file))
  .toSorted();
if (published.length === 0) throw new Error(`Nothing to publish in ${folder}.`);
const lines = published.map((file) => {
  const sum = createHash("sha256").update(readFileSync(join(folder, file)));
  return `${sum.digest("hex")}  ${file}\n`;
});
writeFileSync(join(folder, name), lines.join(""));
process.stdout.write(lines.join(""));
