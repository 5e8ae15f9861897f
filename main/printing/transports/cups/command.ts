import { spawn } from "node:child_process";
import type { FileHandle } from "node:fs/promises";

/** Far more than any list of queues; a command that goes wild must not fill the memory. */
const LONGEST_OUTPUT = 1_000_000;

export interface CommandResult {
  /** null: a signal ended it, ours after the time-out among them. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** It could not even be started; "ENOENT" where CUPS is not installed. */
export class CommandNotStarted extends Error {
  readonly code: string;

  constructor(command: string, error: Error) {
    super(`${command}: ${error.message}`);
    this.name = "CommandNotStarted";
    this.code = "code" in error ? String(error.code) : "";
  }
}

/**
 * Runs a command of CUPS without a shell, so no argument is ever read as anything else.
 * @param timeoutMs it is killed then.
 * @param locale of its messages; "C" is what the parsers know.
 * @param input its standard input, from where the file stands.
 * @throws CommandNotStarted
 */
export function runCommand(
  command: "lp" | "lpstat" | "cancel",
  args: readonly string[],
  options: { timeoutMs: number; locale?: string; input?: FileHandle },
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, LC_ALL: options.locale ?? "C" },
      stdio: [options.input?.fd ?? "ignore", "pipe", "pipe"],
      shell: false,
    });
    const kill = () => child.kill("SIGKILL");
    const timer = setTimeout(kill, options.timeoutMs);
    const text = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream]?.setEncoding("utf8").on("data", (part: string) => {
        text[stream] += part;
        if (text[stream].length > LONGEST_OUTPUT) kill();
      });
    }
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(new CommandNotStarted(command, error));
    });
    child.once("close", (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, ...text });
    });
  });
}
