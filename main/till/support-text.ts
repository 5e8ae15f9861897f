import { readdirSync, readFileSync, statSync } from "node:fs";
import { arch, cpus, freemem, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import type { DeviceState } from "../contract/device.ts";
import type { Settings } from "../contract/settings.ts";

/** What may be read of the settings: no name, address, text or picture of the shop, and of people only how many. */
const TOLD = [
  "ready",
  "locale",
  "receiptLocale",
  "theme",
  "density",
  "sound",
  "currency",
  "taxMode",
  "widthMm",
  "printer",
  "backupPrinter",
  "autoPrint",
  "customerDisplay",
  "customerScreen",
  "startWithSystem",
  "kiosk",
] as const satisfies readonly (keyof Settings)[];

/** Of each log the newest part: a mail has to take it. */
const LOG_CHARS = 300_000;
const LOGS = [
  "incidents.4.log",
  "incidents.3.log",
  "incidents.2.log",
  "incidents.1.log",
  "incidents.log",
];

export interface SupportFacts {
  dataDir: string;
  version: string;
  device: DeviceState;
  settings: Settings;
}

/**
 * What somebody who helps has to know of this till, as one text that can be read through before it is sent. What is
 * in the incidents was cleaned when they were written; the books, the PIN and the key are not opened for it.
 */
export function supportText({ dataDir, version, device, settings }: SupportFacts): string {
  const told = Object.fromEntries(TOLD.map((name) => [name, settings[name]]));
  const { electron, chrome, node, sqlite } = process.versions;
  const system = {
    ...{ slipsure: version, node, sqlite, electron: electron ?? null, chrome: chrome ?? null },
    ...{ platform: platform(), release: release(), arch: arch(), processors: cpus().length },
    ...{ memoryMb: megabytes(totalmem()), freeMemoryMb: megabytes(freemem()) },
    runningS: Math.round(process.uptime()),
  };
  return [
    section("Slipsure", system),
    section("This PC", device),
    section("Settings", { ...told, cashiers: settings.cashiers.length }),
    section("Files", filesOf(dataDir)),
    "== Incidents ==",
    ...LOGS.map((name) => endOf(join(dataDir, name))),
    "",
  ].join("\n");
}

function section(title: string, value: object): string {
  return `== ${title} ==\n${JSON.stringify(value, null, 2)}\n`;
}

/** Names and sizes in bytes; what lies in folders is counted with none. */
function filesOf(dataDir: string): Record<string, number> {
  const files = readdirSync(dataDir, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ name }) => [
      name,
      statSync(join(dataDir, name), { throwIfNoEntry: false })?.size ?? 0,
    ]),
  );
}

function endOf(path: string): string {
  try {
    return readFileSync(path, "utf8").slice(-LOG_CHARS);
  } catch {
    return "";
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
