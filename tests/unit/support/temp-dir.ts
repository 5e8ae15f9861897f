import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/**
 * A folder of its own for one test, gone when the test is over.
 * @param whenOver the test's own, for tests that run at the same time.
 */
export function tempDir(whenOver: (run: () => void) => void = onTestFinished): string {
  const dir = mkdtempSync(join(tmpdir(), "slipsure-test-"));
  whenOver(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
  return dir;
}
