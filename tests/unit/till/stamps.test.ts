import { afterEach, describe, expect, it, vi } from "vitest";
import type { FeedName } from "../../../main/contract/calls.ts";
import { TillBench } from "../support/till-bench.ts";

const HOUR_MS = 3_600_000;

afterEach(() => void vi.restoreAllMocks());

/** Somebody sets the computer's clock: nothing in the program may take it for a number that grows. */
function setComputerClock(byMs: number): void {
  const realNow = Date.now.bind(Date);
  vi.spyOn(Date, "now").mockImplementation(() => realNow() + byMs);
}

describe("what tells a later state from an earlier one", () => {
  it("grows with a clock set back an hour, over books that are opened again, on every feed", async () => {
    const bench = await TillBench.open();
    const names = ["status", "books", "backup", "updates"] as const satisfies readonly FeedName[];
    const ask = async () => [
      await bench.call("status.get", {}),
      await bench.call("books.state", {}),
      await bench.call("backup.state", {}),
      await bench.call("updates.state", {}),
    ];
    const before = [...(await ask()), ...(await ask())];
    setComputerClock(-HOUR_MS);
    await bench.restart();
    const fed = names.map((name) => bench.till.latest(name) as { run: string; revision: number });
    const after = [...fed, ...(await ask())];
    const all = [...before, ...after];
    expect(new Set(all.map(({ run }) => run)).size).toBe(1);
    const lastBefore = Math.max(...before.map(({ revision }) => revision));
    for (const { revision } of after) expect(revision).toBeGreaterThan(lastBefore);
    // No number twice: a page could not tell which of the two came later.
    expect(new Set(all.map(({ revision }) => revision)).size).toBe(all.length);
  });
});
