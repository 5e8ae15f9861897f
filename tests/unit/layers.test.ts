import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appDir } from "../../main/shells/app-paths.ts";

/** Every rule of .oxlintrc.json that carries the architecture must be able to say no: one file for each. */
const FORBIDDEN: Record<string, [code: string, rule: string]> = {
  // Who may import whom.
  "main/domain/node.ts": ['import "node:fs";', "no-restricted-imports"],
  "main/domain/package.ts": ['import "zod";', "no-restricted-imports"],
  "main/domain/deep/contract.ts": ['import "../../contract/calls.ts";', "no-restricted-imports"],
  "main/domain/clock.ts": ['import "../clock.ts";', "no-restricted-imports"],
  "main/domain/now.ts": ["export const now = () => Date.now();", "no-restricted-properties"],
  "main/domain/random.ts": ["export const n = () => Math.random();", "no-restricted-properties"],
  "main/domain/timer.ts": ["setTimeout(() => {}, 1);", "no-restricted-globals"],
  "main/contract/package.ts": ['import "conf";', "no-restricted-imports"],
  "main/contract/node.ts": ['import "node:fs";', "no-restricted-imports"],
  "main/contract/domain.ts": ['import "../domain/money.ts";', "no-restricted-imports"],
  "main/catalogue/log.ts": ['import "../sale-log/sale-log.ts";', "no-restricted-imports"],
  "main/sale-log/printing.ts": ['import "../printing/job.ts";', "no-restricted-imports"],
  "main/sale-log/till.ts": ['import "../till.ts";', "no-restricted-imports"],
  "main/sale-log/deep/shell.ts": ['import "../../shells/x.ts";', "no-restricted-imports"],
  "main/sale-log/second.ts": ['import "node:sqlite";', "no-restricted-imports"],
  "main/printing/log.ts": ['import "../sale-log/sqlite.ts";', "no-restricted-imports"],
  "main/printing/transports/tcp/till.ts": ['import "../../../till.ts";', "no-restricted-imports"],
  "main/printing/virtual-printer/job.ts": ['import "../job.ts";', "no-restricted-imports"],
  "main/printing/virtual-printer/money.ts": [
    'import "../../domain/money.ts";',
    "no-restricted-imports",
  ],
  "main/printing/virtual-printer/png/job.ts": ['import "../../job.ts";', "no-restricted-imports"],
  "main/till/shell.ts": ['import "../shells/options.ts";', "no-restricted-imports"],
  "main/till/electron.ts": ['import "electron";', "no-restricted-imports"],
  "main/till/store.ts": ['import "electron-store";', "no-restricted-imports"],
  "main/till/page.ts": ['import "../../renderer/app.tsx";', "no-restricted-imports"],
  "main/shells/browser/electron.ts": ['import "electron";', "no-restricted-imports"],
  "main/shells/browser/log.ts": ['import "../../sale-log/sale-log.ts";', "no-restricted-imports"],
  "main/shells/electron/log.ts": ['import "../../sale-log/sale-log.ts";', "no-restricted-imports"],
  "main/shells/electron/sqlite.ts": ['import "node:sqlite";', "no-restricted-imports"],
  "preload/till.ts": ['import "../main/till.ts";', "no-restricted-imports"],
  "preload/shell.ts": ['import "../main/shells/electron/run.ts";', "no-restricted-imports"],
  "preload/node.ts": ['import "node:fs";', "no-restricted-imports"],
  "renderer/node.ts": ['import "node:path";', "no-restricted-imports"],
  "renderer/electron.ts": ['import "electron";', "no-restricted-imports"],
  "renderer/features/x/till.tsx": ['import "../../../main/till.ts";', "no-restricted-imports"],
  "renderer/features/x/clock.ts": ['import "../../../main/clock.ts";', "no-restricted-imports"],
  // How code is written.
  "main/till/default.ts": ["export default 1;", "no-default-export"],
  "main/till/any.ts": ["export const x: any = 1;", "no-explicit-any"],
  "main/till/sure.ts": ["export const x = process.title!;", "no-non-null-assertion"],
  "main/till/says.ts": ['console.log("x");', "no-console"],
  "main/till/cycle-a.ts": ['import "./cycle-b.ts"; export const a = 1;', "no-cycle"],
  "main/till/long-file.ts": [Array(402).fill("export {};").join("\n"), "max-lines"],
  "main/till/long-function.ts": [
    `export function f(n: number) {\n${Array(81).fill("n += 1;").join("\n")}\nreturn n;\n}`,
    "max-lines-per-function",
  ],
  "main/till/floating.ts": ["Promise.resolve(1);", "no-floating-promises"],
  "main/till/misused.ts": [
    "[1].forEach(async () => { await Promise.resolve(); });",
    "no-misused-promises",
  ],
  "main/till/switch.ts": [
    'export function f(x: "a" | "b") { switch (x) { case "a": return 1; } return 2; }',
    "switch-exhaustiveness-check",
  ],
  "main/till/unsafe.ts": ["export const x: string = JSON.parse('1').a;", "no-unsafe-member-access"],
  "main/till/thrown.ts": ['export function f() { throw "x"; }', "only-throw-error"],
};

