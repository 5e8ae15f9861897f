import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BenchRow, Suite } from "../suites.ts";
import { median, table } from "../table.ts";
import { CONTENDERS, type MakeReceipt } from "./contenders.ts";
import { onPaper, type OnPaper } from "./on-paper.ts";
import { installPeers } from "./peers.ts";

const ROUNDS = 40;
/** One turn of one contender; short, so that whatever else the machine does falls on all alike. */
const TURN_MS = 30;
const STARTS = 9;

const FASTER_GOAL = 1.5;
const FIRST_GOAL_MS = 10;

interface Result {
  name: string;
  perSecond: number;
  bytes: number;
  paper: OnPaper;
  loadMs: number;
  firstMs: number;
}

/** How fast a receipt becomes bytes, ours beside other libraries in one interleaved run. */
export const encodeSuite: Suite = {
  title: "encode: one receipt of 20 lines of Chinese, QR code, EAN-13 and cut, as ESC/POS",
  run: async (log) => {
    installPeers(log);
    const makers = await Promise.all(CONTENDERS.map((contender) => contender.load()));
    const speeds = await measure(makers);
    const results: Result[] = [];
    for (const [index, { name }] of CONTENDERS.entries()) {
      const bytes = (await makers[index]?.()) ?? new Uint8Array();
      const start = firstReceipt(name);
      const paper = await onPaper(bytes);
      results.push({ name, perSecond: speeds[index] ?? 0, bytes: bytes.length, paper, ...start });
    }
    log(`${ROUNDS} interleaved rounds; medians. First receipt: ${STARTS} fresh processes each.`);
    log(describe(results));
    for (const { name, paper } of results)
      if (!paper.chinese) log(`${name}: no row on its paper reads ${paper.wrong}`);
    return verdict(results);
  },
};

/** Receipts per second of each, the median of rounds that all of them run in turn. */
async function measure(makers: readonly MakeReceipt[]): Promise<number[]> {
  const rates = makers.map((): number[] => []);
  for (const make of makers) await turn(make, TURN_MS * 3);
  for (let round = 0; round < ROUNDS; round += 1)
    for (let step = 0; step < makers.length; step += 1) {
      // Another one begins each round, so nobody is always first after somebody's garbage.
      const index = (round + step) % makers.length;
      const make = makers[index];
      if (make !== undefined) rates[index]?.push(await turn(make, TURN_MS));
    }
  return rates.map(median);
}

async function turn(make: MakeReceipt, forMs: number): Promise<number> {
  const started = performance.now();
  let made = 0;
  let now = started;
  while (now - started < forMs) {
    for (let n = 0; n < 5; n += 1) await make();
    made += 5;
    now = performance.now();
  }
  return (made / (now - started)) * 1000;
}

function firstReceipt(name: string): { loadMs: number; firstMs: number } {
  const script = fileURLToPath(new URL("./first-receipt.ts", import.meta.url));
  const starts = Array.from({ length: STARTS }, () => {
    const child = spawnSync(process.execPath, [script, name], { encoding: "utf8" });
    if (child.status !== 0) throw new Error(`${name} did not start: ${child.stderr}`);
    return JSON.parse(child.stdout) as { loadMs: number; firstMs: number };
  });
  return {
    loadMs: median(starts.map((start) => start.loadMs)),
    firstMs: median(starts.map((start) => start.firstMs)),
  };
}

function describe(results: readonly Result[]): string {
  const header = ["library", "receipts/s", "bytes", "load ms", "1st ms", "QR", "EAN", "Chinese"];
  const rows = results.map(({ name, perSecond, bytes, loadMs, firstMs, paper }) => [
    name,
    perSecond.toFixed(0),
    String(bytes),
    loadMs.toFixed(0),
    firstMs.toFixed(1),
    paper.qr,
    paper.ean,
    paper.chinese ? "right" : "WRONG",
  ]);
  return table([header, ...rows]);
}

function verdict(results: readonly Result[]): BenchRow[] {
  const [ours, ...peers] = results;
  if (ours === undefined) throw new Error("nothing was measured");
  const right = peers.filter(({ paper }) => paper.chinese && paper.cut);
  const fastest = right.toSorted((a, b) => b.perSecond - a.perSecond)[0];
  if (fastest === undefined) throw new Error("no peer printed the Chinese right");
  const sound = ours.paper.chinese && ours.paper.qr === "data" && ours.paper.ean === "data";
  const faster = ours.perSecond / fastest.perSecond;
  const soon = FIRST_GOAL_MS / ours.firstMs;
  return [
    { name: "our receipt reads back whole", ratio: sound ? 1 : 0, goal: 1, ok: sound },
    {
      name: `receipts/s beside ${fastest.name}, the fastest peer with right Chinese`,
      ratio: faster,
      goal: FASTER_GOAL,
      ok: faster >= FASTER_GOAL,
    },
    {
      name: `first receipt after start within ${FIRST_GOAL_MS} ms`,
      ratio: soon,
      goal: 1,
      ok: soon >= 1,
    },
  ];
}
