import { readFileSync, writeFileSync } from "node:fs";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { witnessPath } from "../../../main/sale-log/witness.ts";
import { Random } from "../../soak/random.ts";
import { Tally, type Drill } from "../drill.ts";
import { factsOf } from "./facts-of.ts";
import { shopLog } from "./shop-log.ts";

/** Of the bits that change a stored fact, so many must be noticed. */
const GOAL_SHARE = 0.95;

export const bitFlipDrill: Drill = {
  title: "single bits of the file turned over",
  cashier: {
    zh: "检查会说出哪一笔、从什么时候起不对；没有一个数字被悄悄改掉。",
    en: "The check says which entry is wrong and since when; no figure changes silently.",
  },
  times: { long: 2000, quick: 250 },
  run: async ({ dir, seed, times, log }) => {
    shopLog(dir, 3, 25);
    const random = new Random(seed);
    const path = logPath(dir);
    const clean = readFileSync(path);
    const facts = factsOf(path);
    const tally = new Tally();
    const missed: string[] = [];
    let changed = 0;
    for (; tally.times < times; tally.times += 1) {
      if (tally.times % 500 === 499) log(`bit-flips: ${tally.times + 1} of ${times}`);
      const at = random.int(0, clean.length - 1);
      const bit = random.int(0, 7);
      const bytes = Buffer.from(clean);
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
      writeFileSync(path, bytes);
      if (factsOf(path) === facts) continue;
      changed += 1;
      // oxlint-disable-next-line no-await-in-loop -- one file after the other
      const isNoticed = await verifyFile({ path, witness: witnessPath(dir) }).then(
        ({ ok }) => !ok,
        () => true,
      );
      if (!isNoticed) missed.push(`byte ${at} bit ${bit}`);
    }
    const share = changed === 0 ? 1 : (changed - missed.length) / changed;
    tally.facts["changed a fact"] = changed;
    tally.facts["noticed"] = `${(share * 100).toFixed(1)} %`;
    if (share < GOAL_SHARE) for (const flip of missed) tally.mistake(`not noticed: ${flip}`);
    else if (missed.length > 0) tally.facts["not noticed"] = missed.join("; ");
    // Or the drill looks at nothing: the file is mostly facts.
    if (times >= 50 && changed < times / 4) tally.mistake(`only ${changed} flips changed a fact`);
    return tally.outcome();
  },
};
