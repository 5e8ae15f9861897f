import type { ReportIncident } from "../contract/dispatch.ts";
import type { ShellLink } from "../till.ts";

/** The part of Node's `process` that is watched. */
export interface WatchedProcess {
  on: {
    (event: "uncaughtException", listener: (error: unknown) => void): unknown;
    (event: "unhandledRejection", listener: (reason: unknown) => void): unknown;
  };
}

export interface Unexpected {
  report: ReportIncident;
  shell: ShellLink;
  /** Ends the program: after an exception nobody caught its state can't be trusted, its books can. */
  end: (incident: string) => void;
}

/**
 * Gives every error that reaches nobody an incident id. A promise nobody waited for is told at the till,
 * which goes on; an exception ends the program, once.
 */
export function watchProcess(process: WatchedProcess, { report, shell, end }: Unexpected): void {
  let isEnding = false;
  process.on("unhandledRejection", (reason) => {
    shell.tell("unexpected", { incident: report("promise", reason) });
  });
  process.on("uncaughtException", (error) => {
    const incident = report("process", error);
    if (isEnding) return;
    isEnding = true;
    end(incident);
  });
}

interface Output {
  on: (event: "error", listener: () => void) => unknown;
}

/** A terminal that was closed, or none at all, is no reason to end: the log file has everything. */
export function surviveLostOutput(outputs: readonly Output[]): void {
  for (const output of outputs) output.on("error", () => undefined);
}
