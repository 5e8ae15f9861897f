import { join } from "node:path";
import {
  filesEndedBySignal,
  playwrightCounts,
  singleCheck,
  vitestCounts,
  type Counts,
} from "./counts.ts";

export interface Step {
  name: string;
  /** What it proves, for the list of steps. */
  title: string;
  /** Script in node_modules and its arguments; runs on this Node. */
  script: string;
  args: string[];
  env?: Record<string, string>;
  limitMs: number;
  needsBrowser: boolean;
  count: (exitCode: number | null) => Counts;
  /** After Node itself broke in some of the tests: these alone once more, and the counts of all others. */
  again?: (output: string) => { step: Step; others: Counts; files: string[] } | null;
}

const SECOND = 1000;

/** Every check, cheapest first: what is broken shows early, and the rest still runs. */
export function allSteps(reportDir: string): Step[] {
  return [
    check("format", "formatted by oxfmt", "oxfmt/bin/oxfmt", ["--check"]),
    check("types", "types hold", "typescript/bin/tsc", ["-p", "tsconfig.json"]),
    check("lint", "rules and layers hold", "oxlint/bin/oxlint", [
      "--type-aware",
      "--deny-warnings",
    ]),
    check("unused", "no unused files, exports or dependencies", "knip/bin/knip.js", []),
    vitest("unit", "unit tests", reportDir, 1_200 * SECOND),
    vitest("faults", "hostile input of every kind", reportDir, 300 * SECOND),
    {
      name: "e2e",
      title: "the whole till in its window, accessibility included",
      script: "@playwright/test/cli.js",
      args: ["test", "--reporter=line,json"],
      env: {
        PLAYWRIGHT_JSON_OUTPUT_FILE: join(reportDir, "e2e.json"),
      },
      limitMs: 2_400 * SECOND,
      needsBrowser: true,
      count: (exitCode) => playwrightCounts(join(reportDir, "e2e.json"), exitCode),
    },
    vitest("matrix", "every way to a printer against every fault", reportDir, 480 * SECOND),
    vitest("soak", "log and paper agree, and a broken till is noticed", reportDir, 480 * SECOND),
    vitest("drills", "crashes, torn files and full disks lose nothing", reportDir, 480 * SECOND),
    vitest("package", "the packaged app sells and prints", reportDir, 900 * SECOND),
  ];
}

function check(name: string, title: string, script: string, args: string[]): Step {
  return {
    name,
    title,
    script,
    args,
    limitMs: 120 * SECOND,
    needsBrowser: false,
    count: (exitCode) => singleCheck(exitCode === 0),
  };
}

function vitest(name: string, title: string, reportDir: string, limitMs: number): Step {
  const report = join(reportDir, `${name}.json`);
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  return {
    name,
    title,
    script: "vitest/vitest.mjs",
    args: ["run", "--project", name, ...reporters],
    limitMs,
    needsBrowser: true,
    count: (exitCode) => vitestCounts(report, exitCode),
    again: (output) => {
      const files = filesEndedBySignal(output);
      const others = vitestCounts(report, 0, files);
      if (files.length === 0 || others.failed > 0) return null;
      const { again: _once, ...step } = vitest(name, title, reportDir, limitMs);
      return { step: { ...step, args: [...step.args, ...files] }, others, files };
    },
  };
}
