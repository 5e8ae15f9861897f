import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Tally, type Drill } from "../drill.ts";
import { BooksWatch } from "../crash/books-watch.ts";
import { Seller } from "../crash/seller.ts";

const SHELL = fileURLToPath(new URL("../../../main/shells/browser/main.ts", import.meta.url));

export const secondInstanceDrill: Drill = {
  title: "a second till started on the same folder while the first sells",
  cashier: {
    zh: "第二个窗口说“已有一个票不漏正在使用”，第一个照常卖；第一个被强行结束后马上能再打开。",
    en: "The second one says that another Slipsure has it open, the first sells on; after a crash of the first it opens at once.",
  },
  times: { long: 30, quick: 2 },
  run: async ({ dir, seed, times }) => {
    const tally = new Tally();
    const cache = join(dir, "cache");
    const till = join(dir, "till");
    mkdirSync(till);
    Seller.warmUp(cache);
    const watch = new BooksWatch(till, tally);
    for (; tally.times < times; tally.times += 1) {
      const seller = new Seller(cache);
      seller.sellIn(till, seed + tally.times);
      // oxlint-disable-next-line no-await-in-loop -- one pair after the other
      await seller.hasSold();
      // oxlint-disable-next-line no-await-in-loop -- as above
      const { code, said } = await secondTill(till, cache);
      if (code === 0 || !said.includes("Another Slipsure is already open"))
        tally.mistake(`second till ${tally.times}: exit ${String(code)}, ${said}`);
      // oxlint-disable-next-line no-await-in-loop -- as above
      const first = await seller.kill();
      if (first.diedOf !== null) tally.mistake(`the first till ended: ${first.diedOf}`);
      if (first.damage.length > 0) tally.mistake(`damage that is none: ${first.damage.join()}`);
      watch.look(first.acknowledged);
    }
    await watch.verify();
    tally.facts["sales of the first"] = watch.sales;
    return tally.outcome();
  },
};

/** The program itself, as somebody would start it again. */
async function secondTill(
  dir: string,
  cache: string,
): Promise<{ code: number | null; said: string }> {
  const args = ["--no-warnings", SHELL, "--data", dir, "--no-open"];
  const env = {
    ...process.env,
    LANG: "en_US.UTF-8",
    LC_ALL: "en_US.UTF-8",
    NODE_COMPILE_CACHE: cache,
  };
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env });
  let said = "";
  for (const pipe of [child.stdout, child.stderr])
    pipe.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      // It should not have opened.
      if (text.includes("Slipsure ready")) child.kill("SIGTERM");
    });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said: said.trim() };
}
