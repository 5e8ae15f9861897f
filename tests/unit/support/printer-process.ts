import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { Fault } from "../../../main/printing/virtual-printer/index.ts";

export interface PrinterProcess {
  port: number;
  /** The text on each piece of paper. */
  paper: () => Promise<string[]>;
}

/**
 * A virtual printer in a process of its own, which nothing in this one can hold up. Gone with the test.
 * @param inside the command it is run by, such as `ip netns exec NAME`; none: it runs beside this one.
 */
export async function printerProcess(
  host: string,
  port: number,
  { fault, inside = [] }: { fault?: Fault; inside?: readonly string[] } = {},
): Promise<PrinterProcess> {
  const script = fileURLToPath(new URL("virtual-printer-child.ts", import.meta.url));
  const args = [script, host, String(port), ...(fault ? [JSON.stringify(fault)] : [])];
  const [command = "", ...rest] = [...inside, process.execPath, ...args];
  const child = spawn(command, rest, { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  const listening = Number(await next());
  if (!Number.isInteger(listening)) throw new Error("the printer did not start");
  return {
    port: listening,
    paper: async () => {
      child.stdin.write("paper\n");
      return JSON.parse(await next()) as string[];
    },
  };
}
