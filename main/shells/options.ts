import { isAbsolute, resolve } from "node:path";
import { parseArgs } from "node:util";

/** What can be asked for on the command line of either shell. */
export interface ShellOptions {
  shell: "electron" | "browser" | null;
  /** Loopback port of the browser shell; 0 lets the system choose. */
  port: number;
  /** Absolute, null for the usual place. */
  dataDir: string | null;
  /** Overrides the printer of the settings for this run. */
  printer: { kind: "tcp"; host: string; port: number } | null;
  open: boolean;
  help: boolean;
  /** How many times as fast as the computer's clock; for tests and demonstrations. */
  clockFactor: number;
}

export const USAGE = `npm start -- [options]

  --shell electron|browser   which window to use (default: Electron when it is there)
  --port N                   loopback port of the browser shell (default: a free one)
  --data DIR                 folder with the till's books
  --printer tcp://HOST:PORT  use this network printer, whatever the settings say
  --no-open                  do not open a window, only print the address
  --help                     this text
`;

/** A command line that cannot be understood; its message says which part and why. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

/** @throws OptionError */
export function parseShellOptions(args: readonly string[], cwd = process.cwd()): ShellOptions {
  const values = parse(args);
  const data = values.data;
  return {
    shell: values.shell === undefined ? null : shellName(values.shell),
    port: values.port === undefined ? 0 : portNumber(values.port, "--port", 0),
    dataDir: data === undefined ? null : isAbsolute(data) ? data : resolve(cwd, data),
    printer: values.printer === undefined ? null : printerAddress(values.printer),
    open: values["no-open"] !== true,
    help: values.help === true,
    clockFactor: clockFactor(values["clock-factor"] ?? "1"),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      options: {
        shell: { type: "string" },
        port: { type: "string" },
        data: { type: "string" },
        printer: { type: "string" },
        "no-open": { type: "boolean" },
        help: { type: "boolean" },
        "clock-factor": { type: "string" },
      },
    }).values;
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw new OptionError(`${sentence}. --help lists what there is.`);
  }
}

function shellName(text: string): "electron" | "browser" {
  if (text === "electron" || text === "browser") return text;
  throw new OptionError(`--shell is electron or browser, not ${text}.`);
}

function portNumber(text: string, option: string, least: number): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port >= least && port <= 65_535) return port;
  throw new OptionError(`${option} is a port number up to 65535, not ${text}.`);
}

function printerAddress(text: string): { kind: "tcp"; host: string; port: number } {
  const match = /^tcp:\/\/([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\])(?::(\d+))?$/.exec(text);
  if (!match?.[1])
    throw new OptionError(`--printer looks like tcp://192.168.1.50:9100, not ${text}.`);
  const host = match[1].replace(/^\[|\]$/g, "");
  return { kind: "tcp", host, port: portNumber(match[2] ?? "9100", "--printer", 1) };
}

function clockFactor(text: string): number {
  const factor = Number(text);
  if (factor > 0 && factor <= 10_000) return factor;
  throw new OptionError(`--clock-factor is a number above 0, not ${text}.`);
}
