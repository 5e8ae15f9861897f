import type { OwedReceipt } from "../../main/contract/values.ts";
import type { VirtualPrinter } from "../../main/printing/virtual-printer/index.ts";
import { readReceipts } from "./paper-reader.ts";
import type { Random } from "./random.ts";
import type { TillDriver } from "./till-driver.ts";
import { repair } from "./troubles.ts";

/** How long a cashier waits for something to happen before acting, real milliseconds. */
const PATIENCE_MS = 900;
/** What a cashier looks through: the papers of the last minutes. */
const RECENT_SLIPS = 30;

/** Somebody honest at the counter: looks at the paper, and says what is there. */
export class Cashier {
  private readonly till: TillDriver;
  private readonly printer: VirtualPrinter;
  private readonly random: Random;
  private requests = 0;

  constructor(till: TillDriver, printer: VirtualPrinter, random: Random) {
    this.till = till;
    this.printer = printer;
    this.random = random;
  }

  requestId(): string {
    this.requests += 1;
    return `soak-request-${this.requests}`;
  }

  /** Deals with what holds the next sale until nothing does. False when the till died meanwhile. */
  async settleReminders(): Promise<boolean> {
    for (let round = 0; round < 200; round += 1) {
      const status = this.till.status;
      if (!status) return false;
      const owed = status.rail.find(({ saleId }) => saleId === status.reminder);
      if (!owed) return true;
      if (!(await this.settle(owed))) return false;
    }
    throw new Error(`the reminder for ${this.till.status?.reminder} never goes away`);
  }

  private async settle(owed: OwedReceipt): Promise<boolean> {
    const { saleId, state } = owed;
    if (this.random.chance(0.8)) repair(this.printer);
    // After a repair the till often goes on by itself; mostly the cashier waits and sees.
    if (state !== "unknown" && this.random.chance(0.6) && (await this.moved(owed))) return true;
    if (this.random.chance(0.12)) return this.leave(owed);
    if (state === "unknown") {
      const looked = this.look(saleId);
      // The paper may still be moving: who is honest looks again before saying no.
      if (looked !== "whole") await this.quiet();
      if (this.look(saleId) === "whole")
        return this.say("receipt.seen", { saleId, ...this.digits(owed), reason: "在出纸口" });
    }
    const seen = this.look(saleId) === "torn" ? "half" : "nothing";
    const reply = await this.till.call("receipt.print", {
      requestId: this.requestId(),
      saleId,
      seen: state === "unknown" ? seen : null,
    });
    if (!reply) return false;
    if (!reply.ok && reply.refusal.code === "CLEAR_NOT_ANSWERED") this.printer.powerCycle(100);
    await this.moved(owed);
    return this.till.status !== null;
  }

  /** Every way out but printing. */
  private async leave(owed: OwedReceipt): Promise<boolean> {
    const base = { saleId: owed.saleId, ...this.digits(owed), reason: "顾客赶时间" };
    switch (this.random.int(1, 3)) {
      case 1:
        return this.say("receipt.declined", base);
      case 2:
        return this.say("receipt.handwritten", { ...base, paperNo: `A${owed.saleId}` });
      default:
        return this.say("receipt.defer", {
          ...base,
          pin: owed.deferrals >= 2 ? "2580" : null,
        });
    }
  }

  private async say(
    name: "receipt.seen" | "receipt.declined" | "receipt.handwritten" | "receipt.defer",
    input: {
      saleId: number;
      digits: string;
      reason: string;
      paperNo?: string;
      pin?: string | null;
    },
  ): Promise<boolean> {
    const requestId = this.requestId();
    const reply = await this.till.call(name, {
      pin: null,
      paperNo: "",
      ...input,
      requestId,
    } as never);
    return reply !== null;
  }

  private digits({ totalMinor }: OwedReceipt): { digits: string } {
    return { digits: String(totalMinor).padStart(2, "0").slice(-2) };
  }

  private look(saleId: number): "whole" | "torn" | "nothing" {
    const papers = readReceipts(this.printer.paper.slips().slice(-RECENT_SLIPS)).filter(
      (p) => p.saleId === saleId,
    );
    if (papers.some(({ whole }) => whole)) return "whole";
    return papers.length > 0 ? "torn" : "nothing";
  }

  private quiet(): Promise<void> {
    const { bufferUsed, online, printing } = this.printer.state();
    if (!printing && (bufferUsed === 0 || !online)) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.printer.on((event) => {
        if (event.kind !== "idle" && !(event.kind === "state" && !event.state.online)) return;
        stop();
        resolve();
      });
    });
  }

  private moved({ saleId, state, attempts }: OwedReceipt): Promise<boolean> {
    return this.till.until((status) => {
      const now = status.rail.find((owed) => owed.saleId === saleId);
      if (!now || now.deferredUntilMs !== null) return true;
      const busy = now.state === "due" || now.state === "printing";
      return !busy && (now.state !== state || now.attempts !== attempts);
    }, PATIENCE_MS);
  }
}
