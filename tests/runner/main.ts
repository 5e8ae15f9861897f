import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appDir } from "../../main/shells/app-paths.ts";
import { ensureBrowser, type TestBrowser } from "./browser.ts";
import type { Counts } from "./counts.ts";
import { addCounts, singleCheck } from "./counts.ts";
import { runProgram } from "./run-step.ts";
import { allSteps, type Step } from "./steps.ts";

const root = appDir();
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Runs one step and prints one line for it, and its output when something failed. */
async function runStep(step: Step, browser: TestBrowser): Promise<Counts> {
  if (step.needsBrowser && "missing" in browser) {
    say(`FAIL  ${step.name}: ${browser.missing}`);
    return singleCheck(false);
  }
  const path = "path" in browser ? { SLIPSURE_CHROMIUM: browser.path } : {};
  const { exitCode, output, durationMs } = await run(step, path);
  const again = exitCode === 0 ? null : (step.again?.(output) ?? null);
  if (again) {
    say(`      Node itself was ended by a signal in ${again.files.join(", ")}: run once more`);
    return addCounts(again.others, await runStep(again.step, browser));
  }
  const counts = step.count(exitCode);
  const parts = [`${counts.passed} passed`, `${counts.failed} failed`];
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  const seconds = (durationMs / 1000).toFixed(1);
  const sign = counts.failed > 0 ? "FAIL" : "ok  ";
  say(`${sign}  ${step.name} (${step.title}): ${parts.join(", ")} in ${seconds} s`);
  for (const [reason, count] of counts.skipReasons) say(`      ${count} skipped: ${reason}`);
  for (const title of counts.flaky) say(`      flaky, passed at the second try: ${title}`);
  if (counts.failed > 0) say(indent(output));
  return counts;
}

function run(step: Step, env: NodeJS.ProcessEnv) {
  const script = join(root, "node_modules", step.script);
  return runProgram(process.execPath, [script, ...step.args], {
    cwd: root,
    env: {
      ...process.env,
      // Tills, their threads and workers are started a thousand times: read once, compiled once.
      NODE_COMPILE_CACHE: join(reportDir, "compile-cache"),
      ...env,
      ...step.env,
      NO_COLOR: "1",
      FORCE_COLOR: undefined,
      CI: "1",
    },
    limitMs: step.limitMs,
  });
}

function indent(output: string): string {
  return output
    .trimEnd()
    .split("\n")
    .map((line) => `    | ${line}`)
    .join("\n");
}

function choose(steps: Step[], names: string[]): Step[] {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    const known = steps.map((step) => step.name).join(", ");
    process.stderr.write(`No such check: ${unknown.join(", ")}. There are: ${known}.\n`);
    process.exit(1);
  }
  return names.length === 0 ? steps : steps.filter((step) => names.includes(step.name));
}

const reportDir = mkdtempSync(join(tmpdir(), "slipsure-test-"));
try {
  const steps = choose(allSteps(reportDir), process.argv.slice(2));
  const browser = steps.some((step) => step.needsBrowser)
    ? ensureBrowser(say)
    : { missing: "not needed" };
  const all: Counts[] = [];
  for (const step of steps) all.push(await runStep(step, browser));
  const sum = (key: "passed" | "failed" | "skipped") =>
    all.reduce((total, counts) => total + counts[key], 0);
  const skipped = sum("skipped");
  say(
    `${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
  );
  process.exitCode = sum("failed") > 0 ? 1 : 0;
} finally {
  // A process that is just ending may still write what it compiled.
  rmSync(reportDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
