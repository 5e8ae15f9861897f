import { fork } from "node:child_process";
import { hostEnvironment } from "./host-environment.ts";
import type { PrinterHostProcess } from "./printer-host-process.ts";

export interface ForkedPrinterHost extends PrinterHostProcess {
  /** undefined when it could not be started. */
  readonly pid: number | undefined;
}

/**
 * Printer hosts as children of a plain Node process. In a packaged Electron this is not possible (its
 * `runAsNode` fuse is off); there the shell starts a utility process.
 * @param entryPath the built or the source form of `host-main`.
 */
export function forkPrinterHost(entryPath: string): () => ForkedPrinterHost {
  return () => {
    const child = fork(entryPath, [], {
      // Structured clones: bytes stay bytes.
      serialization: "advanced",
      // None of ours: a debugger's port, say, can be held only once.
      execArgv: [],
      env: hostEnvironment(),
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    let tellExit: (code: number | null) => void = () => {};
    const exited = new Promise<number | null>((resolve) => {
      tellExit = resolve;
    });
    child.once("exit", (code) => tellExit(code));
    // Not started: "exit" need not follow then (Node, child_process, event "error").
    child.on("error", () => {
      if (child.pid === undefined) tellExit(null);
    });
    return {
      pid: child.pid,
      send: (message) => {
        // Neither plain data nor undefined would be a mistake of ours; a channel that is shut is told by "exit".
        if (child.connected) child.send(message as object, () => {});
      },
      onMessage: (listener) => {
        child.on("message", listener);
      },
      onExit: (listener) => {
        void exited.then(listener);
      },
      kill: () => {
        child.kill("SIGKILL");
      },
    };
  };
}
