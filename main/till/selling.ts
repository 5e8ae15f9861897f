import type { TillCalls } from "../contract/calls.ts";
import { ownId } from "../contract/dispatch.ts";
import { Refusal } from "../contract/refusals.ts";
import { holdsNextSale } from "../domain/receipt/state.ts";
import { templateSnapshot } from "../domain/receipt/template.ts";
import {
  priceBasket,
  settleTenders,
  type Basket,
  type PricedBasket,
  type SaleRecord,
  type Tender,
} from "../domain/sale.ts";
import { emptyBasket, keepBasket, keptBasket } from "./basket-trail.ts";
import type { CashDrawer } from "./cash-drawer.ts";
import type { CustomerScreen } from "./customer-view.ts";
import { keepLogo } from "./logos.ts";
import { afterCommit, cashierNow, THE_TILL, writing, type TillRoom } from "./room.ts";
import type { NameWatch } from "./name-watch.ts";
import type { ReceiptDesk } from "./receipt-desk.ts";
import { shopNow } from "./shop-time.ts";

/** Largest amount the contract carries (`minorSchema`). */
const LARGEST_MINOR = 10_000_000_000_000;

type SellingCalls = Pick<
  TillCalls,
  "basket.get" | "basket.keep" | "sale.complete" | "sale.outcome"
>;

/** The basket and its end: a committed sale whose receipt is on its way. */
export function sellingCalls(
  room: TillRoom,
  desk: ReceiptDesk,
  drawer: CashDrawer,
  customer: CustomerScreen,
  names: NameWatch,
  status: () => ReturnType<TillCalls["status.get"]>,
): SellingCalls {
  return {
    "basket.get": () => ({ basket: keptBasket(room) }),
    "basket.keep": ({ basket }) => {
      writing(() => keepBasket(room, basket));
      afterCommit(room, "basket.keep", () => customer.basket(basket));
      return {};
    },
    "sale.complete": async (input) => {
      const { log, clock } = room;
      const { answer, repeated } = writing(() =>
        log.once<Sold | null>(input.requestId, clock.nowMs(), () =>
          completeSale(room, drawer, input),
        ),
      );
      // Somebody has asked what became of it, and was told that it was not completed.
      if (answer === null) throw new Refusal("INTERRUPTED");
      // Committed: whatever happens from here on, the receipt is owed and the log knows it.
      if (!repeated)
        afterCommit(
          room,
          "sale.complete",
          () => {
            const opened = log.receipts.status(answer.saleId);
            if (opened) room.ages.see(answer.saleId, opened);
          },
          () => answer.opensDrawer && drawer.openForSale(),
          () => answer.printsItself && desk.send(answer.saleId, 1, answer.cashier),
          () => names.sold(input.basket.lines),
          () => customer.paid(input.basket, answer),
          () => room.changed(),
        );
      const { saleId, totalMinor, changeMinor, sold } = answer;
      return { saleId, totalMinor, changeMinor, sold, status: await status() };
    },
    "sale.outcome": ({ of }) => {
      const { log, clock } = room;
      const { answer } = writing(() =>
        log.once<Sold | null>(ownId("sale.complete", of), clock.nowMs(), () => null),
      );
      if (answer === null) return { sale: null };
      const { saleId, totalMinor, changeMinor, sold } = answer;
      return { sale: { saleId, totalMinor, changeMinor, sold } };
    },
  };
}

type Sold = ReturnType<typeof completeSale>;

/** Everything that must hold, then everything that is written; inside one transaction. */
function completeSale(
  room: TillRoom,
  drawer: CashDrawer,
  input: { requestId: string; basket: Basket; tenders: Tender[]; expectedTotalMinor: number },
) {
  const { log, settings } = room;
  const { ready, currency, taxMode, receiptLocale, shop, autoPrint, template } = settings.get();
  if (!ready) throw new Refusal("NOT_SET_UP");
  if (room.isRestoring) throw new Refusal("RESTORING");
  const cashier = cashierNow(room);
  const { atMs, utcOffsetMin, date } = shopNow(room.clock);
  demandNothingOwed(room);
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
    template: templateSnapshot(template, template.logo && keepLogo(room, template.logo)),
    ...priced,
    tenders: input.tenders,
    tenderedMinor: paid.tenderedMinor,
    changeMinor: paid.changeMinor,
  };
  log.sales.add(record, day.id, input.requestId);
  emptyBasket(room, input.basket);
  // The owner wants each receipt asked for by a person: owed from the first moment on.
  if (!autoPrint)
    log.receipts.record(saleId, atMs, THE_TILL, {
      type: "attemptFailed",
      attempt: 1,
      cause: "autoPrintOff",
    });
  const takesCash = input.tenders.some(({ method }) => method === "cash");
  const opensDrawer = template.drawerOnCash && takesCash && drawer.noteCash(saleId, cashier);
  return {
    saleId,
    sold: {
      atMs,
      utcOffsetMin,
      tenderedMinor: paid.tenderedMinor,
      proofCode: log.sales.proofCode(saleId),
    },
    cashier,
    totalMinor: priced.totalMinor,
    changeMinor: paid.changeMinor,
    tenderedMinor: paid.tenderedMinor,
    printsItself: autoPrint,
    opensDrawer,
  };
}

/** The one gate: no next sale while a receipt is stuck and not deferred. */
function demandNothingOwed({ log, ages }: TillRoom): void {
  const holding = log.receipts
    .owed()
    .find(({ saleId, status }) => holdsNextSale(status, ages.deferredForMs(saleId, status)));
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
