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

/** The sale log of a till that has sold for three years. */
export const logSuite: Suite = {
  title: "log: a million sales of three years, made by the code that sells",
  run: async (tell, { sales }) => {
    const count = sales ?? SALES;
    const large = buildLog(count, tell);
    const small = buildLog(Math.round(count / GROWTH), tell);
    await makeSearchable([small, large], tell);
    const rows: BenchRow[] = [];
    // One after another: two at a time would measure each other.
    rows.push(...(await benchSearch(large, tell)));
    rows.push(...(await benchGrowth(small, large, tell)));
    rows.push(...(await benchVerify(large, tell)));
    rows.push(...(await benchBackup(large, tell)));
    rows.push(...(await withCopy(small, (copy) => benchBusyBackup(copy, tell))));
    rows.push(
      ...(await withCopy(large, async (copy) => [
        ...benchCommits(copy, tell),
        ...(await benchStart(copy, tell)),
      ])),
    );
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
