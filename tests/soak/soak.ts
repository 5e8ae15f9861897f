import { scaledClock } from "../../main/clock.ts";
import { serveVirtualPrinter, VirtualPrinter } from "../../main/printing/virtual-printer/index.ts";
import { Cashier } from "./cashier.ts";
import { ProofClaims } from "./claims.ts";
import { compare, type Comparison } from "./compare.ts";
import { Random } from "./random.ts";
import { randomBasket, randomTenders, SET_UP } from "./shop.ts";
import { TillDriver } from "./till-driver.ts";
import { makeTrouble, repair } from "./troubles.ts";

/**
 * Both sides run this much faster than life; they share durations, not a clock. Not faster: a lying
 * printer must answer sooner than paper moves, also when this process is a few milliseconds late.
 */
const CLOCK_FACTOR = 8;
const SPEED_MM_PER_S = 450;
/** Real milliseconds that cover the longest wait of the till at this clock. */
const PATIENCE_MS = 3_000;

export interface SoakOptions {
  sales: number;
  seed: number;
  dataDir: string;
  /** One of breakage.ts, or empty for the till as it is. */
  breakage: string;
  log: (line: string) => void;
}

/**
 * Drives a till in its own process through random sales, printer faults, kills and restarts over
 * real TCP, then compares what its log says with what is on the paper.
 */
export async function soak(options: SoakOptions): Promise<Comparison> {
  const random = new Random(options.seed);
  const clock = scaledClock(CLOCK_FACTOR);
  const printer = new VirtualPrinter({
    clock,
    widthMm: 58,
    speedMmPerS: SPEED_MM_PER_S,
    cutMs: 100,
    paperMm: 1e9,
  });
  const server = await serveVirtualPrinter(printer, { port: 0 });
  const till = new TillDriver({
    dataDir: options.dataDir,
    printerPort: server.port,
    clockFactor: CLOCK_FACTOR,
    breakage: options.breakage,
  });
  const claims = new ProofClaims(printer);
  till.onStatus = (status) => claims.watch(status);
  const run = new SoakRun(till, printer, random, options);
  try {
    await till.start();
    await till.demand("settings.setUp", SET_UP);
    await run.sell();
    await run.windDown();
    const result = await compare(till, run.ledger, printer.paper.slips());
    for (const saleId of claims.tooEarly) {
      result.falsePrinted += 1;
      result.findings.push(`receipt ${saleId} was called printed before it was on paper`);
    }
    await till.close();
    if (till.incidents.length > 0) result.findings.push(`incident: ${till.incidents[0]}`);
    options.log(
      `kills=${till.kills} papers=${result.papers} incidents=${till.incidents.length} slowLies=${claims.slowLies}`,
    );
    return result;
  } finally {
    claims.stop();
    await till.kill();
    await server.close();
  }
}

class SoakRun {
  /** What the till acknowledged: number to total. */
  readonly ledger = new Map<number, number>();
  private readonly till: TillDriver;
  private readonly printer: VirtualPrinter;
  private readonly random: Random;
  private readonly options: SoakOptions;
  private readonly cashier: Cashier;

  constructor(till: TillDriver, printer: VirtualPrinter, random: Random, options: SoakOptions) {
    this.till = till;
    this.printer = printer;
    this.random = random;
    this.options = options;
    this.cashier = new Cashier(till, printer, random);
  }

  async sell(): Promise<void> {
    for (let n = 1; n <= this.options.sales; n += 1) {
      if (this.random.chance(0.2)) makeTrouble(this.random, this.printer);
      await this.sellOne();
      if (this.random.chance(0.05)) await this.reprintSomething();
      if (this.random.chance(0.02)) await this.changeCashier();
      if (this.random.chance(0.01)) await this.endDay();
      if (this.random.chance(0.01)) await this.restart(() => this.till.close());
      if (n % 100 === 0) this.options.log(`${n} sales, ${this.till.kills} kills`);
    }
  }

  /** Mends everything, lets the paper come to rest, and leaves what then is still owed owed. */
  async windDown(): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      repair(this.printer);
      await this.alive();
      await this.till.refresh();
      await this.cashier.settleReminders();
      const rest = await this.till.until(
        ({ rail, printer, reminder }) =>
          printer.queue === 0 &&
          reminder === null &&
          rail.every(({ deferredUntilMs }) => deferredUntilMs !== null),
        PATIENCE_MS,
      );
      if (rest) return;
    }
    throw new Error("the till never comes to rest");
  }

  /** Sells until it is acknowledged; the same request is asked again after a crash. */
  private async sellOne(): Promise<void> {
    const { basket, totalMinor } = randomBasket(this.random);
    const tenders = randomTenders(this.random, totalMinor);
    const requestId = this.cashier.requestId();
    const dies = this.random.chance(0.03);
    for (;;) {
      await this.alive();
      const answer = this.till.call("sale.complete", {
        requestId,
        basket,
        tenders,
        expectedTotalMinor: totalMinor,
      });
      if (dies && this.till.kills < this.options.sales && this.random.chance(0.7))
        await this.killSoon();
      const reply = await answer;
      if (reply?.ok) {
        this.ledger.set(reply.value.saleId, reply.value.totalMinor);
        break;
      }
      if (reply && reply.refusal.code !== "RECEIPT_OWED")
        throw new Error(`sale refused: ${JSON.stringify(reply.refusal)}`);
      if (reply) await this.cashier.settleReminders();
    }
    if (dies) await this.killSoon();
    // Half of the customers wait for their paper, the others are already being served.
    if (this.random.chance(0.5))
      await this.till.until(({ printer }) => printer.queue === 0, PATIENCE_MS / 4);
  }

  /** At any moment: before the commit, between commit and print, in the middle of the paper. */
  private async killSoon(): Promise<void> {
    const delayMs = this.random.int(0, 60);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await this.till.kill();
  }

  private async alive(): Promise<void> {
    if (this.till.status === null) await this.restart(() => this.till.kill());
  }

  private async restart(end: () => Promise<void>): Promise<void> {
    await end();
    await this.till.start();
    await this.till.until(() => true, PATIENCE_MS);
  }

  private async reprintSomething(): Promise<void> {
    const saleId = this.random.pick([...this.ledger.keys()]);
    await this.till.call("receipt.print", {
      requestId: this.cashier.requestId(),
      saleId,
      seen: null,
    });
  }

  private async changeCashier(): Promise<void> {
    await this.till.call("session.signIn", { cashier: this.random.pick(["小王", "Li"]) });
  }

  private async endDay(): Promise<void> {
    await this.till.call("day.close", {
      requestId: this.cashier.requestId(),
      signature: { name: "店长", pin: "2580" },
    });
  }
}