/** What the architecture needs has to stay possible. */
const ALLOWED: Record<string, string> = {
  "main/domain/receipt/ok.ts": 'import "../money.ts";',
  "main/contract/ok.ts": 'import "zod";\nimport "./values.ts";',
  "main/sale-log/sqlite.ts": 'import "node:sqlite";',
  "main/sale-log/ok.ts": 'import "./sqlite.ts";\nimport "../domain/money.ts";\nimport "node:path";',
  "main/printing/ok.ts": 'import "./virtual-printer/index.ts";\nimport "../clock.ts";',
  "main/printing/virtual-printer/ok.ts": 'import "../../clock.ts";\nimport "./png/a.ts";',
  "main/printing/virtual-printer/png/ok.ts": 'import "../types.ts";\nimport "../../../clock.ts";',
  "main/till/ok.ts": 'import "../sale-log/ok.ts";\nimport "../printing/ok.ts";',
  "main/till/cycle-b.ts": 'import "./cycle-a.ts"; export const b = 1;',
  "main/shells/electron/ok.ts": 'import "electron";\nimport "../../till.ts";',
  "preload/ok.ts": [
    'import "electron";',
    'import "../main/contract/wire.ts";',
    'import "../main/shells/electron/channels.ts";',
  ].join("\n"),
  "renderer/ok.tsx": 'import "../main/contract/wire.ts";\nimport "../main/domain/money.ts";',
};

interface Report {
  diagnostics: { code: string; filename: string }[];
}

const root = appDir();
let dir: string;
let found: Map<string, string[]>;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "slipsure-layers-"));
  for (const name of [".oxlintrc.json", "tsconfig.json"]) cpSync(join(root, name), join(dir, name));
  symlinkSync(join(root, "node_modules"), join(dir, "node_modules"), "junction");
  const write = (path: string, code: string) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    const isModule = /^(import|export) /m.test(code);
    writeFileSync(join(dir, path), isModule ? `${code}\n` : `${code}\nexport {};\n`);
  };
  for (const [path, [code]] of Object.entries(FORBIDDEN)) write(path, code);
  for (const [path, code] of Object.entries(ALLOWED)) write(path, code);
  const oxlint = join(root, "node_modules", "oxlint", "bin", "oxlint");
  const args = [oxlint, "--type-aware", "--format=json", "main", "preload", "renderer"];
  const result = spawnSync(process.execPath, args, { cwd: dir, encoding: "utf8" });
  const report = JSON.parse(result.stdout) as Report;
  found = new Map();
  for (const { filename, code } of report.diagnostics) {
    const path = filename.replaceAll("\\", "/");
    found.set(path, [...(found.get(path) ?? []), code]);
  }
});

afterAll(() => rmSync(dir, { recursive: true }));

describe("refused", () => {
  test.each(Object.entries(FORBIDDEN))("%s", (path, [, rule]) => {
    expect(found.get(path)?.join(" ") ?? "nothing").toContain(`(${rule})`);
  });
});

describe("possible", () => {
  test.each(Object.keys(ALLOWED))("%s", (path) => {
    const codes = (found.get(path) ?? []).filter((code) => !code.includes("no-cycle"));
    expect(codes).toEqual([]);
  });
});
