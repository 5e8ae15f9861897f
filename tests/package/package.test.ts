import { execFile, spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { extractAll, getRawHeader, listPackage } from "@electron/asar";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { beforePack } from "../../main/packaging/before-pack.ts";
import { nativeParts } from "../../main/packaging/native-parts.ts";
import { appDir } from "../../main/shells/app-paths.ts";
import { ensureBuilt, MAIN, RENDERER } from "../../main/shells/launch/build.ts";
import { startBrowserTill } from "../e2e/support/browser-till.ts";
import { testShop } from "../e2e/support/shop.ts";
import { openHttpDoor } from "./http-door.ts";
import { writeStandInElectron, type StandInSystem } from "./stand-in-electron.ts";

/** Most a package may weigh without Electron itself; also said in docs/packaging.md. */
const ASAR_MAX_MB = 24;
const UNPACKED_MAX_MB = 6;

const root = appDir();
const run = promisify(execFile);
let dir: string;

interface Packed {
  folder: string;
  program: string;
  /** Paths in `app.asar`, with those that lie beside it. */
  files: string[];
}
const packed = {} as Record<StandInSystem, Packed>;

/** Runs one of the project's programs; rejects with its output when it fails. */
async function runTool(script: string, args: string[], more = {}): Promise<string> {
  const path = join(root, "node_modules", script);
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, ...more };
  const { stdout } = await run(process.execPath, [path, ...args], { cwd: root, env });
  return stdout;
}

