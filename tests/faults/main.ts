import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";

/** Searches a run shares its time among; two go on side by side. */
const SEARCHES = 17;
const SIDE_BY_SIDE = 2;

const USAGE = `npm run fuzz -- [--seconds N] [--seed N] [--only FILE]

--seconds  how long to look, about; default 300
--seed     where to look; the seed of an earlier run looks at the same places in the same order
--only     one of the files in tests/faults, such as calls
`;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "300" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    only: { type: "string", default: "" },
    help: { type: "boolean", default: false },
  },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
if (values.help || !(seconds > 0) || !Number.isSafeInteger(seed)) {
  process.stdout.write(USAGE);
  process.exit(values.help ? 0 : 1);
}
const share = Math.max(1, Math.round((seconds * SIDE_BY_SIDE) / SEARCHES));
process.stdout.write(`seed ${seed}, ${share} s for every search\n`);
const vitest = join(import.meta.dirname, "..", "..", "node_modules", "vitest", "vitest.mjs");
const filter = values.only === "" ? [] : [`tests/faults/${values.only}`];
const child = spawn(process.execPath, [vitest, "run", "--project", "faults", ...filter], {
  stdio: "inherit",
  env: {
    ...process.env,
    SLIPSURE_FUZZ_SECONDS: String(share),
    SLIPSURE_FUZZ_SEED: String(seed),
  },
});
child.once("exit", (code) => {
  process.stdout.write(`seed ${seed}\n`);
  process.exitCode = code ?? 1;
});
