import type { TillStatus } from "../../main/contract/status.ts";
import { traitsOf } from "./behaviours.ts";
import { Cashier, MANAGER_PIN } from "./cashier.ts";
import type { Random } from "./random.ts";
import { randomBasket, randomTenders } from "./shop.ts";
import type { Station } from "./station.ts";
import type { TillDriver } from "./till-driver.ts";
import { makeTrouble } from "./troubles.ts";

/** Real milliseconds that cover the longest wait of the till at the soak's clock. */
const PATIENCE_MS = 3_000;
/** So long a receipt is old when the printer is back, and what was put off is due again. */
const OUTAGE_MS = 6 * 60_000;
/** Parts of a run, each with another pair of printers. */
const MOST_PARTS = 16;
/** Somebody who tries a printer out may come upon one that is still printing. */
const MOST_TRIES = 5;

interface RunParts {
  till: TillDriver;
  stations: readonly Station[];
  random: Random;
  cashier: Cashier;
  sales: number;
  log: (line: string) => void;
}

/** A shop's days, one sale after the other. */
export class SoakRun {
  /** What the till acknowledged: number to total. */
  readonly ledger = new Map<number, number>();
  outages = 0;
  rollEnds = 0;
  private readonly triedOut = new Set<Station>();
  private readonly till: TillDriver;
  private readonly stations: readonly Station[];
  private readonly random: Random;
  private readonly cashier: Cashier;
  private readonly sales: number;
  private readonly log: (line: string) => void;
  /** The printers in use now: for receipts, and beside it. */
  private pair: readonly [Station, Station];

  constructor({ till, stations, random, cashier, sales, log }: RunParts) {
    this.till = till;
    this.stations = stations;
    this.random = random;
    this.cashier = cashier;
    this.sales = sales;
    this.log = log;
    this.pair = this.pairOf(0);
  }

  private get left(): number {
    return this.sales - this.ledger.size;
  }

  async sell(): Promise<void> {
    const parts = Math.min(MOST_PARTS, this.stations.length * 2, this.sales);
    let part = -1;
    while (this.left > 0) {
      const wanted = Math.floor((this.ledger.size * parts) / this.sales);
      if (wanted !== part) await this.usePair(wanted);
      part = wanted;
      if (this.random.chance(0.2))
        makeTrouble(this.random, this.random.chance(0.75) ? this.pair[0] : this.pair[1]);
      await this.sellOne();
      if (this.random.chance(0.05)) await this.reprintSomething();
      if (this.random.chance(0.02)) await this.changeCashier();
      if (this.random.chance(0.01)) await this.endDay();
      if (this.random.chance(0.015)) await this.outage();
      if (this.random.chance(0.06)) await this.rollRunsOut();
      if (this.random.chance(0.01)) await this.restart(() => this.till.close());
      if (this.ledger.size % 100 === 0)
        this.log(`${this.ledger.size} sales, ${this.till.kills} kills`);
    }
  }

