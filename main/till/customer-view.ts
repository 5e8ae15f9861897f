import type { CustomerView } from "../contract/customer.ts";
import { nameOf } from "../domain/receipt/layout.ts";
import { priceBasket, type Basket, type PricedBasket } from "../domain/sale.ts";
import { keptBasket } from "./basket-trail.ts";
import type { FeedHub } from "./feed-hub.ts";
import type { TillRoom } from "./room.ts";

/** How long the thanks stay when nobody buys anything. */
const THANKS_MS = 60_000;

interface Paid {
  tenderedMinor: number;
  changeMinor: number;
}

type Shown =
  | { phase: "idle" }
  | { phase: "basket" | "paid"; basket: PricedBasket; paid: Paid | null };

/** Tells the customers' screen what stands in the basket, what it comes to, and thanks. */
export class CustomerScreen {
  private readonly room: TillRoom;
  private readonly hub: FeedHub;
  private shown: Shown = { phase: "idle" };
  private stopThanks: () => void = () => {};

  constructor(room: TillRoom, hub: FeedHub) {
    this.room = room;
    this.hub = hub;
    room.settings.listen(() => this.send());
  }

  /** What was in the basket before this start. */
  start(): void {
    this.basket(keptBasket(this.room));
  }

  stop(): void {
    this.stopThanks();
  }

  /** The basket as it is now. An empty one leaves the thanks for the sale before it. */
  basket(basket: Basket): void {
    const priced = this.price(basket);
    if (priced !== null) this.show({ phase: "basket", basket: priced, paid: null });
    else if (this.shown.phase !== "paid") this.show({ phase: "idle" });
  }

  /** A sale is complete. */
  paid(basket: Basket, { tenderedMinor, changeMinor }: Paid): void {
    const priced = this.price(basket);
    if (priced === null) return;
    const paid = { tenderedMinor, changeMinor };
    this.show({ phase: "paid", basket: priced, paid });
    this.stopThanks = this.room.clock.setTimer(THANKS_MS, () => this.show({ phase: "idle" }));
  }

  private show(shown: Shown): void {
    this.stopThanks();
    this.shown = shown;
    this.send();
  }

  /** null when there is nothing to show, or nothing that can be sold. */
  private price(basket: Basket): PricedBasket | null {
    if (basket.lines.length === 0) return null;
    try {
      return priceBasket(basket, this.room.settings.get().taxMode);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  private send(): void {
    this.hub.send("customer", this.view());
  }

  private view(): CustomerView {
    const { ready, customerDisplay, shop, receiptLocale, theme, currency, taxMode } =
      this.room.settings.get();
    const isOn = ready && customerDisplay;
    const frame = { shopName: isOn ? shop.name : "", locale: receiptLocale, theme, currency };
    const { shown } = this;
    if (!isOn) return { ...frame, ...NOTHING, phase: "off" };
    if (shown.phase === "idle") return { ...frame, ...NOTHING, phase: "idle" };
    const { basket, paid, phase } = shown;
    return {
      ...frame,
      phase,
      lines: basket.lines.map((line) => ({
        name: nameOf(line, receiptLocale),
        quantityMilli: line.quantityMilli,
        priceMinor: line.priceMinor,
        discountMinor: line.discountMinor,
        amountMinor: line.amountMinor,
      })),
      pieces: basket.pieces,
      savedMinor: basket.savedMinor,
      addedTaxMinor: taxMode === "exclusive" ? basket.taxMinor : 0,
      totalMinor: basket.totalMinor,
      paid,
    };
  }
}

const NOTHING = {
  lines: [],
  pieces: 0,
  savedMinor: 0,
  addedTaxMinor: 0,
  totalMinor: 0,
  paid: null,
};
