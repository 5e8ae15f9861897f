import { randomUUID } from "node:crypto";
import { testShop } from "../../e2e/support/shop.ts";
import { openHttpDoor } from "../../package/http-door.ts";

const PRICE_MINOR = 1250;
const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 600_000;

/** First start of a shop whose log is there already: practice printer, sample catalogue, a cashier. */
export async function setUpShop(url: string): Promise<void> {
  const ask = await openHttpDoor(url);
  const { cashiers } = await ask("settings.setUp", testShop({ printer: { kind: "practice" } }));
  await ask("session.signIn", { cashier: cashiers[0] ?? "" });
}

/** A cashier at a till that has just started. */
export interface Counter {
  /** Resolves when a sale is accepted: committed, whatever becomes of its paper. */
  sell(): Promise<void>;
  /** Resolves when no copy of the books is under way and one was made; rejects after ten minutes. */
  untilCopied(): Promise<void>;
  /** Resolves when nothing is owed: a till ended before would ask about it at its next start. */
  untilPrinted(): Promise<void>;
}

/** Uses up the one-time key of the address. */
export async function openCounter(url: string): Promise<Counter> {
  const ask = await openHttpDoor(url);
  return {
    sell: async () => {
      const line = {
        ...{
          code: "6900000000017",
          nameZh: "矿泉水",
          nameEn: "Water",
          unit: "瓶",
          taxRateBp: 1300,
        },
        ...{ priceMinor: PRICE_MINOR, quantityMilli: 1000, discountMinor: 0 },
      };
      await ask("sale.complete", {
        requestId: randomUUID(),
        basket: { lines: [line], discountMinor: 0 },
        tenders: [{ method: "cash", amountMinor: PRICE_MINOR, reference: null }],
        expectedTotalMinor: PRICE_MINOR,
      });
    },
    untilCopied: () =>
      until(async () => {
        const { job, newestAtMs } = await ask("backup.state", {});
        return job === null && newestAtMs !== null;
      }),
    untilPrinted: () => until(async () => (await ask("status.get", {})).rail.length === 0),
  };
}

/** Looks until it is so; rejects after ten minutes. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const sinceMs = performance.now();
  // oxlint-disable-next-line no-await-in-loop -- asked until it is so
  while (!(await isSo())) {
    if (performance.now() - sinceMs > PATIENCE_MS)
      throw new Error("The till does not come to rest.");
    // oxlint-disable-next-line no-await-in-loop -- paper and disks take their time
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
