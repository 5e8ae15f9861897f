import type { ReportIncident } from "../../contract/dispatch.ts";
import { hostEnvironment } from "../../till.ts";

/** The part of Electron's `utilityProcess` that a printer host needs. */
export interface UtilityProcessPart {
  fork(
    modulePath: string,
    args: string[],
    options: { env: Record<string, string>; serviceName: string },
  ): UtilityProcessChild;
}

interface UtilityProcessChild {
  /** undefined before it has started and after it has ended. */
  readonly pid: number | undefined;
  postMessage(message: unknown): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  once(event: "exit", listener: (code: number) => void): unknown;
  /** A fatal error of V8, e.g. no memory left. Without a listener it would end the till; "exit" follows. */
  on(event: "error", listener: (type: string, location: string) => void): unknown;
  kill(): boolean;
}

/** A printer host as the till takes it: the shape of `SpawnPrinterHost` in main/printing/native. */
export interface UtilityPrinterHost {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

/**
 * Printer hosts as utility processes: the packaged program can't start itself as plain Node, its
 * `runAsNode` fuse is off. To be called once the app is ready (Electron, docs/api/utility-process.md).
 * @param entryPath the built `host-main`.
 */
export function utilityPrinterHost(
  utilityProcess: UtilityProcessPart,
  entryPath: string,
  report: ReportIncident,
): () => UtilityPrinterHost {
  return () => {
    const child = utilityProcess.fork(entryPath, [], {
      env: hostEnvironment(),
      // Its name in the system's list of processes (Electron, docs/api/utility-process.md).
      serviceName: "Slipsure printers",
    });
    child.on("error", (type, location) =>
      report("printer host", new Error(`The printer host ended: ${type} at ${location}.`)),
    );
    const exited = new Promise<number>((resolve) => child.once("exit", resolve));
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => {
        child.on("message", listener);
      },
      onExit: (listener) => {
        void exited.then(listener);
      },
      kill: () => {
        const { pid } = child;
        // Electron's own kill asks; a process that hangs in a driver hears nothing.
        if (pid === undefined) child.kill();
        else killNow(pid);
      },
    };
  };
}

function killNow(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has just ended by itself, which "exit" tells.
  }
}
