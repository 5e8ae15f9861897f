import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { FromPrinter, ToPrinter } from "./messages.ts";

export type ReceiptSeen = Extract<FromPrinter, { type: "receipt" }>;

/** The printer's process, as the one who measures holds it. */
export class TimedPrinter {
  readonly printerPort: number;
  readonly sinkPort: number;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, ready: Extract<FromPrinter, { type: "ready" }>) {
    this.child = child;
    this.printerPort = ready.printerPort;
    this.sinkPort = ready.sinkPort;
  }

  static async start(speedMmPerS: number, cutMs: number): Promise<TimedPrinter> {
    const file = new URL("./printer-process.ts", import.meta.url);
    const child = fork(file, [String(speedMmPerS), String(cutMs)], { serialization: "advanced" });
    const ready = await next(child, "ready");
    return new TimedPrinter(child, ready);
  }

  /** From now on the next receipt, or the next bytes at the sink, are timed. */
  async arm(): Promise<{ receipt: Promise<ReceiptSeen>; bare: Promise<bigint>; totalMm: number }> {
    const armed = next(this.child, "armed");
    const receipt = next(this.child, "receipt");
    const bare = next(this.child, "bare").then(({ firstNs }) => firstNs);
    const message: ToPrinter = { type: "arm" };
    this.child.send(message);
    return { receipt, bare, totalMm: (await armed).totalMm };
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exited = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await exited;
  }
}

function next<T extends FromPrinter["type"]>(
  child: ChildProcess,
  type: T,
): Promise<Extract<FromPrinter, { type: T }>> {
  return new Promise((resolve) => {
    const listener = (message: FromPrinter) => {
      if (message.type !== type) return;
      child.off("message", listener);
      resolve(message as Extract<FromPrinter, { type: T }>);
    };
    child.on("message", listener);
  });
}
