import type { Basket } from "../domain/sale.ts";
import { voidedGoods } from "../domain/voided-lines.ts";
import { THE_TILL, type TillRoom } from "./room.ts";

const EMPTY: Basket = { lines: [], discountMinor: 0 };

/** The basket as it was kept last. */
export function keptBasket(room: TillRoom): Basket {
  const kept = room.log.kept("basket");
  return kept === null ? EMPTY : (JSON.parse(kept) as Basket);
}

/** Keeps the basket; the log says what was taken out of it since. */
export function keepBasket(room: TillRoom, basket: Basket): void {
  room.log.transaction(() => {
    noteVoided(room, basket);
    room.log.keep("basket", JSON.stringify(basket));
  });
}

/** The basket has become a sale; what was in it and is not in the sale was taken out. Inside a transaction. */
export function emptyBasket(room: TillRoom, sold: Basket): void {
  noteVoided(room, sold);
  room.log.keep("basket", JSON.stringify(EMPTY));
}

function noteVoided(room: TillRoom, after: Basket): void {
  const { log, clock } = room;
  const voided = voidedGoods(keptBasket(room), after);
  const by = log.kept("cashier") ?? THE_TILL;
  const atMs = clock.nowMs();
  if (after.lines.length === 0 && voided.length > 0) {
    log.append(atMs, by, { kind: "basketAbandoned", ref: null, body: { v: 1, lines: voided } });
    return;
  }
  for (const goods of voided)
    log.append(atMs, by, { kind: "lineVoided", ref: null, body: { v: 1, ...goods } });
}
