import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BEHAVIOURS } from "./behaviours.ts";
import { BREAKAGES } from "./breakage.ts";
import { soak } from "./soak.ts";

const { values } = parseArgs({
  options: {
    sales: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    /** How the two printers are reached; `all` goes through every way. */
    behaviour: { type: "string", default: "all" },
    /** Break the till on purpose: one of breakage.ts. */
    break: { type: "string", default: "" },
    quiet: { type: "boolean", default: false },
  },
});
const sales = Number(values.sales);
const seed = Number(values.seed);
if (!Number.isSafeInteger(sales) || sales < 1 || !Number.isSafeInteger(seed)) {
  console.error("Usage: npm run soak -- --sales 2000 --seed 7 [--behaviour all]");
  process.exit(2);
}
if (values.break !== "" && !Object.hasOwn(BREAKAGES, values.break)) {
  console.error(`--break knows: ${Object.keys(BREAKAGES).join(", ")}`);
  process.exit(2);
}
const behaviour = (["all", ...BEHAVIOURS] as const).find((name) => name === values.behaviour);
if (behaviour === undefined) {
  console.error(`--behaviour knows: all, ${BEHAVIOURS.join(", ")}`);
  process.exit(2);
}
const dataDir = mkdtempSync(join(tmpdir(), "slipsure-soak-"));
try {
  const log = values.quiet ? () => {} : (line: string) => console.log(line);
  const result = await soak({ sales, seed, dataDir, breakage: values.break, behaviour, log });
  for (const finding of result.findings.slice(0, 20)) console.log(finding);
  const { settled, owed, falsePrinted, unmarkedDuplicates, lost, shared } = result;
  console.log(
    `sales=${sales} settled=${settled} owed=${owed} falsePrinted=${falsePrinted} ` +
      `unmarkedDuplicates=${unmarkedDuplicates} lost=${lost} shared=${shared}`,
  );
  process.exitCode = falsePrinted + unmarkedDuplicates + lost + shared === 0 ? 0 : 1;
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
