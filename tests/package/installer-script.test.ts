import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { appDir } from "../../main/shells/app-paths.ts";

const script = join(appDir(), "assets/installer/windows/installer.nsh");
const hasMakensis = spawnSync("makensis", ["-VERSION"]).status === 0;
if (!hasMakensis)
  process.stdout.write(
    "Skipped: the installer's own script; makensis (package nsis) is not here.\n",
  );

/** What electron-builder's templates have by the time they come to it (multiUser.nsh, NsisTarget.js). */
function around(arch: "APP_64" | "APP_ARM64", out: string): string {
  return `Unicode true
!include LogicLib.nsh
!define ${arch}
!define APP_FILENAME "Slipsure"
!define VERSION "1.2.3"
Var perMachineInstallationFolder
!macro GetDParameter out
  StrCpy \${out} ""
!macroend
!include "${script}"
Name Slipsure
OutFile "${out}"
Section
  !insertmacro customInstall
SectionEnd
Function .onInit
  StrCpy $perMachineInstallationFolder ""
  DetailPrint $perMachineInstallationFolder
  !insertmacro customInit
FunctionEnd
`;
}

test.skipIf(!hasMakensis).each(["APP_64", "APP_ARM64"] as const)(
  "what our installer adds to electron-builder's compiles without a warning for %s",
  (arch) => {
    const dir = mkdtempSync(join(tmpdir(), "slipsure-nsis-"));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const source = join(dir, "installer.nsi");
    writeFileSync(source, around(arch, join(dir, "Slipsure-test.exe")));
    // As electron-builder calls it: a warning is an error.
    const { status, stdout: said } = spawnSync("makensis", ["-V4", "-WX", source], {
      encoding: "utf8",
    });
    expect(status, said).toBe(0);
    expect(said).toContain("nsExec::Exec");
    expect(said.includes("$PROGRAMFILES64")).toBe(arch === "APP_ARM64");
  },
);
