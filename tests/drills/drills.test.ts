import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { DRILLS } from "./drills.ts";

/** The drills of `npm run drills`, small: nothing lost, nothing that is not so. */
describe("drills", () => {
  it.each(Object.entries(DRILLS))("%s", async (_name, drill) => {
    const dir = mkdtempSync(join(tmpdir(), "slipsure-drill-"));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const times = drill.times.quick;
    const { skipped, findings, ...counts } = await drill.run({
      dir,
      seed: 20,
      times,
      log: () => {},
    });
    expect(findings).toEqual([]);
    expect([counts.lost, counts.wrong]).toEqual([0, 0]);
    // A drill that can't be held here says why; one that is held is held as often as it was asked for.
    if (skipped === null) expect(counts.times).toBe(times);
    else expect(skipped.length).toBeGreaterThan(10);
  });
});
