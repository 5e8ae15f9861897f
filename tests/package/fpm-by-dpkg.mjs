#!/usr/bin/env node
// Takes fpm's place where electron-builder makes a .deb (CUSTOM_FPM_PATH), with dpkg's own tool: fpm is a download.
// Knows what electron-builder 26 says to fpm, and no more.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync, copyFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

const text = { type: "string" };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    source: { ...text, short: "s" },
    force: { type: "boolean" },
    target: { ...text, short: "t" },
    depends: { ...text, short: "d", multiple: true },
    "deb-recommends": { ...text, multiple: true },
    "deb-compression": text,
    architecture: text,
    "after-install": text,
    "after-remove": text,
    description: text,
    version: text,
    package: text,
    name: text,
    maintainer: text,
    vendor: text,
    url: text,
    category: text,
    "deb-priority": text,
    license: text,
  },
});
const root = mkdtempSync(join(tmpdir(), "slipsure-deb-"));
for (const mapping of positionals) {
  const [from, to] = mapping.split("=");
  const target = join(root, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(from, target, { recursive: true, verbatimSymlinks: true });
}
mkdirSync(join(root, "DEBIAN"));
const fields = {
  Package: values.name,
  Version: values.version,
  Architecture: values.architecture,
  Maintainer: values.maintainer,
  Priority: values["deb-priority"],
  Homepage: values.url,
  Depends: values.depends?.join(", "),
  Recommends: values["deb-recommends"]?.join(", "),
  Description: values.description,
};
const control = Object.entries(fields).filter(([, value]) => value !== undefined);
writeFileSync(
  join(root, "DEBIAN/control"),
  control.map(([name, value]) => `${name}: ${value}\n`).join(""),
);
for (const [script, name] of [
  ["after-install", "postinst"],
  ["after-remove", "postrm"],
])
  if (values[script] !== undefined) copyFileSync(values[script], join(root, "DEBIAN", name));
execFileSync("chmod", ["-R", "u+w,go-w", join(root, "DEBIAN")]);
execFileSync("sh", ["-c", `chmod 755 '${root}/DEBIAN'/post*`]);
execFileSync("dpkg-deb", ["--root-owner-group", "-Znone", "--build", root, values.package]);
rmSync(root, { recursive: true });
