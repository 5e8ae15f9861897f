import type { HostPort } from "./host.ts";

/** `process.parentPort` of an Electron utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: unknown }) => void): unknown;
}

/**
 * The line to whoever started this process: Node's channel or an Electron utility process's port.
 * @param ended called when the till has gone.
 * @throws Error when nobody started it as a printer host.
 */
export function portToTill(ended: () => void): HostPort {
  const parentPort = parentPortOf(process);
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => {
        parentPort.on("message", (event) => listener(event.data));
      },
      end: () => process.exit(0),
    };
  }
  if (!process.send) throw new Error("This is a part of Slipsure and is started by it.");
  process.once("disconnect", ended);
  // A signal to the whole group is the till's to answer; it ends this process when it is done.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
  return {
    send: (message) => {
      // A channel that has gone is told by "disconnect".
      if (process.connected) process.send?.(message, undefined, undefined, () => {});
    },
    onMessage: (listener) => {
      process.on("message", listener);
    },
    end: () => process.exit(0),
  };
}

function parentPortOf(host: object): ParentPort | null {
  return "parentPort" in host && host.parentPort ? (host.parentPort as ParentPort) : null;
}
