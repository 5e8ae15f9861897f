import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { hasDisplay } from "../browser/chromium.ts";
import { appDir } from "../app-paths.ts";
import { parseShellOptions, USAGE, type ShellOptions } from "../options.ts";
import { startFailure } from "../start-failure.ts";
import { ensureBuilt, MAIN, RENDERER, type BuildTarget } from "./build.ts";
import { electronBinary } from "./electron-binary.ts";

const root = appDir();
const args = process.argv.slice(2);

/** The command that opens the chosen shell. */
interface Command {
  program: string;
  args: string[];
}

async function chooseShell(options: ShellOptions): Promise<Command> {
  const browser = {
    program: process.execPath,
    args: [join(root, "main", "shells", "browser", "main.ts"), ...args],
  };
  if (options.shell === "browser" || (options.shell === null && !options.open)) return browser;
  const binary = hasDisplay()
    ? await electronBinary(root, options.shell === "electron")
    : { missing: "there is no display (DISPLAY and WAYLAND_DISPLAY are empty)" };
  if ("missing" in binary) {
    if (options.shell === "electron")
      throw new Error(`Electron cannot be used: ${binary.missing}.`);
    say(`Opening the browser shell, because for Electron ${binary.missing}.`);
    return browser;
  }
  build(MAIN);
  // Chromium refuses its sandbox to root, as in containers.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return { program: binary.path, args: [...sandbox, root, ...args] };
}

function build(target: BuildTarget): void {
  const startMs = performance.now();
  if (ensureBuilt(root, target))
    say(`Built the ${target.name} in ${((performance.now() - startMs) / 1000).toFixed(1)} s.`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Becomes the command as far as possible: same terminal, signals passed on, same exit code. */
function become({ program, args: programArgs }: Command): void {
  const child = spawn(program, programArgs, { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      // Ctrl+C in a terminal reaches the child by itself; twice would mean "do not wait".
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  child.once("error", (error) => {
    process.stderr.write(`${program} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => {
    process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
  });
}

try {
  const options = parseShellOptions(args);
  if (options.help) say(USAGE);
  else {
    build(RENDERER);
    become(await chooseShell(options));
  }
} catch (error) {
  process.stderr.write(`${startFailure(error, Intl.DateTimeFormat().resolvedOptions().locale)}\n`);
  process.exit(1);
}
