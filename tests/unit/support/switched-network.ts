import { execFileSync } from "node:child_process";
import { onTestFinished } from "vitest";
import { printerProcess } from "./printer-process.ts";

const HOST = "10.231.7.2";
const PORT = 9100;

export interface SwitchedNetwork {
  host: string;
  port: number;
  /** The printer's cable, behind the switch: neither end of a connection hears of it. */
  pull: () => void;
  plug: () => void;
  /** The text on each piece of paper. */
  paper: () => Promise<string[]>;
}

/**
 * A printer behind a switch, in network namespaces of this system's kernel, so that TCP itself is what has to
 * cope. @returns null, with the reason printed, where namespaces can't be made.
 */
export async function switchedNetwork(): Promise<SwitchedNetwork | null> {
  const id = process.pid % 10_000;
  const [lan, printer] = [`sl${id}s`, `sl${id}p`];
  const ports = [`sl${id}a`, `sl${id}b`, `sl${id}c`, `sl${id}d`] as const;
  const ip = (...args: string[]) => void execFileSync("ip", args, { stdio: "pipe" });
  onTestFinished(() => {
    for (const name of [lan, printer]) {
      try {
        ip("netns", "del", name);
      } catch {
        // never made
      }
    }
  });
  try {
    const [till, tillEnd, printerEnd, board] = ports;
    ip("netns", "add", lan);
    ip("netns", "add", printer);
    ip("link", "add", till, "type", "veth", "peer", "name", tillEnd, "netns", lan);
    ip(
      "-n",
      lan,
      "link",
      "add",
      printerEnd,
      "type",
      "veth",
      "peer",
      "name",
      board,
      "netns",
      printer,
    );
    ip("-n", lan, "link", "add", "br0", "type", "bridge");
    for (const port of [tillEnd, printerEnd]) ip("-n", lan, "link", "set", port, "master", "br0");
    for (const port of ["br0", tillEnd, printerEnd]) ip("-n", lan, "link", "set", port, "up");
    ip("addr", "add", "10.231.7.1/24", "dev", till);
    ip("link", "set", till, "up");
    ip("-n", printer, "addr", "add", `${HOST}/24`, "dev", board);
    for (const port of [board, "lo"]) ip("-n", printer, "link", "set", port, "up");
    const inside = ["ip", "netns", "exec", printer];
    const device = await printerProcess(HOST, PORT, { inside });
    return {
      host: HOST,
      port: PORT,
      pull: () => ip("-n", lan, "link", "set", printerEnd, "down"),
      plug: () => ip("-n", lan, "link", "set", printerEnd, "up"),
      paper: () => device.paper(),
    };
  } catch (error) {
    console.warn(`no network namespaces here, so not tried: ${String(error)}`);
    return null;
  }
}
