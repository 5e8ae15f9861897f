import type { Clock } from "../clock.ts";
import { deferralLeftMs, type ReceiptStatus } from "../domain/receipt/state.ts";

interface Seen {
  soldMs: number;
  deferrals: number;
  /** null: not put off. */
  untilMs: number | null;
}

/**
 * How long receipts have been owed, and for how long they are still put off, in time that passes: somebody may set
 * the computer's clock meanwhile. What an earlier run left is measured by that clock once, when it is first seen;
 * nothing else was there.
 */
export class ReceiptAges {
  private readonly clock: Clock;
  /** Of receipts still owed; moments on the monotonic clock. */
  private readonly seen = new Map<number, Seen>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Milliseconds since the sale. */
  ageMs(saleId: number, status: ReceiptStatus): number {
    return this.clock.monotonicMs() - this.see(saleId, status).soldMs;
  }

  /** Milliseconds until it holds the next sale again; 0: it is not put off, or no longer. */
  deferredForMs(saleId: number, status: ReceiptStatus): number {
    const { untilMs } = this.see(saleId, status);
    return untilMs === null ? 0 : Math.max(0, untilMs - this.clock.monotonicMs());
  }

  /** To be called as soon as a receipt is owed or put off: from here on the computer's clock may be set. */
  see(saleId: number, status: ReceiptStatus): Seen {
    const known = this.seen.get(saleId);
    if (known?.deferrals === status.deferrals) return known;
    const runMs = this.clock.monotonicMs();
    const nowMs = this.clock.nowMs();
    const leftMs = deferralLeftMs(status, nowMs);
    const seen = {
      soldMs: known?.soldMs ?? runMs - Math.max(0, nowMs - status.openedAtMs),
      deferrals: status.deferrals,
      untilMs: leftMs === 0 ? null : runMs + leftMs,
    };
    this.seen.set(saleId, seen);
    return seen;
  }

  /** Forgets every receipt but those still owed. */
  keepOnly(saleIds: ReadonlySet<number>): void {
    for (const saleId of this.seen.keys()) if (!saleIds.has(saleId)) this.seen.delete(saleId);
  }
}
