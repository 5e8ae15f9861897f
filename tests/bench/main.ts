import { parseArgs } from "node:util";
import { SUITES } from "./suites.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Prints the rows as one line of JSON, the last of the output. */
    json: { type: "boolean", default: false },
    /** For the suites `log` and `start`: sales in the log that is measured. */
    sales: { type: "string" },
    /** One part of a suite, for machines where the whole takes too long. */
    part: { type: "string" },
  },
});
const [name = ""] = positionals;
const sales = values.sales === undefined ? null : Number(values.sales);
if (!Object.hasOwn(SUITES, name) || positionals.length > 1 || (sales !== null && !(sales > 0))) {
  console.error(
    `Usage: npm run bench -- <suite> [--json] [--sales N] [--part P]\nSuites: ${Object.keys(SUITES).join(", ")}`,
  );
  process.exit(2);
}
const suite = await SUITES[name]?.();
if (suite === undefined) throw new Error(`no suite ${name}`);
const part = values.part ?? null;
if (part !== null && !suite.parts?.includes(part)) {
  console.error(`Parts of ${name}: ${suite.parts?.join(", ") ?? "none"}`);
  process.exit(2);
}
console.log(suite.title);
const rows = await suite.run((line) => console.log(line), { sales, part });
console.log("");
for (const { name: what, ratio, goal, atMost, ok } of rows)
  console.log(
    `${ok ? "ok  " : "MISS"} ${what}: ${ratio.toFixed(2)} (goal ${atMost ? "at most " : ""}${goal})`,
  );
if (values.json) {
  const rounded = rows.map((row) => ({ ...row, ratio: Math.round(row.ratio * 1000) / 1000 }));
  console.log(JSON.stringify({ suite: name, rows: rounded }));
}
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