  /** Mends everything, lets the paper come to rest, and leaves what then is still owed owed. */
  async windDown(): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      this.cashier.repairAll();
      await this.alive();
      await this.till.refresh();
      await this.cashier.settleReminders();
      const rest = await this.till.until(
        ({ rail, printer, backupPrinter, reminder, backlog }) =>
          printer.queue === 0 &&
          (backupPrinter?.queue ?? 0) === 0 &&
          reminder === null &&
          backlog === null &&
          rail.every(({ deferredUntilMs }) => deferredUntilMs !== null),
        PATIENCE_MS,
      );
      if (rest) return;
    }
    throw new Error("the till never comes to rest");
  }

  private pairOf(part: number): [Station, Station] {
    const count = this.stations.length;
    const first = this.stations[part % count];
    // Every other one comes to stand beside it in the course of a run.
    const apart = 1 + (Math.floor(part / count) % (count - 1));
    const second = this.stations[(part + apart) % count];
    if (!first || !second || first === second) throw new Error("a soak needs two printers");
    return [first, second];
  }

  /** The owner plugs other printers in. Whatever the old ones still hold is asked about. */
  private async usePair(part: number): Promise<void> {
    this.pair = this.pairOf(part);
    const [receipt, backup] = this.pair;
    this.log(`part ${part + 1}: ${receipt.behaviour}, beside it ${backup.behaviour}`);
    for (;;) {
      await this.alive();
      const reply = await this.till.call("settings.change", {
        patch: { printer: receipt.config, backupPrinter: backup.config },
        pin: MANAGER_PIN,
      });
      if (reply?.ok) break;
      if (reply) throw new Error(`other printers: ${JSON.stringify(reply.refusal)}`);
    }
    await this.tryOut("receipt", receipt);
    await this.tryOut("backup", backup);
  }

  /** Sells until it is acknowledged; the same request is asked again after a crash. */
  private async sellOne(
    settle = () => this.cashier.settleReminders(),
    lines?: number,
  ): Promise<void> {
    const { basket, totalMinor } = randomBasket(this.random, lines);
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
      if (dies && this.till.kills < this.sales && this.random.chance(0.7)) await this.killSoon();
      const reply = await answer;
      if (reply?.ok) {
        this.ledger.set(reply.value.saleId, reply.value.totalMinor);
        break;
      }
      if (reply && reply.refusal.code !== "RECEIPT_OWED")
        throw new Error(`sale refused: ${JSON.stringify(reply.refusal)}`);
      if (reply) await settle();
    }
    if (dies) await this.killSoon();
    // Half of the customers wait for their paper, the others are already being served.
    if (this.random.chance(0.5))
      await this.till.until(({ printer }) => printer.queue === 0, PATIENCE_MS / 4);
  }

  /** The receipt printer has no power for minutes, and the shop sells on. */
  private async outage(): Promise<void> {
    this.outages += 1;
    const [{ device }] = this.pair;
    device.powerOff();
    for (let n = this.random.int(1, 3); n > 0 && this.left > 1; n -= 1)
      await this.sellOne(() => this.cashier.putOffAll());
    await this.cashier.putOffAll();
    // Only while nothing is under way: to a printer in the middle of a receipt time must not jump.
    if (await this.till.until(({ printer }) => printer.queue === 0, PATIENCE_MS))
      this.till.jump(OUTAGE_MS);
    // One more after it: with old ones beside it, the till asks instead of printing by itself.
    if (this.left > 0) await this.sellOne(() => this.cashier.putOffAll());
    device.powerOn();
    await this.till.until(({ backlog }) => backlog !== null, PATIENCE_MS / 3);
    await this.cashier.settleReminders();
  }

  /**
   * The roll ends in the middle of a receipt and the shop sells on. Before somebody puts paper in, the till ends and
   * is started again, or the owner changes a setting and changes it back: what the printer still owes an answer to
   * comes to a till that has just begun.
   */
  private async rollRunsOut(): Promise<void> {
    const [{ device }] = this.pair;
    this.cashier.repairAll();
    const isFree = ({ printer }: TillStatus) => printer.state === "ready" && printer.queue === 0;
    if (!(await this.till.until(isFree, PATIENCE_MS))) return;
    device.setFault({ kind: "paperOut", afterMm: this.random.int(1, 30) });
    this.rollEnds += 1;
    // What is left of the first takes as long as the second could: its answer comes at a believable time.
    for (const lines of [14, 3]) {
      if (this.left === 0) break;
      await this.sellOne(() => this.cashier.putOffAll(), lines);
      await this.till.until(({ printer }) => printer.state === "blocked", PATIENCE_MS);
    }
    await this.random.pick([
      () => this.restart(() => this.till.close()),
      () => this.restart(() => this.till.kill()),
      () => this.changeAndChangeBack(),
    ])();
    device.loadPaper();
    await this.till.until(({ printer }) => printer.queue > 0, PATIENCE_MS);
    await this.till.until(({ printer }) => printer.queue === 0, PATIENCE_MS);
    await this.cashier.settleReminders();
  }

  private async changeAndChangeBack(): Promise<void> {
    for (const widthMm of [80, 58] as const)
      await this.till.call("settings.change", { patch: { widthMm }, pin: MANAGER_PIN });
  }

  /** As in the settings: a printer without ids is believed once a test slip and its open cover have shown that it can be. */
  private async tryOut(slot: "receipt" | "backup", station: Station): Promise<void> {
    if (traitsOf(station.behaviour).length === 0 || this.triedOut.has(station)) return;
    const place = slot === "receipt" ? "printer" : "backupPrinter";
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      await this.alive();
      this.cashier.repairAll();
      const isFree = (status: TillStatus) =>
        status[place]?.state === "ready" && status[place].queue === 0;
      if (!(await this.till.until(isFree, PATIENCE_MS))) continue;
      const to = { requestId: this.cashier.requestId(), slot };
      if ((await this.till.demand("printer.test", to)).fence !== "paperStatus") continue;
      station.device.openCover();
      const { qualified } = await this.till.demand("printer.coverTest", to);
      station.device.closeCover();
      if (qualified) {
        this.triedOut.add(station);
        return;
      }
    }
    throw new Error(`${station.behaviour}: never proved itself`);
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
      printer: this.random.chance(0.3) ? "backup" : "receipt",
    });
  }

  private async changeCashier(): Promise<void> {
    await this.till.call("session.signIn", { cashier: this.random.pick(["小王", "Li"]) });
  }

  private async endDay(): Promise<void> {
    await this.till.call("day.close", {
      requestId: this.cashier.requestId(),
      signature: { name: "小王", pin: MANAGER_PIN },
    });
  }
}
