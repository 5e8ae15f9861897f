import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BooksWatch } from "../crash/books-watch.ts";
import { Seller } from "../crash/seller.ts";
import { Random } from "../../soak/random.ts";
import { skipped, Tally, type Drill, type DrillOptions } from "../drill.ts";
import { fileDisk, makeDisk, whyNoMount, type Mount } from "./mounts.ts";
import { powerSwitch, type CutPower } from "./shutdown.ts";

const DISK_BYTES = 256 * 1024 * 1024;
/** Then the next disk is begun: the first start of a till loses its power too. */
const CUTS_PER_DISK = 20;
const VERIFY_EVERY = 10;

export const powerDrill: Drill = {
  title: "power cut: a real file system loses everything that was not synced",
  cashier: {
    zh: "来电后重新打开，屏幕上说过“完成”的每一笔都在。",
    en: "When the power is back, open the till: every sale the screen called done is there.",
  },
  times: { long: 100, quick: 3 },
  run: async (options) => {
    const why = whyNoMount();
    if (why !== null) return skipped(why);
    const tally = new Tally();
    try {
      await cutMany(options, tally);
    } catch (error) {
      if (tally.times > 0) throw error;
      return skipped(error instanceof Error ? error.message : String(error));
    }
    return tally.outcome();
  },
};

async function cutMany(options: DrillOptions, tally: Tally): Promise<void> {
  const { dir, seed, times, log } = options;
  const random = new Random(seed);
  const cache = join(dir, "cache");
  const image = join(dir, "disk.img");
  const place = join(dir, "disk");
  Seller.warmUp(cache);
  const cut = await powerSwitch();
  let watch: BooksWatch | null = null;
  let events = 0;
  let gone = 0;
  let disk: Mount | null = null;
  try {
    for (; tally.times < times; tally.times += 1) {
      if (tally.times % CUTS_PER_DISK === 0) {
        makeDisk(image, DISK_BYTES);
        watch = new BooksWatch(join(place, "till"), tally);
      }
      if (!watch) throw new Error("no disk was made");
      disk = fileDisk(place, image);
      mkdirSync(watch.dir, { recursive: true });
      // oxlint-disable-next-line no-await-in-loop -- one cut after the other
      const { said, promised, diedBefore } = await sellUntilDark(
        watch.dir,
        cut,
        place,
        cache,
        random,
      );
      disk.unmount();
      disk = fileDisk(place, image);
      if (diedBefore !== null) tally.mistake(`cut ${tally.times}: no till to cut: ${diedBefore}`);
      if (said.damage.length > 0)
        tally.mistake(`cut ${tally.times}: damage that is none: ${said.damage.join()}`);
      for (const saleId of said.twice) tally.mistake(`cut ${tally.times}: sale ${saleId} twice`);
      const before = watch.head.seq;
      const goneBefore = watch.goneInTheDark;
      watch.look(promised, said.acknowledged);
      events += watch.head.seq - before;
      gone += watch.goneInTheDark - goneBefore;
      // oxlint-disable-next-line no-await-in-loop -- as above
      if (tally.times % VERIFY_EVERY === VERIFY_EVERY - 1) await watch.verify();
      if (tally.times % 25 === 24) log(`power: ${tally.times + 1} of ${times}`);
      disk.unmount();
      disk = null;
    }
  } finally {
    disk?.unmount();
    rmSync(image, { force: true });
  }
  tally.facts["events"] = events;
  tally.facts["said while the power went, and gone"] = gone;
}

/** Cuts the power 5 to 150 ms after the first sale; one in eight earlier, while the log is being opened. */
async function sellUntilDark(
  dir: string,
  cut: CutPower,
  place: string,
  cache: string,
  random: Random,
) {
  const seller = new Seller(cache);
  seller.sellIn(dir, random.int(0, 2 ** 31));
  try {
    if (random.chance(1 / 8)) await sleep(random.int(0, 60));
    else {
      await seller.hasSold();
      await sleep(random.int(5, 150));
    }
    // In the dark no screen says anything: what is said from here on promises nothing.
    const promised = seller.soFar();
    const diedBefore = seller.hasEnded();
    cut(place);
    const said = await seller.kill();
    return { promised, said, diedBefore: diedBefore ? said.diedOf : null };
  } catch (error) {
    await seller.kill();
    throw error;
  }
}
