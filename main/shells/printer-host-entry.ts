import { join } from "node:path";
import { appDir } from "./app-paths.ts";

/** The program of the printer host: beside the bundle when the till runs from one, else its source. */
export function printerHostEntry(): string {
  const isSource = import.meta.filename.endsWith(".ts");
  const path = isSource
    ? ["main", "printing", "native", "host-main.ts"]
    : ["dist", "main", "printer-host.js"];
  return join(appDir(), ...path);
}
