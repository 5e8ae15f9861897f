import { spawn } from "node:child_process";

export interface Outcome {
  /** null when the step was stopped because it took too long. */
  exitCode: number | null;
  output: string;
  durationMs: number;
}

/** Runs one program to its end and keeps what it printed, in order. Stops it and its children after `limitMs`. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; limitMs: number },
): Promise<Outcome> {
  const startMs = performance.now();
  const isGroup = process.platform !== "win32";
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: isGroup,
  });
  const kill = () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (isGroup) process.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  };
  // A group of its own does not hear Ctrl+C.
  const onSignal = () => {
    kill();
    process.exit(130);
  };
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      kill();
    }, options.limitMs);
    const finish = (exitCode: number | null) => {
      clearTimeout(timer);
      process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
      if (isLate) output += `\nStopped: it took longer than ${options.limitMs / 1000} s.\n`;
      resolve({ exitCode, output, durationMs: performance.now() - startMs });
    };
    child.once("error", (error) => {
      output += `${error.message}\n`;
      finish(127);
    });
    child.once("close", (code) => finish(code));
  });
}
