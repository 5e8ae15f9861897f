import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { completeRestore, finishRestore } from "../../../main/backup/backups.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { Random } from "../../soak/random.ts";
import { addSale } from "../../unit/support/log-samples.ts";
import { Tally, type Drill, type DrillOptions } from "../drill.ts";
import { DrillTill } from "../till/drill-till.ts";

const SCRIPT = fileURLToPath(
  new URL("../../unit/backup/copy-and-restore-child.ts", import.meta.url),
);
const SALES_HERE = 5;
const SALES_IN_BACKUP = 3;
/** Changes of the disk a restore makes, and some more: then it gets through. */
const MOST_STEPS = 24;
/** Every so many restores are killed by the clock instead of at a step. */
const BY_CLOCK_EVERY = 3;
const LONGEST_MS = 900;

export const halfRestoredDrill: Drill = {
  title: "kill -9 in the middle of a restore",
  cashier: {
    zh: "重新打开，要么还是原来的账本，要么是恢复好的账本，从不会一半一半；原来的账本收在旁边的文件夹里。",
    en: "Open the till again: either the books of before or the restored ones, never half of each; those of before are kept in a folder beside them.",
  },
  times: { long: 150, quick: 6 },
  run: async (options) => {
    const { dir, seed, times, log } = options;
    const random = new Random(seed);
    const tally = new Tally();
    const backup = await makeBackup(dir);
    const home = makeBooks(dir);
    const ends = { before: 0, restored: 0 };
    for (; tally.times < times; tally.times += 1) {
      if (tally.times % 50 === 49) log(`half-restored: ${tally.times + 1} of ${times}`);
      const till = join(dir, `till-${tally.times}`);
      cpSync(home.dir, till, { recursive: true });
      // oxlint-disable-next-line no-await-in-loop -- one restore after the other
      const what = await restoreAndKill(options, till, backup, tally.times, random);
      const sales = openAfter(till, home.seq, what, tally);
      if (sales === SALES_HERE) ends.before += 1;
      else ends.restored += 1;
      rmSync(till, { recursive: true, force: true });
    }
    tally.facts["ended with the books of before"] = ends.before;
    tally.facts["ended with the restored ones"] = ends.restored;
    return tally.outcome();
  },
};

/** A backup with some sales, made by a till. */
async function makeBackup(dir: string): Promise<string> {
  const till = new DrillTill(join(dir, "other"));
  await till.setUp();
  for (let n = 0; n < SALES_IN_BACKUP; n += 1) await till.sell();
  await till.untilPrinted();
  // The till makes copies by itself too; on a fast clock its patience with itself is short.
  let made = await till.ask("backup.run", { requestId: till.requestId() });
  while (made.code === "BACKUP_BUSY")
    // oxlint-disable-next-line no-await-in-loop -- one try after the other
    made = await till.ask("backup.run", { requestId: till.requestId() });
  await till.end();
  const path = made.value?.state.copies[0]?.path;
  if (path === undefined) throw new Error("no backup was made");
  return path;
}

function makeBooks(dir: string): { dir: string; seq: number } {
  const home = join(dir, "home");
  mkdirSync(home);
  const log = new SaleLog(home);
  for (let n = 0; n < SALES_HERE; n += 1) addSale(log);
  const { seq } = log.head();
  log.close();
  return { dir: home, seq };
}

async function restoreAndKill(
  { dir }: DrillOptions,
  till: string,
  backup: string,
  round: number,
  random: Random,
): Promise<string> {
  const byClock = round % BY_CLOCK_EVERY === BY_CLOCK_EVERY - 1;
  const step = byClock ? 0 : 1 + (round % MOST_STEPS);
  const child = spawn(
    process.execPath,
    ["--no-warnings", SCRIPT, "place", till, backup, String(step)],
    { stdio: "ignore", env: { ...process.env, NODE_COMPILE_CACHE: join(dir, "cache") } },
  );
  const exited = once(child, "exit");
  const afterMs = random.int(50, LONGEST_MS);
  if (byClock) void sleep(afterMs, undefined, { ref: false }).then(() => child.kill("SIGKILL"));
  await exited;
  return byClock ? `killed after ${afterMs} ms` : `killed at step ${step}`;
}

/** What the next start does; the number of sales it finds. */
function openAfter(dir: string, seqHere: number, what: string, tally: Tally): number {
  const store = new Map<string, unknown>();
  try {
    const plan = finishRestore(dir, {
      get: (key) => store.get(key),
      set: (key, value) => void store.set(key, value),
    });
    const log = new SaleLog(dir);
    if (plan) completeRestore(dir, plan, log);
    const sales = log.sales.newestSoldId();
    const isHere = sales === SALES_HERE && log.head().seq >= seqHere;
    const aside = readdirSync(dir).find((name) => name.startsWith("set-aside"));
    const isAside = existsSync(join(dir, aside ?? "", "slipsure.db"));
    if (!isHere && sales !== SALES_IN_BACKUP) tally.lose(`${what}: ${sales} sales`);
    if (log.sales.nextId() <= SALES_HERE) tally.mistake(`${what}: a number is given again`);
    if (!isHere && !isAside) tally.lose(`${what}: the books of before`);
    for (const { code } of log.damage) tally.mistake(`${what}: damage that is none: ${code}`);
    if (log.findBrokenLink() !== null) tally.mistake(`${what}: the chain is broken`);
    log.close();
    return sales;
  } catch (error) {
    tally.lose(`${what}: ${String(error)}`);
    return 0;
  }
}
