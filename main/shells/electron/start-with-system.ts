import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { AppPart } from "./api.ts";

export interface SystemStart {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** The program as it would be started by hand. */
  program: string;
}

/**
 * Lets the system start the till when somebody signs in, or no longer: on Windows by the account's own list of
 * such programs, on Linux by an entry in its autostart folder (Desktop Application Autostart Specification).
 * @throws the system's error when that can't be written
 */
export function startWithSystem(
  app: Pick<AppPart, "setLoginItemSettings">,
  isWanted: boolean,
  { platform, env, program }: SystemStart,
): void {
  if (platform === "win32") return app.setLoginItemSettings({ openAtLogin: isWanted });
  const config = env["XDG_CONFIG_HOME"] || join(env["HOME"] ?? homedir(), ".config");
  const entry = join(config, "autostart", "slipsure.desktop");
  if (!isWanted) return rmSync(entry, { force: true });
  mkdirSync(join(config, "autostart"), { recursive: true });
  const quoted = program.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll("%", "%%");
  writeFileSync(
    entry,
    `[Desktop Entry]\nType=Application\nName=Slipsure\nExec="${quoted}" --ozone-platform=x11\nTerminal=false\n`,
  );
}
