import { isAbsolute, resolve } from "node:path";
import { parseArgs } from "node:util";

/** What can be asked for on the command line of either shell. */
export interface ShellOptions {
  shell: "electron" | "browser" | null;
  /** Loopback port of the browser shell; 0: the one of last time, or what the system chooses. */
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
  --port N                   loopback port of the browser shell (default: the one of last time, else a free one)
  --data DIR                 folder with the till's books
  --printer tcp://HOST:PORT  use this network printer, whatever the settings say
  --no-open                  do not open a window, only print the address
  --help                     this text
`;

/** A command line that cannot be understood; its message, and `zh`, say which part and why. */
export class OptionError extends Error {
  override readonly name = "OptionError";
  readonly zh: string;

  constructor(message: string, zh: string) {
    super(message);
    this.zh = zh;
  }
}

/** What a person typed: a slip of the keys is told. @throws OptionError */
export function parseShellOptions(args: readonly string[], cwd = process.cwd()): ShellOptions {
  return toOptions(parseStrictly(args), cwd);
}

/**
 * What an installed program is started with. Its own options are heeded and everything else is left alone:
 * installers add `--updated`, AppImages `--no-sandbox`, menu entries a file, and support a switch of Chromium's.
 * @throws OptionError when one of its own options has a value it can't have: the wrong books would be worse
 */
export function parsePackagedOptions(args: readonly string[], cwd = process.cwd()): ShellOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: OPTIONS,
  });
  return toOptions(
    {
      shell: text(values.shell, "--shell"),
      port: text(values.port, "--port"),
      data: text(values.data, "--data"),
      printer: text(values.printer, "--printer"),
      "no-open": values["no-open"] === true,
      help: values.help === true,
      "clock-factor": text(values["clock-factor"], "--clock-factor"),
    },
    cwd,
  );
}

/** Where nothing is refused, `true` stands for a value that is missing, and a switch may be taken for one. */
function text(value: string | boolean | undefined, option: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && value !== "" && !value.startsWith("--")) return value;
  throw new OptionError(`${option} needs a value after it.`, `${option} 后面要写一个值。`);
}

const OPTIONS = {
  shell: { type: "string" },
  port: { type: "string" },
  data: { type: "string" },
  printer: { type: "string" },
  "no-open": { type: "boolean" },
  help: { type: "boolean" },
  "clock-factor": { type: "string" },
} as const;

type OptionValues = ReturnType<typeof parseStrictly>;

function toOptions(values: OptionValues, cwd: string): ShellOptions {
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

function parseStrictly(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], strict: true, options: OPTIONS }).values;
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(". ");
    const named = /'([^']+)'/.exec(sentence ?? "")?.[1] ?? args.join(" ");
    throw new OptionError(
      `${sentence}. --help lists what there is.`,
      `看不懂启动参数“${named}”。--help 会列出所有参数。`,
    );
  }
}

function shellName(text: string): "electron" | "browser" {
  if (text === "electron" || text === "browser") return text;
  throw new OptionError(
    `--shell is electron or browser, not ${text}.`,
    `--shell 只能是 electron 或 browser，不能是 ${text}。`,
  );
}

function portNumber(text: string, option: string, least: number): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port >= least && port <= 65_535) return port;
  throw new OptionError(
    `${option} is a port number up to 65535, not ${text}.`,
    `${option} 是不超过 65535 的端口号，不能是 ${text}。`,
  );
}

function printerAddress(text: string): { kind: "tcp"; host: string; port: number } {
  const match = /^tcp:\/\/([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\])(?::(\d+))?$/.exec(text);
  if (!match?.[1])
    throw new OptionError(
      `--printer looks like tcp://192.168.1.50:9100, not ${text}.`,
      `--printer 的写法是 tcp://192.168.1.50:9100，不能是 ${text}。`,
    );
  const host = match[1].replace(/^\[|\]$/g, "");
  return { kind: "tcp", host, port: portNumber(match[2] ?? "9100", "--printer", 1) };
}

function clockFactor(text: string): number {
  const factor = Number(text);
  if (factor > 0 && factor <= 10_000) return factor;
  throw new OptionError(
    `--clock-factor is a number above 0, not ${text}.`,
    `--clock-factor 是大于 0 的数，不能是 ${text}。`,
  );
}
