/** How much of each drill, and where. */
export interface DrillOptions {
  /** An empty folder for this drill alone. */
  dir: string;
  seed: number;
  /** How often; each drill has its own idea when nothing is said. */
  times: number;
  /** One line about how far it is. */
  log: (line: string) => void;
}

/** What a drill has found. */
export interface DrillOutcome {
  /** Why it could not be held here; null: it was. */
  skipped: string | null;
  /** How often the thing was done. */
  times: number;
  /** Acknowledged things that were gone or changed afterwards. */
  lost: number;
  /** Things the books or the till said that were not so: half a sale, a sale twice, damage unnoticed or invented. */
  wrong: number;
  /** Numbers worth reading, each with its name. */
  facts: Record<string, number | string>;
  /** One sentence per lost or wrong thing; the first fifty. */
  findings: string[];
}

export interface Drill {
  /** What is done, in a few words. */
  title: string;
  /** What the cashier sees, in one plain sentence. */
  cashier: { zh: string; en: string };
  /** How often by default in a long run, and in the quick one of `npm test`. */
  times: { long: number; quick: number };
  run(options: DrillOptions): Promise<DrillOutcome>;
}

const KEPT_FINDINGS = 50;

/** Counts while a drill is under way. */
export class Tally {
  times = 0;
  lost = 0;
  wrong = 0;
  readonly facts: DrillOutcome["facts"] = {};
  private readonly findings: string[] = [];

  lose(what: string, count = 1): void {
    this.lost += count;
    this.note(`lost: ${what}`);
  }

  mistake(what: string): void {
    this.wrong += 1;
    this.note(`false: ${what}`);
  }

  /** Expects `found` to be `wanted`; anything else is false. */
  expect(what: string, found: unknown, wanted: unknown): void {
    if (!Object.is(found, wanted))
      this.mistake(`${what}: ${String(found)} instead of ${String(wanted)}`);
  }

  outcome(): DrillOutcome {
    const { times, lost, wrong, facts, findings } = this;
    return { skipped: null, times, lost, wrong, facts, findings };
  }

  private note(text: string): void {
    if (this.findings.length < KEPT_FINDINGS) this.findings.push(text);
  }
}

/** A drill that can't be held on this machine. */
export function skipped(why: string): DrillOutcome {
  return { ...new Tally().outcome(), skipped: why };
}
