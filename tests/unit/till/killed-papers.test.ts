import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CallInput, CallName } from "../../../main/contract/calls.ts";
import { TillBench } from "../support/till-bench.ts";

/** Has a till in a process of its own ask for a paper; the power of both goes in the middle of it. */
async function powerFailsDuring<N extends CallName>(
  bench: TillBench,
  call: N,
  input: CallInput<N>,
): Promise<void> {
  await bench.till.close();
  const before = bench.device.paper.totalMm;
  bench.device.setFault({ kind: "powerCycle", afterMm: 25, offMs: 1_000 });
  const script = fileURLToPath(new URL("../support/killed-till-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ["pipe", "ignore", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const gone = once(child, "exit");
  const off = bench.device.on(() => {
    if (bench.device.state().power === "off") child.kill("SIGKILL");
  });
  child.stdin.end(
    JSON.stringify({ dataDir: bench.dataDir, settings: [...bench.store], call, input }),
  );
  expect(await gone).toEqual([null, "SIGKILL"]);
  off();
  expect(bench.device.paper.totalMm - before).toBeGreaterThan(10);
}

const PAPERS = {
  "a day report": ["day.print", { dayId: null }],
  "a test slip": ["printer.test", {}],
  "a sample": ["printer.sample", { slot: "receipt", sample: "ruler" }],
} as const satisfies Record<string, [CallName, object]>;

describe("what a killed till has left in the printer is cut off before the next paper", () => {
  it.each(Object.entries(PAPERS))("%s", async (_, [call, input]) => {
    const bench = await TillBench.open({ factor: 1 });
    await bench.sell();
    await bench.untilState(1, "printed");
    await bench.untilIdle();
    const before = bench.device.paper.slips().length;
    await powerFailsDuring(bench, call, { requestId: bench.requestId(), ...input } as never);
    await bench.start();
    await bench.until(({ printer }) => printer.state === "ready");
    await bench.sell();
    await bench.untilState(2, "printed");
    await bench.untilIdle();
    const pieces = bench.device.paper
      .slips()
      .slice(before)
      .map((slip) => slip.text().trim())
      .filter((text) => text !== "");
    expect(pieces).toHaveLength(2);
    const [torn, receipt] = pieces;
    expect(torn).not.toContain("单号 2");
    expect(receipt).toMatch(/^街角便利店/);
    expect(receipt).toContain("- 2 小票完 -");
  });
});
