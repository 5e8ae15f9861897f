import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../soak/random.ts";
import { Tally, type Drill } from "../drill.ts";
import { DrillTill } from "../till/drill-till.ts";
import { startFailure } from "../../../main/shells/start-failure.ts";
import { fileDisk, makeDisk, memoryDisk, whyNoMount } from "./mounts.ts";
import { powerSwitch } from "./shutdown.ts";

/** What makes a folder refuse to be written, and lets it be written again. */
interface Switch {
  dir: string;
  set(how: "ro" | "rw"): void;
  /** Lets it fail under an open till; a file that is open can't be made read-only. */
  fail?: () => Promise<void>;
  end(): void;
}

const REFUSED = "DISK_NOT_WRITABLE";

export const readOnlyDrill: Drill = {
  title: "the disk turns read-only while sales are made",
  cashier: {
    zh: "“磁盘写不进去，先别收款”：这一篮还在，磁盘好了再按一次就行；重开时会说清楚哪个文件夹写不了。",
    en: "“The disk can’t be written; do not take money yet”: the basket is still there and one more press works when the disk does; a restart names the folder.",
  },
  times: { long: 20, quick: 2 },
  run: async ({ dir, seed, times }) => {
    const random = new Random(seed);
    const tally = new Tally();
    const isMounted = whyNoMount() === null;
    for (; tally.times < times; tally.times += 1) {
      const place = join(dir, `disk-${tally.times}`);
      const ways = isMounted ? [remounting, failing] : [forbidding];
      const disk = (ways[tally.times % ways.length] ?? forbidding)(place);
      try {
        // oxlint-disable-next-line no-await-in-loop -- one disk after the other
        await sellOn(disk, random, tally);
      } finally {
        disk.end();
      }
    }
    tally.facts["how"] = isMounted ? "remounted, failing" : "file rights";
    return tally.outcome();
  },
};

async function sellOn(disk: Switch, random: Random, tally: Tally): Promise<void> {
  const what = `round ${tally.times}`;
  const till = new DrillTill(join(disk.dir, "till"));
  await till.setUp();
  for (let n = random.int(1, 10); n > 0; n -= 1) tally.expect(what, await till.sell(), null);
  await till.untilPrinted();
  const requestId = till.requestId();
  if (disk.fail) {
    await disk.fail();
    tally.expect(`${what}: a sale on a failing disk`, await till.sell(requestId), REFUSED);
    tally.expect(`${what}: once more`, await till.sell(requestId), REFUSED);
    await till.close();
    disk.set("rw");
  } else {
    await till.close();
    disk.set("ro");
    tally.expect(`${what}: start on it`, await startFails(till), "named");
    disk.set("rw");
  }
  await till.open();
  tally.expect(`${what}: the same press with the disk back`, await till.sell(requestId), null);
  await till.untilPrinted();
  await till.end();
  await till.judge(tally, what);
}

/** Whether the person at the counter is told which folder can't be written. */
async function startFails(till: DrillTill): Promise<string> {
  try {
    await till.open();
    return "it started";
  } catch (error) {
    const sentence = startFailure(error, "en");
    return sentence.includes("may not write") ? "named" : sentence;
  }
}

function remounting(dir: string): Switch {
  const disk = memoryDisk(dir, 16);
  return { dir, set: (how) => disk.remount(how), end: () => disk.unmount() };
}

/** A file system that is shut down answers every write with an error, as a dying disk does. */
function failing(dir: string): Switch {
  const image = `${dir}.img`;
  makeDisk(image, 64 * 1024 * 1024);
  let disk = fileDisk(dir, image);
  const set = () => {
    disk.unmount();
    disk = fileDisk(dir, image);
  };
  return { dir, set, fail: async () => (await powerSwitch())(dir), end: () => disk.unmount() };
}

function forbidding(dir: string): Switch {
  mkdirSync(dir, { recursive: true });
  const set = (how: "ro" | "rw") => {
    const folder = join(dir, "till");
    chmodSync(folder, 0o700);
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { name } of files) chmodSync(join(folder, name), how === "ro" ? 0o400 : 0o600);
    if (how === "ro") chmodSync(folder, 0o500);
  };
  return { dir, set, end: () => set("rw") };
}
