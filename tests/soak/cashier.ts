import type { OwedReceipt } from "../../main/contract/values.ts";
import { readRecent } from "./paper-reader.ts";
import type { Random } from "./random.ts";
import type { Station } from "./station.ts";
import type { TillDriver } from "./till-driver.ts";
import { repair } from "./troubles.ts";

/** How long a cashier waits for something to happen before acting, real milliseconds. */
const PATIENCE_MS = 900;
/** Far longer than any paper takes. */
const STILL_MS = 4_000;
/** What a cashier looks through: the papers of the last minutes. */
const RECENT_SLIPS = 30;
export const MANAGER_PIN = "2580";

/** Somebody honest at the counter: looks at the paper, and says what is there. */
export class Cashier {
  private readonly till: TillDriver;
  private readonly stations: readonly Station[];
  private readonly random: Random;
  private requests = 0;

  constructor(till: TillDriver, stations: readonly Station[], random: Random) {
    this.till = till;
    this.stations = stations;
    this.random = random;
  }

  requestId(): string {
    this.requests += 1;
    return `soak-request-${this.requests}`;
  }

  repairAll(): void {
    for (const station of this.stations) repair(station);
  }

  /** Deals with what holds the next sale until nothing does. False when the till died meanwhile. */
  async settleReminders(): Promise<boolean> {
    for (let round = 0; round < 200; round += 1) {
      const status = this.till.status;
      if (!status) return false;
      if (status.backlog && !(await this.answerBacklog())) return false;
      const owed = status.rail.find(({ saleId }) => saleId === status.reminder);
      if (!owed) return true;
      if (!(await this.settle(owed))) return false;
    }
    throw new Error(`the reminder for ${this.till.status?.reminder} never goes away`);
  }

  /** Puts off everything that holds the next sale, as one does while the printer is away. */
  async putOffAll(): Promise<boolean> {
    for (let round = 0; round < 20; round += 1) {
      const { status } = this.till;
      if (!status) return false;
      const owed = status.rail.find(({ saleId }) => saleId === status.reminder);
      if (!owed) return true;
      if (!(await this.defer(owed))) return false;
      await this.moved(owed);
    }
    return this.till.status !== null;
  }

  /** The three answers to what an outage has left behind. */
  private async answerBacklog(): Promise<boolean> {
    const requestId = this.requestId();
    const which = this.random.pick(["all", "late", "waiting"] as const);
    const reply = await ((): Promise<unknown> => {
      switch (this.random.int(1, 3)) {
        case 1:
          return this.till.call("backlog.oneByOne", { requestId });
        case 2:
          return this.till.call("backlog.settle", {
            requestId,
            which: which === "waiting" ? "all" : which,
            reason: "停电，顾客已离开",
            pin: MANAGER_PIN,
          });
        default:
          return this.till.call("backlog.print", {
            requestId,
            which: which === "late" ? "all" : which,
          });
      }
    })();
    await this.till.until(({ printer }) => printer.queue === 0, PATIENCE_MS);
    return reply !== null;
  }

  private async settle(owed: OwedReceipt): Promise<boolean> {
    const { saleId, state } = owed;
    if (this.random.chance(0.8)) this.repairAll();
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
    return this.print(owed);
  }

  /** Once more, on the printer at hand or, now and then, on the other one. */
  private async print(owed: OwedReceipt): Promise<boolean> {
    const { saleId, state } = owed;
    const seen = this.look(saleId) === "torn" ? "half" : "nothing";
    const useBackup =
      (this.till.status?.backupPrinter ?? null) !== null && this.random.chance(0.25);
    const reply = await this.till.call("receipt.print", {
      requestId: this.requestId(),
      saleId,
      seen: state === "unknown" ? seen : null,
      printer: useBackup ? "backup" : "receipt",
    });
    if (!reply) return false;
    // What the screen says then: switch it off and on, and take the job out of the queue.
    if (!reply.ok && reply.refusal.code === "CLEAR_NOT_ANSWERED")
      for (const { device, queue } of this.stations)
        if (!queue && !device.state().online) device.powerCycle(100);
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
        return this.defer(owed);
    }
  }

  private defer(owed: OwedReceipt): Promise<boolean> {
    const base = { saleId: owed.saleId, ...this.digits(owed), reason: "顾客赶时间" };
    return this.say("receipt.defer", { ...base, pin: owed.deferrals >= 2 ? MANAGER_PIN : null });
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
    const papers = readRecent(this.stations, RECENT_SLIPS).filter((p) => p.saleId === saleId);
    if (papers.some(({ whole }) => whole)) return "whole";
    return papers.length > 0 ? "torn" : "nothing";
  }

  /** Until no printer moves, and no queue sends. */
  private async quiet(): Promise<void> {
    for (const { device, queue } of this.stations) {
      const isStill = () => {
        const { bufferUsed, online, printing } = device.state();
        const isSending = queue?.jobs.some(({ state }) => state === "sending") ?? false;
        return !printing && (!online || (bufferUsed === 0 && !isSending));
      };
      await new Promise<void>((resolve) => {
        const look = () => {
          if (!isStill()) return;
          clearTimeout(timer);
          stop();
          resolve();
        };
        const stop = device.on(look);
        const timer = setTimeout(() => {
          stop();
          resolve();
        }, STILL_MS);
        look();
      });
    }
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
