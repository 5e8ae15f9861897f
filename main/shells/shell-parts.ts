import type { ReportIncident } from "../contract/dispatch.ts";
import { openSettings, ShellLink, type TillOptions } from "../till.ts";
import { createIncidentLog } from "./incident-log.ts";

/** What every shell has before its till: where errors go, what can be said, and the settings. */
export interface ShellParts {
  report: ReportIncident;
  shell: ShellLink;
  settings: TillOptions["settings"];
}

/**
 * @param dataDir must be there
 * @throws the system's error when the folder can't be written to
 */
export function openShellParts(
  dataDir: string,
  createSettings: (dataDir: string) => TillOptions["settings"],
  echo?: (text: string) => void,
): ShellParts {
  const report = createIncidentLog(dataDir, echo);
  const shell = new ShellLink();
  const { store, finding } = openSettings(dataDir, createSettings);
  if (finding) shell.tellSettings(finding, report("settings", new Error(finding.reason)));
  return { report, shell, settings: store };
}
