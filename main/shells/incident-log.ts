import { randomBytes } from "node:crypto";
import { appendFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ReportIncident } from "../contract/dispatch.ts";
import { incidentText } from "./incident-text.ts";

const MAX_BYTES = 1024 * 1024;
/** `incidents.log` itself and the older ones, `incidents.1.log` being the newest of them. */
const FILES = 5;

/**
 * Keeps what nobody expected: one entry per incident in `incidents.log` of the data folder and on
 * `echo`, under a short id that the user can read out. Five files of 1 MB at most; the oldest goes.
 */
export function createIncidentLog(
  dataDir: string,
  echo: (text: string) => void = (text) => process.stderr.write(text),
): ReportIncident {
  const path = (age: number) => join(dataDir, age === 0 ? "incidents.log" : `incidents.${age}.log`);
  return (where, error) => {
    const id = randomBytes(4).toString("hex").toUpperCase();
    const text = `${new Date().toISOString()} ${id} ${where}: ${incidentText(error)}\n`;
    echo(text);
    try {
      if (sizeBytes(path(0)) + Buffer.byteLength(text) > MAX_BYTES) makeRoom(path);
      appendFileSync(path(0), text);
    } catch (writeError) {
      // A full disk must not turn one incident into two: the echo above has it.
      echo(`incidents.log could not be written: ${incidentText(writeError)}\n`);
    }
    return id;
  };
}

/** Every file becomes one older; the oldest is written over. */
function makeRoom(path: (age: number) => string): void {
  for (let age = FILES - 2; age >= 0; age -= 1)
    if (statSync(path(age), { throwIfNoEntry: false })) renameSync(path(age), path(age + 1));
}

function sizeBytes(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
