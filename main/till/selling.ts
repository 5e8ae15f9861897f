import type { TillCalls } from "../contract/calls.ts";
import { Refusal } from "../contract/refusals.ts";
import { holdsNextSale } from "../domain/receipt/state.ts";
import {
  priceBasket,
  settleTenders,
  type Basket,
  type PricedBasket,
  type SaleRecord,
  type Tender,
} from "../domain/sale.ts";
import { cashierNow, writing, type TillRoom } from "./room.ts";
import type { ReceiptDesk } from "./receipt-desk.ts";
import { shopNow } from "./shop-time.ts";

/** Largest amount the contract carries (`minorSchema`). */
const LARGEST_MINOR = 10_000_000_000_000;

const EMPTY: Basket = { lines: [], discountMinor: 0 };

type SellingCalls = Pick<TillCalls, "basket.get" | "basket.keep" | "sale.complete">;

/** The basket and its end: a committed sale whose receipt is on its way. */
export function sellingCalls(
  room: TillRoom,
  desk: ReceiptDesk,
  status: () => ReturnType<TillCalls["status.get"]>,
): SellingCalls {
  return {
    "basket.get": () => ({ basket: keptBasket(room) }),
    "basket.keep": ({ basket }) => {
      writing(() => room.log.keep("basket", JSON.stringify(basket)));
      return {};
    },
    "sale.complete": async (input) => {
      const { log, clock } = room;
      const { answer, repeated } = writing(() =>
        log.once(input.requestId, clock.nowMs(), () => completeSale(room, input)),
      );
      if (!repeated) {
        // Committed: whatever happens from here on, the receipt is owed and the log knows it.
        desk.send(answer.saleId, 1, answer.cashier);
        room.changed();
      }
      const { saleId, totalMinor, changeMinor } = answer;
      return { saleId, totalMinor, changeMinor, status: await status() };
    },
  };
}

function keptBasket(room: TillRoom): Basket {
  const kept = room.log.kept("basket");
  return kept === null ? EMPTY : (JSON.parse(kept) as Basket);
}

/** Everything that must hold, then everything that is written; inside one transaction. */
function completeSale(
  room: TillRoom,
  input: { requestId: string; basket: Basket; tenders: Tender[]; expectedTotalMinor: number },
) {
  const { log, settings } = room;
  const { ready, currency, taxMode, receiptLocale, shop } = settings.get();
  if (!ready) throw new Refusal("NOT_SET_UP");
  const cashier = cashierNow(room);
  const { atMs, utcOffsetMin, date } = shopNow(room.clock);
  demandNothingOwed(room, atMs);
  const priced = price(input.basket, taxMode);
  if (priced.totalMinor !== input.expectedTotalMinor)
    throw new Refusal("TOTAL_CHANGED", { totalMinor: priced.totalMinor });
  const paid = settleTenders(priced.totalMinor, input.tenders);
  if ("problem" in paid) throw new Refusal(paid.problem, { totalMinor: priced.totalMinor });
  // Anything larger could be sold but never shown again.
  if (paid.tenderedMinor > LARGEST_MINOR) throw new Refusal("AMOUNT_TOO_LARGE");
  const day = log.days.ensureOpen(atMs, cashier, date);
  const saleId = log.sales.nextId();
  const record: SaleRecord = {
    v: 1,
    layout: 1,
    receiptNo: saleId,
    atMs,
    utcOffsetMin,
    cashier,
    currency,
    taxMode,
    locale: receiptLocale,
    shop,
    ...priced,
    tenders: input.tenders,
    tenderedMinor: paid.tenderedMinor,
    changeMinor: paid.changeMinor,
  };
  log.sales.add(record, day.id, input.requestId);
  log.keep("basket", JSON.stringify(EMPTY));
  return { saleId, cashier, totalMinor: priced.totalMinor, changeMinor: paid.changeMinor };
}

/** The one gate: no next sale while a receipt is stuck and not deferred. */
function demandNothingOwed(room: TillRoom, nowMs: number): void {
  const holding = room.log.receipts.owed().find(({ status }) => holdsNextSale(status, nowMs));
  if (holding) throw new Refusal("RECEIPT_OWED", { saleId: holding.saleId });
}

function price(basket: Basket, taxMode: SaleRecord["taxMode"]): PricedBasket {
  if (basket.lines.length === 0) throw new Refusal("EMPTY_BASKET");
  try {
    const priced = priceBasket(basket, taxMode);
    if (priced.grossMinor > LARGEST_MINOR) throw new Refusal("AMOUNT_TOO_LARGE");
    return priced;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal(
      error.message.includes("discount") ? "DISCOUNT_TOO_LARGE" : "AMOUNT_TOO_LARGE",
    );
  }
}
