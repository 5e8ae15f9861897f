import type { BenchRow } from "../suites.ts";
import { median, table } from "../table.ts";
import { medianRatio, ms, percentile, timed } from "./measure.ts";
import { Random } from "./random.ts";
import { SearchedLog, waysOf } from "./searching.ts";

const ROUNDS = 9;
const PER_ROUND = 100;
/** Rows of a page where a short log is compared with a long one: both must have them. */
const FEW_ROWS = 10;
/** One picture of a screen that draws sixty of them a second. */
const FRAME_MS = 16;
const SEED = 99;

/** What somebody would write who has no index of names. Nothing is found, so all of it is read. */
const LIKE = `SELECT DISTINCT l.sale_id FROM sale_line l JOIN item_name i ON i.id=l.name_id
  WHERE i.name_zh LIKE '%没有卖过%' OR i.name_en LIKE '%没有卖过%' ORDER BY l.sale_id DESC LIMIT 50`;

const SETTLED = "('printed','delivered','declined','handwritten')";
/** Receipts the printer did not prove, by day and cause: settled by people, and still owed. */
const trend = (how: string) => `SELECT day_id, cause, count(*) FROM receipt ${how}
    WHERE proof IS NOT 'device' AND state IN ${SETTLED} AND day_id>=? AND day_id<?
    GROUP BY day_id, cause
  UNION ALL SELECT day_id, cause, count(*) FROM receipt ${how}
    WHERE state NOT IN ${SETTLED} AND day_id>=? AND day_id<? GROUP BY day_id, cause`;
const dayTotals = (how: string) => `SELECT count(*), sum(total) FROM sale ${how} WHERE day_id=?`;

/** Everything somebody may be waiting for in front of a screen. */
export async function benchSearch(dir: string, tell: (line: string) => void): Promise<BenchRow[]> {
  const searched = await SearchedLog.open(dir);
  const { log } = searched;
  const random = new Random(SEED);
  const ways = waysOf(searched.known);
  const times = ways.map((): number[][] => []);
  const like: number[] = [];
  const trends: [number[], number[]] = [[], []];
  const totals: [number[], number[]] = [[], []];
  const lastDay = Number(log.get("SELECT max(id) AS n FROM day")?.["n"]);
  for (const way of ways) for (let n = 0; n < 5; n += 1) searched.time(way, random);
  for (let round = 0; round < ROUNDS; round += 1) {
    ways.forEach((way, index) => {
      times[index]?.push(inARow(() => searched.time(way, random)));
    });
    like.push(timed(() => log.rows(LIKE)));
    const from = 1 + random.below(Math.max(1, lastDay - 365));
    for (const [side, how] of ["", "NOT INDEXED"].entries()) {
      trends[side]?.push(timed(() => log.rows(trend(how), from, from + 365, from, from + 365)));
      totals[side]?.push(timed(() => log.rows(dayTotals(how), from)));
    }
  }
  searched.close();
  // The median of the rounds: what else the machine does falls on some of them, not on all.
  const at = (index: number, share: number) =>
    median((times[index] ?? []).map((round) => percentile(round, share)));
  const worst = (index: number) => at(index, 0.99);
  tell(
    table([
      ["milliseconds to a full page or the end", "p50", "p90", "p99"],
      ...ways.map(({ name }, index) => [
        name,
        ...[0.5, 0.9, 0.99].map((share) => ms(at(index, share))),
      ]),
      ["LIKE over all lines, no hit", ms(median(like)), "", ""],
      ["a year by cause", ms(median(trends[0])), "", ""],
      ["a year by cause, NOT INDEXED", ms(median(trends[1])), "", ""],
    ]),
  );
  const byName = ways.flatMap(({ name }, index) =>
    name.startsWith("name, ") && name.endsWith("characters") ? [index] : [],
  );
  const faster = median(like) / Math.max(...byName.map(worst));
  const slowest = FRAME_MS / Math.max(...ways.map((_, index) => worst(index)));
  const year = medianRatio(trends[1], trends[0]);
  const day = medianRatio(totals[1], totals[0]);
  return [
    {
      name: "search: LIKE scan / p99 by part of a name",
      ratio: faster,
      goal: 100,
      ok: faster >= 100,
    },
    {
      name: `search: ${FRAME_MS} ms / p99 of the slowest way`,
      ratio: slowest,
      goal: 1,
      ok: slowest >= 1,
    },
    { name: "report: a year by cause, NOT INDEXED / ours", ratio: year, goal: 25, ok: year >= 25 },
    { name: "report: totals of a day, NOT INDEXED / ours", ratio: day, goal: 200, ok: day >= 200 },
  ];
}

/** The same questions to a log five times as long. */
export async function benchGrowth(
  small: string,
  large: string,
  tell: (line: string) => void,
): Promise<BenchRow[]> {
  const logs = [await SearchedLog.open(small), await SearchedLog.open(large)] as const;
  const random = new Random(SEED);
  const names = [
    "receipt by number",
    "newest 50",
    "50 at any depth",
    "name, 2 characters",
    "last 4 of the reference",
    "cashier",
  ];
  const rows: BenchRow[] = [];
  const lines: string[][] = [["p50 in milliseconds", "short log", "long log", "ratio"]];
  for (const name of names) {
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [side, searched] of logs.entries()) {
        const way = waysOf(searched.known).find((each) => each.name === name);
        if (!way) throw new Error(`no way ${name}`);
        const round = inARow(() => searched.time(way, random, FEW_ROWS));
        times[side]?.push(median(round));
      }
    const ratio = medianRatio(times[1], times[0]);
    lines.push([name, ms(median(times[0])), ms(median(times[1])), ratio.toFixed(2)]);
    rows.push({
      name: `growth: ${name}, p50 of five times the sales`,
      ratio,
      goal: 1.5,
      atMost: true,
      ok: ratio <= 1.5,
    });
  }
  for (const searched of logs) searched.close();
  tell(table(lines));
  return rows;
}

function inARow(time: () => number): number[] {
  return Array.from({ length: PER_ROUND }, time);
}
