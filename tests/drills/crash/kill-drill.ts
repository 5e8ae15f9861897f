import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../../soak/random.ts";
import { Tally, type Drill, type DrillOptions } from "../drill.ts";
import { BooksWatch } from "./books-watch.ts";
import { Seller, type Said } from "./seller.ts";

/** Folders that are sold into side by side. */
const LANES = 2;
/** The whole log is verified after so many kills. */
const VERIFY_EVERY = 100;
/** Then the next log is begun: the first start of a till is killed too. */
const KILLS_PER_LOG = 400;

export const killDrill: Drill = {
  title: "kill -9 at any moment while sales are made",
  cashier: {
    zh: "重新打开，卖完的每一笔都在；没说“完成”的那一笔再按一次，不会变成两笔。",
    en: "Open the till again: every finished sale is there; press again for the one that did not say done, it will not be made twice.",
  },
  times: { long: 10_000, quick: 200 },
  run: async (options) => {
    const tally = new Tally();
    const cache = join(options.dir, "cache");
    Seller.warmUp(cache);
    const startMs = performance.now();
    const lanes = Array.from({ length: LANES }, (_, lane) => {
      const times = Math.floor((options.times + lane) / LANES);
      return killLane({ ...options, times, seed: options.seed + lane }, lane, cache, tally);
    });
    const sold = await Promise.all(lanes);
    const seconds = (performance.now() - startMs) / 1000;
    tally.facts["kills/s"] = Math.round((tally.times / seconds) * 10) / 10;
    tally.facts["sales"] = sold.reduce((sum, { sales }) => sum + sales, 0);
    tally.facts["events"] = sold.reduce((sum, { events }) => sum + events, 0);
    tally.facts["killed while opening"] = sold.reduce((sum, { early }) => sum + early, 0);
    return tally.outcome();
  },
};

async function killLane(options: DrillOptions, lane: number, cache: string, tally: Tally) {
  const random = new Random(options.seed);
  const totals = { sales: 0, events: 0, early: 0 };
  let watch: BooksWatch | null = null;
  let spare = new Seller(cache);
  const finish = async () => {
    if (!watch) return;
    await watch.verify();
    totals.sales += watch.sales;
    totals.events += watch.head.seq;
    rmSync(watch.dir, { recursive: true, force: true });
    watch = null;
  };
  try {
    for (let kill = 0; kill < options.times; kill += 1) {
      if (kill % KILLS_PER_LOG === 0) await finish();
      watch ??= new BooksWatch(freshDir(options.dir, `lane-${lane}-${kill}`), tally);
      const seller = spare;
      // Starts while this one sells.
      spare = new Seller(cache);
      const said = await sellAndKill(seller, watch.dir, random);
      if (!said.isOpen) totals.early += 1;
      tally.times += 1;
      judge(said, tally, `kill ${kill} of lane ${lane}`);
      watch.look(said.acknowledged);
      if (kill % VERIFY_EVERY === VERIFY_EVERY - 1) {
        await watch.verify();
        const soFar = `lost ${tally.lost}, false ${tally.wrong} so far`;
        options.log(`kill: lane ${lane} ${kill + 1} of ${options.times}, ${soFar}`);
      }
    }
    await finish();
  } finally {
    await spare.kill();
  }
  return totals;
}

/** Kills 5 to 150 ms after the first sale; one in eight earlier, while the log is still being opened. */
async function sellAndKill(seller: Seller, dir: string, random: Random): Promise<Said> {
  seller.sellIn(dir, random.int(0, 2 ** 31));
  if (random.chance(1 / 8)) await sleep(random.int(0, 60));
  else {
    await seller.hasSold();
    await sleep(random.int(5, 150));
  }
  return seller.kill();
}

function judge(said: Said, tally: Tally, when: string): void {
  if (said.diedOf !== null) tally.mistake(`${when}: the till ended by itself, ${said.diedOf}`);
  if (said.damage.length > 0)
    tally.mistake(`${when}: damage that is none: ${said.damage.join(",")}`);
  for (const saleId of said.twice) tally.mistake(`${when}: sale ${saleId} would be made twice`);
}

function freshDir(parent: string, name: string): string {
  const dir = join(parent, name);
  mkdirSync(dir, { recursive: true });
  return dir;
}
