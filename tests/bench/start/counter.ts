import { randomUUID } from "node:crypto";
import { testShop } from "../../e2e/support/shop.ts";
import { openHttpDoor } from "../../package/http-door.ts";

const PRICE_MINOR = 1250;

/** First start of a shop whose log is there already: practice printer, sample catalogue, a cashier. */
export async function setUpShop(url: string): Promise<void> {
  const ask = await openHttpDoor(url);
  const { cashiers } = await ask("settings.setUp", testShop({ printer: { kind: "practice" } }));
  await ask("session.signIn", { cashier: cashiers[0] ?? "" });
}

/** A sale is accepted: committed, whatever becomes of its paper. */
export async function sellOne(url: string): Promise<void> {
  const ask = await openHttpDoor(url);
  const line = {
    ...{ code: "6900000000017", nameZh: "矿泉水", nameEn: "Water", unit: "瓶", taxRateBp: 1300 },
    ...{ priceMinor: PRICE_MINOR, quantityMilli: 1000, discountMinor: 0 },
  };
  await ask("sale.complete", {
    requestId: randomUUID(),
    basket: { lines: [line], discountMinor: 0 },
    tenders: [{ method: "cash", amountMinor: PRICE_MINOR, reference: null }],
    expectedTotalMinor: PRICE_MINOR,
  });
}
