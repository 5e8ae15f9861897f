import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { scaledClock } from "../../main/clock.ts";
import { CupsCommands } from "../matrix/ways/cups-commands.ts";
import { BEHAVIOURS, type Behaviour } from "./behaviours.ts";
import { Cashier } from "./cashier.ts";
import { ProofClaims } from "./claims.ts";
import { compare, type Comparison } from "./compare.ts";
import { Pieces } from "./pieces.ts";
import { Random } from "./random.ts";
import { SET_UP } from "./shop.ts";
import { SoakRun } from "./soak-run.ts";
import { makeStation, type Station } from "./station.ts";
import { TillDriver } from "./till-driver.ts";

/**
 * Both sides run this much faster than life; they share durations, not a clock. Not faster: a lying
 * printer must answer sooner than paper moves, also when this process is a few milliseconds late.
 */
const CLOCK_FACTOR = 8;

export interface SoakOptions {
  sales: number;
  seed: number;
  dataDir: string;
  /** One of breakage.ts, or empty for the till as it is. */
  breakage: string;
  behaviour: Behaviour | "all";
  log: (line: string) => void;
}

/**
 * Drives a till in its own process, with two printers, through random sales, printer faults, outages, kills
 * and restarts, then compares what its log says with what is on the paper.
 */
export async function soak(options: SoakOptions): Promise<Comparison> {
  const { seed, dataDir, breakage, log } = options;
  const random = new Random(seed);
  const cups = new LazyCups(join(dataDir, "cups"));
  const stations = await makeStations(options.behaviour, cups);
  const till = new TillDriver({ dataDir, clockFactor: CLOCK_FACTOR, breakage }, stations);
  const claims = new ProofClaims(stations);
  const pieces = stations.map((station) => new Pieces(station));
  till.onStatus = (status) => claims.watch(status);
  const cashier = new Cashier(till, stations, random);
  const run = new SoakRun({ till, stations, random, cashier, sales: options.sales, log });
  try {
    await till.start();
    await till.demand("settings.setUp", SET_UP);
    await run.sell();
    await run.windDown();
    const result = await compare(till, run.ledger, stations);
    await claims.judge(till);
    for (const saleId of claims.tooEarly) {
      result.falsePrinted += 1;
      result.findings.push(`receipt ${saleId} was called printed before it was on paper`);
    }
    const shared = pieces.flatMap((each) => each.shared());
    result.shared = shared.length;
    for (const { saleIds, text } of shared)
      result.findings.push(`one piece of paper has the receipts ${saleIds.join(", ")}:\n${text}`);
    await till.close();
    if (till.incidents.length > 0) result.findings.push(`incident: ${till.incidents[0]}`);
    log(
      `kills=${till.kills} papers=${result.papers} outages=${run.outages} rollEnds=${run.rollEnds} incidents=${till.incidents.length} ` +
        `slowLies=${claims.slowLies}`,
    );
    return result;
  } finally {
    await till.kill();
    for (const station of stations) await station.close();
    cups.close();
  }
}

/** One of each, or two of the same: a till that prints has a second printer beside the first. */
function makeStations(behaviour: Behaviour | "all", cups: LazyCups): Promise<Station[]> {
  const clock = scaledClock(CLOCK_FACTOR);
  const behaviours = behaviour === "all" ? BEHAVIOURS : [behaviour, behaviour];
  return Promise.all(
    behaviours.map((each, number) => makeStation(number, each, clock, () => cups.commands())),
  );
}

/** Its commands come first in PATH, so they are made only where they are used. */
class LazyCups {
  private readonly dir: string;
  private made: CupsCommands | null = null;

  constructor(dir: string) {
    this.dir = dir;
  }

  commands(): CupsCommands {
    if (this.made) return this.made;
    mkdirSync(this.dir, { recursive: true });
    this.made = new CupsCommands(this.dir);
    return this.made;
  }

  close(): void {
    this.made?.close();
  }
}
