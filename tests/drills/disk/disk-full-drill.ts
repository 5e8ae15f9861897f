import { existsSync, openSync, closeSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../soak/random.ts";
import { skipped, Tally, type Drill } from "../drill.ts";
import { DrillTill, PIN } from "../till/drill-till.ts";
import { memoryDisk, whyNoMount } from "./mounts.ts";

const DISK_MB = 16;
const BALLAST_BYTES = 1024 * 1024;
/** More sales than fit into the ballast and everything that was left. */
const MOST_SALES = 1000;
const BLOCK = Buffer.alloc(4096, 7);

export const diskFullDrill: Drill = {
  title: "the disk fills up while sales are made",
  cashier: {
    zh: "红线写着“磁盘满了”：手上这一笔照常卖完，可以日结；再满下去会说“先别收款”，腾出空间后再按一次就好。",
    en: "A red line says the disk is full: the sale at hand goes through and the day can be closed; filled further, it says not to take money yet, and one more press goes through once there is room.",
  },
  times: { long: 30, quick: 2 },
  run: async ({ dir, seed, times, log }) => {
    const why = whyNoMount();
    if (why !== null) return skipped(why);
    const random = new Random(seed);
    const tally = new Tally();
    let saved = 0;
    let refused = 0;
    for (; tally.times < times; tally.times += 1) {
      if (tally.times % 10 === 9) log(`disk-full: ${tally.times + 1} of ${times}`);
      const disk = memoryDisk(join(dir, `disk-${tally.times}`), DISK_MB);
      try {
        // oxlint-disable-next-line no-await-in-loop -- one disk after the other
        const round = await fillUp(disk.dir, random, tally);
        saved += round.savedByReserve;
        refused += round.refused;
      } finally {
        disk.unmount();
      }
    }
    tally.facts["sales saved by the reserve"] = saved;
    tally.facts["sales refused in words"] = refused;
    return tally.outcome();
  },
};

async function fillUp(disk: string, random: Random, tally: Tally) {
  const what = `round ${tally.times}`;
  const dataDir = join(disk, "till");
  const till = new DrillTill(dataDir, { space: { ballastBytes: BALLAST_BYTES } });
  await till.setUp();
  const ballast = join(dataDir, "ballast.bin");
  const hasBallast = () => {
    till.clock.jump(60_000);
    return existsSync(ballast);
  };
  await waitFor(hasBallast);
  for (let n = random.int(1, 20); n > 0; n -= 1) tally.expect(what, await till.sell(), null);
  const filler = join(disk, "filler");
  fill(filler, random.int(0, 40) * BLOCK.length);
  // Full in the middle of a sale: it goes through by itself, on the reserve.
  let savedByReserve = 0;
  while (existsSync(ballast)) {
    const code = await till.sell();
    if (code !== null) return giveUp(till, tally, `${what}: ${code} while there is a reserve`);
    savedByReserve = 1;
    if (till.sold.size > MOST_SALES) return giveUp(till, tally, `${what}: the disk never filled`);
  }
  const shown = await till.warnings();
  tally.expect(`${what}: red line`, shown.includes("diskFull"), true);
  if (random.chance(0.5)) await closeDay(till, tally, what);
  // Now the reserve is used up too.
  fill(filler, random.int(0, 20) * BLOCK.length);
  let code: string | null = null;
  let requestId = "";
  while (code === null && till.sold.size < MOST_SALES) {
    requestId = till.requestId();
    code = await till.sell(requestId);
  }
  tally.expect(`${what}: said when nothing more fits`, code, "DISK_FULL");
  tally.expect(`${what}: said again`, await till.sell(requestId), "DISK_FULL");
  if (random.chance(0.5)) {
    // The computer is switched off and on with the disk as it is.
    await till.close();
    await till.open().catch(() => {});
  }
  rmSync(filler);
  if (!(await isOpen(till))) await till.open();
  tally.expect(`${what}: the same press with room again`, await till.sell(requestId), null);
  tally.expect(`${what}: pressed once more`, await till.sell(requestId), null);
  await waitFor(hasBallast);
  tally.expect(`${what}: red line gone`, (await till.warnings()).includes("diskFull"), false);
  await till.untilPrinted();
  await till.end();
  await till.judge(tally, what);
  return { savedByReserve, refused: 1 };
}

async function isOpen(till: DrillTill): Promise<boolean> {
  return till.warnings().then(
    () => true,
    () => false,
  );
}

async function giveUp(till: DrillTill, tally: Tally, why: string) {
  tally.mistake(why);
  await till.end();
  return { savedByReserve: 0, refused: 0 };
}

async function closeDay(till: DrillTill, tally: Tally, what: string): Promise<void> {
  await till.untilPrinted();
  const signature = { name: "小王", pin: PIN };
  const { code } = await till.ask("day.close", { requestId: till.requestId(), signature });
  tally.expect(`${what}: the day closed on the reserve`, code, null);
}

/** Writes until this many bytes are left. */
function fill(path: string, leaveBytes: number): void {
  const file = openSync(path, "a");
  try {
    for (;;) {
      const { bavail, bsize } = statfsSync(path);
      if (bavail * bsize <= leaveBytes) return;
      writeSync(file, BLOCK);
    }
  } catch {
    // Full to the last block.
  } finally {
    closeSync(file);
  }
}

/** Asks again and again: the ballast is written beside everything else and tells nobody. */
async function waitFor(check: () => boolean): Promise<void> {
  while (!check()) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
