import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { Random } from "../../soak/random.ts";
import { Tally, type Drill } from "../drill.ts";
import { DrillTill } from "./drill-till.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What people and dead batteries do to a clock. */
const JUMPS_MS = [-DAY_MS, -HOUR_MS, 365 * DAY_MS, -365 * DAY_MS, -30 * DAY_MS, 3 * HOUR_MS];

export const clockBackDrill: Drill = {
  title: "the clock set back and forth while sales are made",
  cashier: {
    zh: "开店检查说“电脑的时间不对”；小票照打，号码不断，一笔不少。",
    en: "The opening check says the clock is wrong; receipts print, numbers go on without a gap, no sale is missing.",
  },
  times: { long: 200, quick: 12 },
  run: async ({ dir, seed, times }) => {
    const random = new Random(seed);
    const tally = new Tally();
    const till = new DrillTill(join(dir, "till"));
    mkdirSync(till.dataDir);
    await till.setUp();
    let told = 0;
    for (; tally.times < times; tally.times += 1) {
      const byMs = random.pick(JUMPS_MS);
      const what = `set by ${byMs / HOUR_MS} h`;
      /* oxlint-disable no-await-in-loop -- one jump after the other */
      tally.expect(`${what}: before`, await till.sell(), null);
      const newestMs = till.clock.nowMs();
      till.clock.setBy(byMs);
      const isBehind = till.clock.nowMs() < newestMs - 10 * 60_000;
      const warns = (await till.warnings()).includes("clockBehind");
      if (isBehind && !warns) tally.mistake(`${what}: not said`);
      told += Number(warns);
      tally.expect(`${what}: after`, await till.sell(), null);
      if (random.chance(0.2)) {
        await till.untilPrinted();
        await till.close();
        await till.open();
      }
      /* oxlint-enable no-await-in-loop */
    }
    await till.untilPrinted();
    await till.end();
    await till.judge(tally, "in the end");
    tally.expect("numbers in the order of the log", misplaced(till.dataDir), 0);
    tally.facts["sales"] = till.sold.size;
    tally.facts["told"] = told;
    return tally.outcome();
  },
};

/** Sales whose number does not follow the order they were written in. */
function misplaced(dir: string): number {
  const db = new Database(logPath(dir), "read");
  try {
    const row = db.get(
      "SELECT count(*) AS n FROM sale a JOIN sale b ON b.id=a.id+1 WHERE b.seq<a.seq",
    );
    return Number(row?.["n"]);
  } finally {
    db.close();
  }
}
