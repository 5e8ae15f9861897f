import { SetClock, withEarlierTill, type EarlierTill } from "./earlier.ts";
import { makeSale } from "./sales.ts";
import { MANAGER_PIN } from "./shop.ts";
import type { World } from "./world.ts";

const MINUTE_MS = 60_000;
const SHELF = ["nfsq", "kkkl", "抽纸"];

/**
 * An outage, some of it long ago: one sale for each age, all of them while the printer has no paper, every
 * older one put off so that the next could be sold. The till must not run; the shop must be set up. The
 * paper is still out afterwards.
 * @param agesMin minutes before now, oldest first
 * @returns the numbers of the sales, oldest first
 */
export async function makeOutage(
  world: Pick<World, "dataDir" | "printer">,
  agesMin: readonly number[],
): Promise<number[]> {
  const nowMs = Date.now();
  const saleIds: number[] = [];
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const clock = new SetClock(1);
  clock.set(nowMs - (agesMin[0] ?? 0) * MINUTE_MS);
  await withEarlierTill(
    world.dataDir,
    async (till) => {
      for (const [index, ageMin] of agesMin.entries()) {
        clock.set(nowMs - ageMin * MINUTE_MS);
        await putOff(till);
        const query = SHELF[index % SHELF.length] ?? "nfsq";
        const { saleId } = await makeSale(till, { bought: [{ query, pieces: 1 + (index % 3) }] });
        await till.until(saleId, "failed");
        saleIds.push(saleId);
      }
    },
    clock,
  );
  return saleIds;
}

/** Puts off every receipt that holds the next sale. */
export async function putOff(till: Pick<EarlierTill, "ask">): Promise<void> {
  const { rail } = await till.ask("status.get", {});
  for (const { saleId, totalMinor, holdsNextSale } of rail) {
    if (!holdsNextSale) continue;
    await till.ask("receipt.defer", {
      requestId: crypto.randomUUID(),
      saleId,
      digits: String(totalMinor).padStart(2, "0").slice(-2),
      reason: "去拿纸",
      pin: MANAGER_PIN,
    });
  }
}
