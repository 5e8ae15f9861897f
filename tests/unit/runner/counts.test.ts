import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesEndedBySignal, vitestCounts } from "../../runner/counts.ts";
import { tempDir } from "../support/temp-dir.ts";

const CRASH =
  "Caused by: Error: Worker exited unexpectedly with signal SIGSEGV during started state while running test file /x/a.test.ts\n";

describe("a test process that a signal ended", () => {
  it("is told by its file", () => {
    expect(filesEndedBySignal(`${CRASH}\n     Errors  1 error\n`)).toEqual(["/x/a.test.ts"]);
  });

  it("excuses nothing else that went wrong", () => {
    expect(filesEndedBySignal(`${CRASH}\n     Errors  2 errors\n`)).toEqual([]);
    expect(
      filesEndedBySignal("Error: a promise nobody waited for\n     Errors  1 error\n"),
    ).toEqual([]);
  });

  it("is left out of the counts, and a failure beside it is not", () => {
    const path = join(tempDir(), "report.json");
    const file = (name: string, ...states: string[]) => ({
      name,
      status: states.includes("failed") ? "failed" : "passed",
      assertionResults: states.map((status) => ({ status, fullName: status })),
    });
    const testResults = [
      file("/x/a.test.ts", "passed", "pending"),
      file("/x/b.test.ts", "passed", "passed", "failed"),
    ];
    writeFileSync(path, JSON.stringify({ testResults }));
    expect(vitestCounts(path, 1, ["/x/a.test.ts"])).toMatchObject({
      passed: 2,
      failed: 1,
      skipped: 0,
    });
    expect(vitestCounts(path, 1)).toMatchObject({ passed: 3, failed: 1, skipped: 1 });
  });
});
