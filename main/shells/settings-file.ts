import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { ReportIncident } from "../contract/dispatch.ts";

/**
 * Sets a settings file aside that is no JSON any more: the store would not open with it, and nobody could
 * sell. The till then takes its settings from the sale log. To be called before the store is opened.
 */
export function setAsideUnreadable(dataDir: string, report: ReportIncident): void {
  const path = join(dataDir, "settings.json");
  try {
    if (isSettings(JSON.parse(readFileSync(path, "utf8")))) return;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    if (!(error instanceof SyntaxError)) throw error;
  }
  renameSync(path, `${path}.damaged`);
  report("settings", new Error(`${path} could not be read and was set aside`));
}

function isSettings(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
