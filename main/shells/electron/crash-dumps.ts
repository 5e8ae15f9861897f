import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ElectronParts } from "./api.ts";

const KEPT = 5;

/**
 * Native crashes leave a dump on this PC, in `crashes` of the program's own folder, the newest five; nothing is
 * sent. A dump holds the memory of the program, so it is for somebody who looks at this PC and in no support file.
 * To be called before the app is ready.
 */
export function keepCrashDumps(
  { app, crashReporter }: Pick<ElectronParts, "app" | "crashReporter">,
  profileDir: string,
): void {
  const folder = join(profileDir, "crashes");
  app.setPath("crashDumps", folder);
  crashReporter.start({ uploadToServer: false });
  for (const path of dumps(folder).slice(KEPT)) rmSync(path, { force: true });
}

/** Newest first. */
function dumps(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return names
      .filter((name) => name.endsWith(".dmp"))
      .map((name) => join(folder, name))
      .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  } catch {
    // None yet.
    return [];
  }
}
