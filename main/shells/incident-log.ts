import { randomBytes } from "node:crypto";
import { appendFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import type { ReportIncident } from "../contract/dispatch.ts";

const MAX_BYTES = 2 * 1024 * 1024;

/**
 * Keeps what nobody expected: one entry per incident in `incidents.log` of the data folder and on
 * `echo`, under a short id that the user can read out. At 2 MB the file starts anew; one old one stays.
 */
export function createIncidentLog(
  dataDir: string,
  echo: (text: string) => void = (text) => process.stderr.write(text),
): ReportIncident {
  const path = join(dataDir, "incidents.log");
  return (where, error) => {
    const id = randomBytes(4).toString("hex").toUpperCase();
    const text = `${new Date().toISOString()} ${id} ${where}: ${inspect(error)}\n`;
    echo(text);
    try {
      if (sizeBytes(path) > MAX_BYTES) renameSync(path, `${path}.old`);
      appendFileSync(path, text);
    } catch (writeError) {
      // A full disk must not turn one incident into two: the echo above has it.
      echo(`incidents.log could not be written: ${inspect(writeError)}\n`);
    }
    return id;
  };
}

function sizeBytes(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