async function pack(system: StandInSystem, version: string): Promise<Packed> {
  const electron = join(dir, `electron-${system}`);
  const out = join(dir, `out-${system}`);
  writeStandInElectron(electron, version, system);
  const options = [
    `-c.electronDist=${electron}`,
    `-c.directories.output=${out}`,
    "-c.publish.provider=generic",
    "-c.publish.url=http://127.0.0.1:9/slipsure",
    // Only the parts of this system are installed on this computer.
    ...(system === process.platform
      ? []
      : ["-c.beforePack=./tests/package/before-pack-anywhere.ts"]),
  ];
  const target = system === "linux" ? "--linux" : "--win";
  await runTool("electron-builder/cli.js", [
    target,
    "dir",
    "--x64",
    "--publish",
    "never",
    ...options,
  ]);
  const folder = join(out, system === "linux" ? "linux-unpacked" : "win-unpacked");
  const program = join(folder, system === "linux" ? "slipsure" : "Slipsure.exe");
  const listed = listPackage(join(folder, "resources", "app.asar"), { isPack: false });
  return { folder, program, files: listed.map((path) => path.replaceAll("\\", "/")) };
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "slipsure-package-"));
  ensureBuilt(root, RENDERER);
  ensureBuilt(root, MAIN);
  const manifest = readFileSync(join(root, "node_modules/electron/package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  [packed.linux, packed.win32] = await Promise.all([
    pack("linux", version),
    pack("win32", version),
  ]);
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe.each(["linux", "win32"] as const)("for %s", (system) => {
  test("holds what runs, and of this project nothing else", () => {
    const { files, folder } = packed[system];
    for (const path of [
      "/dist/electron/main.js",
      "/dist/electron/preload.cjs",
      "/dist/main/browser.js",
      "/dist/main/printer-host.js",
      "/dist/main/backup-worker.js",
      "/dist/main/log-reader.js",
      "/dist/main/tcp-thread.js",
      "/dist/renderer/index.html",
      "/node_modules/@fontsource/noto-sans-sc/400.css",
      "/node_modules/electron-updater/out/main.js",
      "/node_modules/iconv-lite/package.json",
    ])
      expect(files).toContain(path);
    const own = files.filter((path) => !path.startsWith("/node_modules"));
    expect(own.filter((path) => !/^\/(dist|assets)(\/|$)/.test(path)).toSorted()).toEqual([
      "/LICENSE",
      "/package.json",
    ]);
    expect(own.filter((path) => path.startsWith("/assets/"))).toEqual([
      "/assets/archive",
      "/assets/archive/README.txt",
      "/assets/archive/verify.mjs",
      "/assets/sample-catalogue.csv",
    ]);
    expect(own.filter((path) => path.includes("/.vite"))).toEqual([]);
    const beside = readdirSync(join(folder, "resources")).toSorted();
    expect(beside).toEqual(
      system === "linux"
        ? [
            "60-slipsure-printers.rules",
            "app-update.yml",
            "app.asar",
            "app.asar.unpacked",
            "icon.png",
          ]
        : ["app.asar", "app.asar.unpacked"],
    );
    expect(readdirSync(join(folder, "locales")).toSorted()).toEqual(["en-US.pak", "zh-CN.pak"]);
  });

  test("holds no sources, maps, tests, documents or tools", () => {
    const { files } = packed[system];
    expect(files.filter((path) => /\.(ts|mts|cts|tsx|map|md|c|cc|h|lib)$/.test(path))).toEqual([]);
    expect(
      files.filter((path) => /\/(tests?|__tests__|spec|docs?|examples?)\//.test(path)),
    ).toEqual([]);
    const tools =
      /^\/node_modules\/(electron|vite|vitest|typescript|react|node-(linux|win)-x64|oxlint|escpos|playwright[^/]*)\//;
    expect(files.filter((path) => tools.test(path))).toEqual([]);
  });

  test("has the native parts of this system and of no other", () => {
    const { files, folder } = packed[system];
    const inside = files.filter((path) => path.endsWith(".node")).map((path) => path.slice(1));
    // koffi's part is installed on the system it is for, and nowhere else.
    const expected = nativeParts(system, "x64").filter((path) => existsSync(join(root, path)));
    expect(inside.toSorted()).toEqual(expected.toSorted());
    for (const path of inside)
      expect(existsSync(join(folder, "resources", "app.asar.unpacked", path)), path).toBe(true);
    expect(files.some((path) => path.startsWith("/node_modules/koffi/"))).toBe(system === "win32");
  });

  test("cannot be turned into a plain Node, debugged or given other code", async () => {
    const { program, folder } = packed[system];
    const text = await runTool("@electron/fuses/dist/bin.js", ["read", "--app", program]);
    const states = Object.fromEntries(
      [...text.matchAll(/(\w+) is (Enabled|Disabled)/g)].map(([, fuse, state]) => [fuse, state]),
    );
    expect(states).toEqual({
      RunAsNode: "Disabled",
      EnableCookieEncryption: "Disabled",
      EnableNodeOptionsEnvironmentVariable: "Disabled",
      EnableNodeCliInspectArguments: "Disabled",
      EnableEmbeddedAsarIntegrityValidation: "Enabled",
      OnlyLoadAppFromAsar: "Enabled",
      LoadBrowserProcessSpecificV8Snapshot: "Disabled",
      GrantFileProtocolExtraPrivileges: "Disabled",
      // The ninth is WasmTrapHandlers; @electron/fuses 1.8 has no name for it, and so leaves it as Electron has it.
      undefined: "Enabled",
    });
    if (system === "linux") return;
    // Windows: the program carries what the header of its archive has to be.
    const { headerString } = getRawHeader(join(folder, "resources", "app.asar"));
    const hash = createHash("sha256").update(headerString).digest("hex");
    expect(readFileSync(program, "latin1")).toContain(hash);
  });

  test("stays within its size, and tells whose work is in it", () => {
    const { folder } = packed[system];
    const asarMb = statSync(join(folder, "resources", "app.asar")).size / 1e6;
    const unpackedMb = sizeMb(join(folder, "resources", "app.asar.unpacked"));
    expect(asarMb).toBeLessThan(ASAR_MAX_MB);
    expect(unpackedMb).toBeLessThan(UNPACKED_MAX_MB);
    const licences = readFileSync(join(folder, "LICENSES.txt"), "utf8");
    for (const name of [
      "react",
      "zod",
      "electron-store",
      "electron-updater",
      "usb",
      "@fontsource-variable/inter",
    ])
      expect(licences).toMatch(new RegExp(`^${name} \\d[^:]*: \\S`, "m"));
    const shipped = packed[system].files
      .map((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1])
      .filter((name) => name !== undefined && name !== "get-pixels");
    for (const name of shipped) expect(licences, name).toContain(`\n${name} `);
  });
});

test("is published with a bill of what a customer gets, and of nothing else", async () => {
  const file = join(dir, "bill.cdx.json");
  await run(process.execPath, ["tests/release/sbom.ts", file], { cwd: root });
  const { components } = JSON.parse(readFileSync(file, "utf8")) as {
    components: { name: string }[];
  };
  const names = components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["electron", "react", "zod", "iconv-lite", "ajv"]));
  for (const tool of ["vitest", "vite", "oxlint", "electron-builder", "escpos", "fast-check"])
    expect(names).not.toContain(tool);
  const licences = readFileSync(join(packed.linux.folder, "LICENSES.txt"), "utf8");
  for (const name of names.filter((each) => each !== "electron"))
    expect(licences, name).toContain(`\n${name} `);
});

