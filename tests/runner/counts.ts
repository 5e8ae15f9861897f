import { existsSync, readFileSync } from "node:fs";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Why tests were skipped, and how many for each reason. */
  skipReasons: Map<string, number>;
  /** Tests that passed only at their second try, by name: counted as passed, never passed over. */
  flaky: string[];
}

/** One check that has no parts: it passed or it did not. */
export function singleCheck(isGood: boolean): Counts {
  return {
    passed: isGood ? 1 : 0,
    failed: isGood ? 0 : 1,
    skipped: 0,
    skipReasons: new Map(),
    flaky: [],
  };
}

interface VitestReport {
  testResults: {
    /** The file's whole path. */
    name: string;
    status: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

/**
 * Counts of Vitest's JSON report. A file that could not even be loaded counts as one failure.
 * @param without files that are left out, by their whole paths.
 */
export function vitestCounts(
  path: string,
  exitCode: number | null,
  without: readonly string[] = [],
): Counts {
  const report = readReport<VitestReport>(path);
  if (!report) return singleCheck(false);
  const files = report.testResults.filter((file) => !without.includes(file.name));
  const brokenFiles = files.filter(
    (file) =>
      file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === "passed").length;
  const failed = tests.filter((test) => test.status === "failed").length;
  const names = tests
    .filter((test) => test.status !== "passed" && test.status !== "failed")
    .map((test) => [`skipped in the source: ${test.fullName}`, 1] as const);
  return withExitCode(
    {
      passed,
      failed: failed + brokenFiles,
      skipped: tests.length - passed - failed,
      skipReasons: new Map(names),
      flaky: [],
    },
    exitCode,
  );
}

/**
 * The test files whose process a signal ended (SIGSEGV and its like: Node itself broke, no test failed), from
 * what Vitest printed. Empty when anything else went wrong as well.
 */
export function filesEndedBySignal(output: string): string[] {
  const ends = output.matchAll(
    /exited unexpectedly with signal (SIG\w+).* while running test file (.+)$/gm,
  );
  const files = [...new Set([...ends].map(([, , file = ""]) => file.trim()))];
  const errors = Number(/^\s*Errors\s+(\d+) error/m.exec(output)?.[1] ?? 0);
  return errors === files.length ? files : [];
}

export function addCounts(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    skipReasons: new Map([...one.skipReasons, ...other.skipReasons]),
    flaky: [...one.flaky, ...other.flaky],
  };
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs?: { title: string; tests: Omit<PlaywrightTest, "title">[] }[];
}
interface PlaywrightTest {
  title: string;
  status: "expected" | "unexpected" | "flaky" | "skipped";
  annotations: { type: string; description?: string }[];
}
interface PlaywrightReport {
  suites: PlaywrightSuite[];
  errors: unknown[];
}

/** Counts of Playwright's JSON report. What passed only at the second try is named. */
export function playwrightCounts(path: string, exitCode: number | null): Counts {
  const report = readReport<PlaywrightReport>(path);
  if (!report) return singleCheck(false);
  const tests = report.suites.flatMap(testsIn);
  const skipped = tests.filter((test) => test.status === "skipped");
  const skipReasons = new Map<string, number>();
  for (const test of skipped) {
    const note = test.annotations.find(({ type }) => type === "skip" || type === "fixme");
    const reason = note?.description ?? "no reason given";
    skipReasons.set(reason, (skipReasons.get(reason) ?? 0) + 1);
  }
  const flaky = tests.filter((test) => test.status === "flaky").map((test) => test.title);
  const passed = tests.filter((test) => test.status === "expected").length + flaky.length;
  const failed = tests.length - passed - skipped.length + report.errors.length;
  return withExitCode({ passed, failed, skipped: skipped.length, skipReasons, flaky }, exitCode);
}

function testsIn(suite: PlaywrightSuite): PlaywrightTest[] {
  const own = (suite.specs ?? []).flatMap(({ title, tests }) =>
    tests.map((test) => ({ ...test, title })),
  );
  return [...own, ...(suite.suites ?? []).flatMap(testsIn)];
}

/** A runner that ends badly although every test passed (an unhandled error, a time limit) has failed. */
function withExitCode(counts: Counts, exitCode: number | null): Counts {
  if (exitCode === 0 || counts.failed > 0) return counts;
  return { ...counts, failed: 1 };
}

function readReport<T>(path: string): T | null {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch {
    // Stopped half-way through writing: as good as none.
    return null;
  }
}
