import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** A process that has said it is ready. */
export interface Started {
  url: string;
  /** From the moment it was asked for to its ready line. */
  readyMs: number;
  startedMs: number;
  child: ChildProcess;
  end(): Promise<void>;
}

/** Starts Node on this script and waits for its line with an address. Rejects with what it said instead. */
export async function startNode(args: readonly string[]): Promise<Started> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...args], { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, found] = /ready: (http:\S+)$/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", (code) =>
      reject(new Error(`${args.join(" ")} ended with ${code}: ${errors}`)),
    );
  });
  const readyMs = performance.now() - startedMs;
  return {
    url,
    readyMs,
    startedMs,
    child,
    end: async () => {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** Megabytes of a process that are in memory and its own or shared (VmRSS); null where Linux' /proc is not there. */
export function residentMb(pid: number | undefined): number | null {
  try {
    const [, kb] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kb === undefined ? null : Number(kb) / 1000;
  } catch {
    return null;
  }
}
