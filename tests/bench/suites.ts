/** One number of a suite, set beside a peer or a limit. */
export interface BenchRow {
  name: string;
  /** At least `goal` is wanted; more is better, unless `atMost`. */
  ratio: number;
  goal: number;
  /** At most `goal` is wanted; less is better. */
  atMost?: boolean;
  ok: boolean;
}

export interface SuiteOptions {
  /** Size of what is measured, for suites that have one; null: as large as the suite likes. */
  sales: number | null;
  /** One part of a suite that has parts; null: all of it. */
  part: string | null;
}

export interface Suite {
  title: string;
  /** What `part` may be; missing: the suite is one piece. */
  parts?: readonly string[];
  /** Measures, says what it sees through `log`, and returns the rows that count. */
  run(log: (line: string) => void, options: SuiteOptions): Promise<BenchRow[]>;
}

/** Every suite by its name on the command line; loaded when asked for. */
export const SUITES: Record<string, () => Promise<Suite>> = {
  encode: async () => (await import("./encode/suite.ts")).encodeSuite,
  log: async () => (await import("./log/suite.ts")).logSuite,
  start: async () => (await import("./start/suite.ts")).startSuite,
  import: async () => (await import("./import/suite.ts")).importSuite,
  print: async () => (await import("./print/suite.ts")).printSuite,
};
