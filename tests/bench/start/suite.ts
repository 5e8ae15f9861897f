import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { appDir } from "../../../main/shells/app-paths.ts";
import { findChromium, quietSwitches } from "../../../main/shells/browser/chromium.ts";
import { ensureBuilt, MAIN, RENDERER } from "../../../main/shells/launch/build.ts";
import { buildLog } from "../log/build.ts";
import { ms } from "../log/measure.ts";
import type { BenchRow, Suite } from "../suites.ts";
import { median } from "../table.ts";
import { openCounter, setUpShop } from "./counter.ts";
import { residentMb, startNode } from "./started.ts";

const SALES = 1_000_000;
const SMALL_SALES = 2_000;
const ROUNDS = 9;
/** Once a till has been left alone for so long, what it loads when nobody sells is in memory too. */
const SETTLED_MS = 8_000;
const GIVEN_BACK_MS = 20_000;
const READY_RATIO_GOAL = 1.5;
const READY_MORE_MS = 150;
const MEMORY_GOAL_MB = 120;
/** A log 500 times as large may start this much later. */
const GROWTH_GOAL = 1.15;

interface Times {
  readyMs: number[];
  soldMs: number[];
}

/** From the start of the process to a till that has sold, as it is shipped. */
export const startSuite: Suite = {
  title: "start: from process start to a sale accepted, on a log of three years",
  run: async (tell, { sales }) => {
    const root = appDir();
    ensureBuilt(root, RENDERER);
    ensureBuilt(root, MAIN);
    const dir = mkdtempSync(join(tmpdir(), "slipsure-start-"));
    try {
      const large = await shopWith(dir, sales ?? SALES, tell);
      const small = await shopWith(dir, SMALL_SALES, tell);
      return await measure({ root, large, small }, tell);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

/** A copy of the cached log that this run may sell on, set up and opened once. */
async function shopWith(dir: string, sales: number, tell: (line: string) => void) {
  const data = join(dir, String(sales));
  cpSync(buildLog(sales, tell), data, { recursive: true });
  const till = await startNode([tillMain(appDir()), "--no-open", "--data", data]);
  await setUpShop(till.url);
  await till.end();
  return data;
}

function tillMain(root: string): string {
  return join(root, "dist", "main", "browser.js");
}

async function measure(
  { root, large, small }: { root: string; large: string; small: string },
  tell: (line: string) => void,
): Promise<BenchRow[]> {
  const bareScript = join(import.meta.dirname, "bare-server.mjs");
  const bare: number[] = [];
  const times = { large: noTimes(), small: noTimes() };
  const pages: number[] = [];
  // One after the other in every round: what slows the machine slows all of them.
  for (let round = 0; round < ROUNDS; round += 1) {
    const server = await startNode([bareScript]);
    bare.push(server.readyMs);
    await server.end();
    for (const [name, data] of Object.entries({ large, small })) {
      const till = await startNode([tillMain(root), "--no-open", "--data", data]);
      times[name as keyof typeof times].readyMs.push(till.readyMs);
      const counter = await openCounter(till.url);
      await counter.sell();
      times[name as keyof typeof times].soldMs.push(performance.now() - till.startedMs);
      await counter.untilPrinted();
      await till.end();
    }
    pages.push(await barePageMs());
  }
  const memoryMb = await settledMemoryMb({ root, data: large }, tell);
  const bareMb = await bareMemoryMb(bareScript);
  const bareMs = median(bare);
  const readyMs = median(times.large.readyMs);
  tell(
    `bare Node HTTP server ready: ${ms(bareMs)} ms; bare Chromium page: ${ms(median(pages))} ms`,
  );
  tell(`till ready: ${ms(readyMs)} ms (small log ${ms(median(times.small.readyMs))} ms)`);
  tell(
    `till has sold: ${ms(median(times.large.soldMs))} ms (small log ${ms(median(times.small.soldMs))} ms)`,
  );
  tell(
    `memory: ${memoryMb === null ? "not known here" : `${ms(memoryMb)} MB`}, bare Node ${ms(bareMb ?? Number.NaN)} MB`,
  );
  const goalMs = READY_RATIO_GOAL * bareMs + READY_MORE_MS;
  const growth = readyMs / median(times.small.readyMs);
  return [
    atMost("start: ready / (1.5 × bare Node + 150 ms)", readyMs / goalMs, 1),
    atMost("start: ready on this log / on a small one", growth, GROWTH_GOAL),
    atMost(
      "start: sale accepted / a bare Chromium page",
      median(times.large.soldMs) / median(pages),
      1,
    ),
    ...(memoryMb === null
      ? []
      : [atMost("memory: megabytes of the main process", memoryMb, MEMORY_GOAL_MB)]),
  ];
}

function noTimes(): Times {
  return { readyMs: [], soldMs: [] };
}

function atMost(name: string, ratio: number, goal: number): BenchRow {
  return { name, ratio, goal, atMost: true, ok: ratio <= goal };
}

/** From the start of a browser to a page that is shown. */
async function barePageMs(): Promise<number> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("No Chromium, Chrome or Edge was found.");
  const args = quietSwitches("").filter((text) => !text.startsWith("--user-data-dir"));
  const startedMs = performance.now();
  const browser = await chromium.launch({ executablePath, args: [...args, "--disable-gpu"] });
  const page = await browser.newPage();
  await page.setContent("<!doctype html><title>page</title>");
  const took = performance.now() - startedMs;
  await browser.close();
  return took;
}

async function settledMemoryMb(
  { root, data }: { root: string; data: string },
  tell: (line: string) => void,
): Promise<number | null> {
  const till = await startNode([tillMain(root), "--no-open", "--data", data]);
  const counter = await openCounter(till.url);
  await counter.sell();
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  const copyingMb = residentMb(till.child.pid);
  await counter.untilCopied();
  // What a thread leaves behind is given back some seconds after it has ended.
  await new Promise((resolve) => setTimeout(resolve, GIVEN_BACK_MS));
  const mb = residentMb(till.child.pid);
  await till.end();
  if (copyingMb !== null)
    tell(`memory while the first copy of the books is made: ${ms(copyingMb)} MB`);
  return mb;
}

async function bareMemoryMb(script: string): Promise<number | null> {
  const server = await startNode([script]);
  const mb = residentMb(server.child.pid);
  await server.end();
  return mb;
}
