import { cpSync, existsSync, rmSync } from "node:fs";
import { FINDING_FILE } from "../../../main/sale-log/reader/finding-file.ts";
import { join } from "node:path";
import type { BenchRow, Suite } from "../suites.ts";
import { buildLog, logDir } from "./build.ts";
import { benchCommits } from "./commit-bench.ts";
import { benchGrowth, benchSearch } from "./search-bench.ts";
import { benchStart } from "./start-bench.ts";
import { SearchedLog } from "./searching.ts";
import { benchBackup, benchBusyBackup, benchVerify } from "./whole-file-bench.ts";

const SALES = 1_000_000;
const GROWTH = 5;

type Tell = (line: string) => void;
/** A log, and one with a fifth of its sales. */
interface Logs {
  large: string;
  small: string;
}

/** What is measured, in this order; one after another, because two at a time would measure each other. */
const PARTS: Record<string, (logs: Logs, tell: Tell) => Promise<BenchRow[]>> = {
  search: ({ large }, tell) => benchSearch(large, tell),
  growth: ({ small, large }, tell) => benchGrowth(small, large, tell),
  verify: ({ large }, tell) => benchVerify(large, tell),
  backup: ({ large }, tell) => benchBackup(large, tell),
  busy: ({ small }, tell) => withCopy(small, (copy) => benchBusyBackup(copy, tell)),
  commit: ({ large }, tell) => withCopy(large, async (copy) => benchCommits(copy, tell)),
  start: ({ large }, tell) => withCopy(large, (copy) => benchStart(copy, tell)),
};

/** The sale log of a till that has sold for three years. */
export const logSuite: Suite = {
  title: "log: a million sales of three years, made by the code that sells",
  parts: Object.keys(PARTS),
  run: async (tell, { sales, part }) => {
    const count = sales ?? SALES;
    const large = buildLog(count, tell);
    const small = buildLog(Math.round(count / GROWTH), tell);
    await makeSearchable([small, large], tell);
    const rows: BenchRow[] = [];
    for (const [name, measure] of Object.entries(PARTS)) {
      if (part !== null && part !== name) continue;
      // oxlint-disable-next-line no-await-in-loop -- see PARTS
      rows.push(...(await measure({ large, small }, tell)));
    }
    return rows;
  },
};

async function makeSearchable(dirs: readonly string[], tell: (line: string) => void) {
  for (const dir of dirs) {
    if (existsSync(join(dir, FINDING_FILE))) continue;
    const startedMs = performance.now();
    const searched = await SearchedLog.open(dir);
    searched.close();
    tell(
      `made the search file of ${dir} in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`,
    );
  }
}

/** A log that may be changed; the one it was copied from is kept for the next run. */
async function withCopy<T>(dir: string, use: (copy: string) => Promise<T>): Promise<T> {
  const copy = `${logDir(0)}.copy`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(dir, copy, { recursive: true });
  try {
    return await use(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
