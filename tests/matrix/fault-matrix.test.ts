import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it, type TestContext } from "vitest";
import { tempDir } from "../unit/support/temp-dir.ts";
import { runCell, type Outcome } from "./cell.ts";
import { CLONES, cloneFault } from "./clones.ts";
import { cellKey, fullDocument } from "./document.ts";
import { FAULTS, type MatrixFault } from "./faults.ts";
import { limitOf } from "./limits.ts";
import { setUpStore } from "./shop.ts";
import { SteadyClock } from "./steady-clock.ts";
import { CupsCommands } from "./ways/cups-commands.ts";
import { makeWay } from "./ways/make-way.ts";
import { WAY_NAMES, type WayName } from "./ways/way.ts";

const FILE = new URL("../../docs/fault-matrix.md", import.meta.url);
/** Set: writes the file as it has to be instead of comparing it. */
const UPDATE = process.env["UPDATE"] === "1";
const CLOCK_FACTOR = 10;

const seen = new Map<string, Outcome>();
const clones = new Map<string, Outcome>();

/** Runs all of them at the same time: mostly they wait. */
async function runAll(
  way: WayName,
  faults: readonly MatrixFault[],
  { onTestFinished }: TestContext,
): Promise<(readonly [string, Outcome])[]> {
  const clock = new SteadyClock(CLOCK_FACTOR);
  onTestFinished(() => clock.stop());
  const dir = tempDir(onTestFinished);
  let cups: CupsCommands | null = null;
  onTestFinished(() => cups?.close());
  const make = makeWay(way, { clock, dir, cups: () => (cups ??= new CupsCommands(dir)) });
  const setUp = await setUpStore(clock);
  const cells = await Promise.allSettled(
    faults.map(
      async (fault) => [fault.name, await runCell({ clock, setUp }, fault, make)] as const,
    ),
  );
  // Only now: what is still under way would lose the ground under its feet.
  return cells.map((cell) => {
    if (cell.status === "rejected") throw cell.reason;
    return cell.value;
  });
}

/** Every promise is kept, but where a limit is known; a limit that has gone has to be taken off the list. */
function expectPromises(way: WayName | null, outcomes: readonly (readonly [string, Outcome])[]) {
  const broken = outcomes.filter(([, outcome]) => outcome.broken.length > 0);
  const known = (row: string) => limitOf(way, row) !== null;
  expect(broken.filter(([row]) => !known(row)).map(([row, outcome]) => ({ row, outcome }))).toEqual(
    [],
  );
  const kept = outcomes.filter(([row, outcome]) => known(row) && outcome.broken.length === 0);
  expect(kept.map(([row]) => row)).toEqual([]);
}

describe("the promise, whatever happens", () => {
  it.for(WAY_NAMES)("over %s", async (way, context) => {
    const outcomes = await runAll(
      way,
      FAULTS.filter((fault) => fault.impossible(way) === null),
      context,
    );
    for (const [fault, outcome] of outcomes) seen.set(cellKey(way, fault), outcome);
    expectPromises(way, outcomes);
  });

  it("by printers that lie or know less", async (context) => {
    const outcomes = await runAll("tcp", CLONES.map(cloneFault), context);
    for (const [clone, outcome] of outcomes) clones.set(clone, outcome);
    expectPromises(null, outcomes);
  });

  it("is as docs/fault-matrix.md says", () => {
    const wasWhole = WAY_NAMES.every((way) => seen.has(cellKey(way, "nothing wrong")));
    if (!wasWhole || clones.size === 0) return; // only some of them were asked for
    const found = fullDocument(seen, clones);
    if (UPDATE) writeFileSync(FILE, found);
    const written = existsSync(FILE) ? readFileSync(FILE, "utf8") : "";
    // Only what differs: a log that is cut short must still say what it was.
    const onlyIn = (text: string, other: string) => {
      const lines = new Set(other.split("\n"));
      return text.split("\n").filter((line) => !lines.has(line));
    };
    expect({ found: onlyIn(found, written) }).toEqual({ found: [] });
    expect({ written: onlyIn(written, found) }).toEqual({ written: [] });
    expect(found === written).toBe(true);
  });
});