function sizeMb(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (
    files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0) / 1e6
  );
}

test("is not put together for a system whose native parts are missing", () => {
  const checkout = { projectDir: join(dir, "nothing-here") };
  const context = { arch: 3, electronPlatformName: "win32", packager: checkout };
  expect(() => beforePack(context)).toThrow(/koffi-win32-arm64.*npm install .*--force @koromix/);
  expect(() => beforePack({ ...context, electronPlatformName: "darwin" })).toThrow("not made for");
});

test("says in one sentence that its books were written by a newer version, and leaves them alone", async () => {
  const app = extracted();
  const data = join(dir, "newer");
  const main = join(app, "dist/main/browser.js");
  const till = await startBrowserTill(["--data", data], main);
  await till.end("SIGTERM");
  const books = join(data, "slipsure.db");
  const before = readFileSync(books);
  // The schema's number stands at byte 60 of an SQLite file (sqlite.org/fileformat2.html, 1.3).
  before.writeUInt32BE(99, 60);
  writeFileSync(books, before);
  const failed = await run(process.execPath, [main, "--no-open", "--data", data], {
    env: { ...process.env, LC_ALL: "zh_CN.UTF-8", LANG: "zh_CN.UTF-8" },
  }).catch((error: unknown) => error as { code: number; stderr: string; stdout: string });
  expect(failed).toMatchObject({ code: 1, stdout: "" });
  expect(failed.stderr.trim().split("\n")).toHaveLength(1);
  expect(failed.stderr).toContain("格式 99");
  expect(failed.stderr).toContain("请重新安装新版本");
  expect(readFileSync(books).equals(before)).toBe(true);
});

const hasDpkg = spawnSync("dpkg-deb", ["--version"]).status === 0;
if (!hasDpkg) process.stdout.write("Skipped: the .deb; dpkg-deb is not here.\n");

// Changes what is packed for Linux, so it comes behind everything that looks at that.
test.skipIf(!hasDpkg)(
  "is a .deb that names all it needs and starts the till under X11",
  async () => {
    const out = join(dir, "deb");
    const env = { CUSTOM_FPM_PATH: join(root, "tests/package/fpm-by-dpkg.mjs") };
    const { folder } = packed.linux;
    const options = ["--prepackaged", folder, `-c.directories.output=${out}`];
    await runTool(
      "electron-builder/cli.js",
      ["--linux", "deb", "--x64", "--publish", "never", ...options],
      env,
    );
    const [deb = ""] = readdirSync(out).filter((name) => name.endsWith(".deb"));
    const field = async (name: string) =>
      (await run("dpkg-deb", ["-f", join(out, deb), name])).stdout.trim();
    const depends = (await field("Depends")).split(", ");
    for (const needed of ["libasound2 | libasound2t64", "libgbm1", "libdrm2", "libxkbcommon0"])
      expect(depends).toContain(needed);
    expect(depends).toContain("libcups2 | libcups2t64");
    expect(await field("Recommends")).toBe("cups-client");
    expect(await field("Homepage")).toMatch(/^https:/);
    const system = join(dir, "system");
    await run("dpkg-deb", ["-x", join(out, deb), system]);
    const entry = readFileSync(join(system, "usr/share/applications/slipsure.desktop"), "utf8");
    const [, program = "", args] = /^Exec=(\S+) (.*)$/m.exec(entry) ?? [];
    expect(args).toBe("--ozone-platform=x11 %U");
    expect(statSync(join(system, program)).mode & 0o111).not.toBe(0);
    // By it the desktop knows the till's windows, which carry package.json's desktopName.
    expect(entry).toContain("StartupWMClass=slipsure\n");
    expect(existsSync(join(system, "usr/lib/udev/rules.d/60-slipsure-printers.rules"))).toBe(true);
  },
);

/** The archive's files as plain ones, which Node without Electron can run. */
function extracted(): string {
  const app = join(dir, "app");
  if (!existsSync(app)) extractAll(join(packed.linux.folder, "resources", "app.asar"), app);
  return app;
}

test("sells an item, prints its receipt on the practice printer and reprints it", async () => {
  const app = extracted();
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
