import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { tempDir } from "../support/temp-dir.ts";

const KILLS = 20;
const script = fileURLToPath(new URL("../support/sell-flat-out.ts", import.meta.url));

/** Sells in a child until `sales` are acknowledged, then kills it where it stands. Returns the last acknowledged number. */
async function sellAndKill(dir: string, sales: number): Promise<number> {
  const child = spawn(process.execPath, ["--no-warnings", script, dir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let said = "";
  let acknowledged = 0;
  child.stdout.setEncoding("utf8");
  for await (const chunk of child.stdout) {
    said += String(chunk);
    acknowledged = said.split("\n").length - 2; // the first line says "open", the last may be half
    if (acknowledged >= sales) child.kill("SIGKILL");
  }
  const [, signal] = (await exited) as [number | null, NodeJS.Signals | null];
  expect(signal).toBe("SIGKILL");
  const whole = said.slice(0, said.lastIndexOf("\n")).split("\n").slice(1);
  return Number(whole.at(-1));
}

it(
  `no acknowledged sale is lost in ${KILLS} kills, and nothing half is left`,
  { timeout: 60_000 },
  async () => {
    const dir = tempDir();
    let least = 0;
    for (let round = 0; round < KILLS; round += 1) {
      // oxlint-disable-next-line no-await-in-loop -- each kill goes on where the one before ended
      least = await sellAndKill(dir, 1 + round * 3);
      const log = new SaleLog(dir);
      const newest = log.sales.newestId();
      expect(newest).toBeGreaterThanOrEqual(least);
      // At most the one sale that was committed and not yet said.
      expect(newest).toBeLessThanOrEqual(least + 1);
      expect(log.receipts.owed()).toHaveLength(newest);
      expect(log.receipts.openJobs()).toHaveLength(newest);
      expect(log.sales.record(newest)?.receiptNo).toBe(newest);
      expect(log.findBrokenLink()).toBeNull();
      log.close();
    }
    expect(least).toBeGreaterThan(KILLS);
  },
);
