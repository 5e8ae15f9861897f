import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appDir } from "../../../main/shells/app-paths.ts";

const ELECTRON = join(appDir(), "main", "shells", "electron");
const doc = readFileSync(join(appDir(), "docs", "security.md"), "utf8").replaceAll(/\s+/g, " ");

/** The words of every test there is, as they stand in the sources. */
function allTests(): string {
  const files = readdirSync(join(appDir(), "tests"), { recursive: true, encoding: "utf8" });
  return files
    .filter((name) => /\.(test|spec)\.ts$/.test(name))
    .map((name) => readFileSync(join(appDir(), "tests", name), "utf8"))
    .join("\n");
}

test("every test that docs/security.md names exists", () => {
  const tests = allTests();
  const named = [...doc.matchAll(/test: (.*?)(?= \(|\)|; test:| \||\*|$)/g)].map(
    ([, name]) => name,
  );
  expect(named.length).toBeGreaterThan(40);
  const missing = named.filter((name) => name === undefined || !tests.includes(`"${name}"`));
  expect(missing).toEqual([]);
});

test("each of the twenty items and nine fuses is a test or a decision", () => {
  for (let item = 1; item <= 20; item += 1)
    expect(doc, `item ${item}`).toMatch(new RegExp(`\\| ${item} \\|[^|]+\\| (test|decision): `));
  const config = readFileSync(join(appDir(), "electron-builder.yml"), "utf8");
  for (const [, name = "", value] of config.matchAll(/^ {2}(\w+): (true|false)$/gm)) {
    const fuse = name.charAt(0).toUpperCase() + name.slice(1);
    if (!doc.includes(`| \`${fuse}\` |`)) continue;
    expect(doc, fuse).toContain(`| \`${fuse}\` | ${value === "true" ? "on" : "off"} |`);
  }
  expect(doc.match(/\| `[A-Z]\w+` \| (on|off) \|/g)).toHaveLength(9);
});

test("nothing of Electron beyond what api.ts names is used", () => {
  const imports = readdirSync(ELECTRON).flatMap((name) => {
    const source = readFileSync(join(ELECTRON, name), "utf8");
    const found = /import (type )?\{([^}]*)\} from "electron"/.exec(source);
    return found && !found[1] ? [[name, ...names(found[2] ?? "")]] : [];
  });
  const [main, ...others] = imports;
  expect(others).toEqual([]);
  expect(main?.[0]).toBe("main.ts");
  expect(main).not.toContain("shell");
  expect(main).not.toContain("remote");
  const api = readFileSync(join(ELECTRON, "api.ts"), "utf8");
  for (const part of main?.slice(1) ?? []) expect(api).toMatch(new RegExp(`^  ${part}: `, "m"));
  const all = readdirSync(ELECTRON).map((name) => readFileSync(join(ELECTRON, name), "utf8"));
  expect(all.join("\n")).not.toMatch(
    /openExternal|webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures/,
  );
});

function names(list: string): string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
