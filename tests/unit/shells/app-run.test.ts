import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { appDir } from "../../../main/shells/app-paths.ts";
import { parsePackagedOptions } from "../../../main/shells/options.ts";

/** What electron-builder writes into every AppImage; not part of its documented interface. */
async function appRunScript(): Promise<string> {
  const path = join(appDir(), "node_modules/app-builder-lib/out/targets/appimage/appImageUtil.js");
  const { generateAppRunScript } = (await import(path)) as {
    generateAppRunScript: (config: object) => string;
  };
  return generateAppRunScript({
    ExecutableName: "slipsure",
    ProductName: "Slipsure",
    ProductFilename: "Slipsure",
    DesktopFileName: "slipsure.desktop",
    ResourceName: "appimagekit-slipsure",
  });
}

const NO_BASH = process.platform === "win32" ? "AppImages run on Linux" : "";

test.skipIf(NO_BASH !== "")(
  `an installed till understands what an AppImage starts it with${NO_BASH && ` (skipped: ${NO_BASH})`}`,
  async () => {
    const dir = mkdtempSync(join(tmpdir(), "slipsure-app-run-"));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const write = (name: string, text: string) => {
      writeFileSync(join(dir, name), text);
      chmodSync(join(dir, name), 0o755);
    };
    write("AppRun", await appRunScript());
    write("slipsure", `#!/bin/sh\nfor arg in "$@"; do printf '%s\\n' "$arg"; done\n`);
    mkdirSync(join(dir, "bin"));
    const start = (hasNamespaces: boolean, args: string[]) => {
      // As on Ubuntu 24.04, where AppArmor keeps user namespaces from programs it does not know.
      write("bin/unshare", `#!/bin/sh\nexit ${hasNamespaces ? 0 : 1}\n`);
      const env = {
        ...process.env,
        PATH: `${join(dir, "bin")}:${process.env["PATH"]}`,
        APPDIR: dir,
      };
      const argv = execFileSync(join(dir, "AppRun"), args, { env, encoding: "utf8" });
      return argv.split("\n").filter((line) => line !== "");
    };
    const asked = ["--data", join(dir, "books")];
    expect(start(false, [])).toEqual(["--no-sandbox"]);
    expect(start(false, asked)).toEqual(["--no-sandbox", ...asked]);
    for (const hasNamespaces of [true, false])
      expect(parsePackagedOptions(start(hasNamespaces, asked)).dataDir).toBe(join(dir, "books"));
    expect(parsePackagedOptions(start(false, [])).dataDir).toBeNull();
  },
);
