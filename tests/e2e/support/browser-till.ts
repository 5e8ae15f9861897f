import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { appDir } from "../../../main/shells/app-paths.ts";

/** One running till process behind the loopback server. */
export interface BrowserTill {
  /** Address with the one-time key, as it was printed. */
  url: string;
  child: ChildProcess;
  /** Sends the signal and waits for the end. Resolves at once when it has already ended. */
  end: (signal: "SIGTERM" | "SIGKILL") => Promise<void>;
}

/** Starts the browser shell on a free port and waits for its ready line. Rejects with what it printed instead. */
export async function startBrowserTill(
  args: readonly string[],
  main = join(appDir(), "main", "shells", "browser", "main.ts"),
): Promise<BrowserTill> {
  const child = spawn(process.execPath, [main, "--no-open", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string>((resolve, reject) => {
    lines.on("line", (line) => {
      const match = /^Slipsure ready: (http:\S+)$/.exec(line);
      if (match?.[1]) resolve(match[1]);
      else printed += `${line}\n`;
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The till ended with ${code}:\n${printed}`)));
  });
  return {
    url,
    child,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill(signal);
      await exited;
    },
  };
}
