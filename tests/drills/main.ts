import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { DrillOutcome } from "./drill.ts";
import { DRILLS } from "./drills.ts";

/** Options that say how often one drill is held. */
const COUNTS = { kills: "kill", cuts: "power", torn: "torn-wal", flips: "bit-flips" } as const;

const count = { type: "string" } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: count,
    cuts: count,
    torn: count,
    flips: count,
    seed: { type: "string", default: "1" },
    /** The sizes of `npm test` instead of those of a long run. */
    quick: { type: "boolean", default: false },
    /** Prints everything as one line of JSON, the last of the output. */
    json: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const wanted = Object.entries(COUNTS).flatMap(([option, name]) => {
  const text = values[option as keyof typeof COUNTS];
  return text === undefined ? [] : [[name, Number(text)] as const];
});
const times = new Map<string, number>(wanted);
const isWrong =
  !Number.isSafeInteger(seed) ||
  positionals.some((name) => !Object.hasOwn(DRILLS, name)) ||
  [...times.values()].some((each) => !Number.isSafeInteger(each) || each < 1);
if (isWrong) {
  console.error(
    "Usage: npm run drills -- [drill]... [--kills N] [--cuts N] [--torn N] [--flips N] [--seed S] [--quick] [--json]\n" +
      `Drills: ${Object.keys(DRILLS).join(", ")}`,
  );
  process.exit(2);
}

const names = positionals.length > 0 ? positionals : Object.keys(DRILLS);
const outcomes: Record<string, DrillOutcome & { cashier: string }> = {};
for (const name of names) {
  const drill = DRILLS[name];
  if (!drill) continue;
  const dir = mkdtempSync(join(tmpdir(), "slipsure-drill-"));
  try {
    const often = times.get(name) ?? drill.times[values.quick ? "quick" : "long"];
    const log = (text: string) => console.log(`  ${text}`);
    // oxlint-disable-next-line no-await-in-loop -- one drill after the other
    const outcome = await drill.run({ dir, seed, times: often, log });
    outcomes[name] = { ...outcome, cashier: drill.cashier.en };
    console.log(summary(name, drill.title, outcome));
    for (const finding of outcome.findings) console.log(`  ${finding}`);
    console.log(`  The cashier: ${drill.cashier.en}\n  收银员：${drill.cashier.zh}`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
const all = Object.values(outcomes);
const lost = all.reduce((sum, each) => sum + each.lost, 0);
const wrong = all.reduce((sum, each) => sum + each.wrong, 0);
const skipped = all.filter((each) => each.skipped !== null).length;
console.log(`drills=${names.length} skipped=${skipped} lost=${lost} false=${wrong}`);
if (values.json) console.log(JSON.stringify(outcomes));
process.exitCode = lost + wrong === 0 ? 0 : 1;

function summary(name: string, title: string, outcome: DrillOutcome): string {
  if (outcome.skipped !== null) return `${name}: skipped, ${outcome.skipped}`;
  const facts = Object.entries(outcome.facts).map(([what, value]) => `, ${what}: ${value}`);
  const { times: often, lost: gone, wrong: untrue } = outcome;
  return `${name}: ${title}\n  ${often} times, lost ${gone}, false ${untrue}${facts.join("")}`;
}
