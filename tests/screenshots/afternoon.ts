import type { VirtualPrinter } from "../../main/printing/virtual-printer/index.ts";
import { SetClock, withEarlierTill, type EarlierTill } from "../e2e/support/earlier.ts";
import { makeSale, type Bought, type SaleWish } from "../e2e/support/sales.ts";
import { testShop } from "../e2e/support/shop.ts";
import type { World } from "../e2e/support/world.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What people carry to the counter of a small shop; as the sample catalogue finds it. */
const SHELF = [
  "农夫山泉",
  "可口可乐",
  "纯牛奶",
  "方便面",
  "薯片",
  "火腿肠",
  "抽纸",
  "牙膏",
  "酱油",
  "饼干",
  "啤酒",
  "巧克力",
  "洗衣液",
  "大米",
  "口香糖",
  "鸡蛋",
];

/** The same pseudo-random numbers in every run: pictures change only when the screens do. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

function customer(roll: (sides: number) => number, shelf: readonly string[]): SaleWish {
  const bought: Bought[] = Array.from({ length: 1 + roll(5) }, () => ({
    query: shelf[roll(shelf.length)] ?? "农夫山泉",
    pieces: 1 + (roll(4) === 0 ? roll(5) : 0),
  }));
  const way = roll(10);
  if (way < 3) return { bought };
  const reference = String(1000 + roll(9000));
  return { bought, method: way < 8 ? "wechat" : way < 9 ? "alipay" : "card", reference };
}

/**
 * Two closed days and an open afternoon with everything that can happen to a receipt, written by a
 * till in this process. The last sale is a few minutes before `nowMs`.
 */
export async function makeAfternoon(
  world: Pick<World, "dataDir" | "printer" | "printerAddress">,
  nowMs: number,
  clockFactor: number,
): Promise<void> {
  const { dataDir, printer } = world;
  const clock = new SetClock(clockFactor);
  await withEarlierTill(
    dataDir,
    async (till) => {
      clock.set(nowMs - 3 * DAY_MS);
      const shop = testShop({ printer: world.printerAddress, cashiers: CASHIERS });
      await till.ask("settings.setUp", shop);
      const shelf = await sellable(till);
      for (const daysAgo of [2, 1]) await closedDay(till, nowMs - daysAgo * DAY_MS, daysAgo, shelf);
      await openDay(till, printer, nowMs, shelf);
    },
    clock,
  );
}

const CASHIERS = ["李雷", "韩梅梅", "王芳"];

/** The part of the shelf that the sample catalogue has. */
async function sellable(till: EarlierTill): Promise<string[]> {
  const found = [];
  for (const query of SHELF) {
    const { products } = await till.ask("catalogue.search", { query, limit: 1 });
    if (products.length > 0) found.push(query);
  }
  return found;
}

async function closedDay(till: EarlierTill, endMs: number, seed: number, shelf: readonly string[]) {
  const roll = dice(seed);
  for (let sale = 0; sale < 6; sale += 1) {
    till.clock.set(endMs - (6 - sale) * 40 * MINUTE_MS);
    const { saleId } = await makeSale(till, customer(roll, shelf));
    await till.until(saleId, "printed");
  }
  await till.ask("day.close", { requestId: crypto.randomUUID(), signature: null });
}

async function openDay(
  till: EarlierTill,
  printer: VirtualPrinter,
  nowMs: number,
  shelf: readonly string[],
) {
  const roll = dice(2026);
  const count = 34;
  for (let sale = 0; sale < count; sale += 1) {
    if (sale === 16) await till.ask("session.signIn", { cashier: "韩梅梅" });
    till.clock.set(nowMs - (count - sale) * 7 * MINUTE_MS - roll(150) * 1000);
    await TROUBLES[sale]?.before(printer);
    const { saleId, totalMinor } = await makeSale(till, customer(roll, shelf));
    const trouble = TROUBLES[sale];
    if (trouble) await trouble.after({ till, printer, saleId, digits: digitsOf(totalMinor) });
    else await till.until(saleId, "printed");
  }
}

interface Trouble {
  before(printer: VirtualPrinter): Promise<void> | void;
  after(scene: {
    till: EarlierTill;
    printer: VirtualPrinter;
    saleId: number;
    digits: string;
  }): Promise<void>;
}

/** What goes wrong that afternoon, by the place of the sale in it. */
const TROUBLES: Readonly<Record<number, Trouble>> = {
  // The roll ends in the middle of a receipt; a new one, and it goes on by itself.
  5: {
    before: (printer) => printer.setFault({ kind: "paperOut", afterMm: 30 }),
    after: async ({ till, printer, saleId }) => {
      await till.until(saleId, "blocked");
      printer.loadPaper();
      await till.until(saleId, "printed");
    },
  },
  // The customer does not wait for the new roll.
  11: {
    before: (printer) => printer.setFault({ kind: "paperOut", afterMm: 0 }),
    after: async ({ till, printer, saleId, digits }) => {
      await till.until(saleId, "failed");
      till.clock.set(till.clock.nowMs() + 40_000);
      const requestId = crypto.randomUUID();
      await till.ask("receipt.declined", { requestId, saleId, digits, reason: "顾客已走" });
      printer.loadPaper();
    },
  },
  // The cable: nobody can tell, so somebody looks.
  19: {
    before: (printer) => printer.setFault({ kind: "reset", afterBytes: 260 }),
    after: async ({ till, saleId, digits }) => {
      await till.until(saleId, "unknown");
      till.clock.set(till.clock.nowMs() + 25_000);
      const requestId = crypto.randomUUID();
      await till.ask("receipt.seen", { requestId, saleId, digits, reason: "看到完整小票" });
    },
  },
  // A customer comes back for a second copy.
  24: {
    before: () => {},
    after: async ({ till, saleId }) => {
      await till.until(saleId, "printed");
      await till.ask("receipt.print", { requestId: crypto.randomUUID(), saleId, seen: null });
      await till.until(saleId, "printed");
    },
  },
  // Cover open in the rush: a page of the paper book instead.
  31: {
    before: (printer) => printer.openCover(),
    after: async ({ till, printer, saleId, digits }) => {
      await till.until(saleId, "failed");
      const requestId = crypto.randomUUID();
      await till.ask("receipt.handwritten", {
        requestId,
        saleId,
        digits,
        reason: "打印机坏了",
        paperNo: "A-0071",
      });
      printer.closeCover();
    },
  },
};

function digitsOf(totalMinor: number): string {
  return String(totalMinor).padStart(2, "0").slice(-2);
}
