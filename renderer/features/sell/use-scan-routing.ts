import { useEffect, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import type { Product } from "../../../main/contract/values.ts";
import type { TenderMethod } from "../../../main/domain/sale.ts";
import { isSlip, mayBePayment } from "../../../main/domain/scan/meaning.ts";
import { go } from "../../routing.ts";
import { isModalOpen, onModals, toast } from "../../ui/index.ts";
import { useBasketStore } from "./basket/basket-context.ts";
import { createScanQueue, type QueueView, type WaitingScan } from "./scan-queue.ts";
import { useScanner } from "./scanner/use-scanner.ts";
import { useTone } from "./sounds/use-tone.ts";
import { meaningOf, type Adding } from "./use-adding.ts";

export interface Scans extends QueueView {
  /** Adds what a typed code stands for, or `otherwise` when it stands for nothing. */
  addCode: (code: string, otherwise: Product | null) => void;
  /** Lets the scans go that the till has not answered for. */
  giveUp: () => void;
}

/**
 * Sends each scan where it belongs. While a dialog or the reminder is open, or the till does not answer, goods
 * are kept in order and added when it is over.
 */
export function useScanRouting({
  startPay,
  adding,
}: {
  startPay: (method: TenderMethod) => void;
  adding: Adding;
}): Scans {
  const { t } = useTranslation("sell");
  const store = useBasketStore();
  const tone = useTone();
  const [view, setView] = useState<QueueView>({ waiting: 0, isUnanswered: false });

  const pay = (method: TenderMethod) => {
    if (store.get().basket.lines.length === 0) return toast("wait", t("paymentCodeEmpty"));
    go("#/sell");
    // At once: what was scanned next must find the dialog open.
    flushSync(() => startPay(method));
  };

  const take = async ({ code, otherwise }: WaitingScan<Product>): Promise<boolean> => {
    const meaning = await meaningOf(code);
    if (meaning === null && mayBePayment(code)) {
      // Worth money for a minute: it is not kept, the customer shows it again.
      tone("unknown");
      toast("wait", t("paymentUnanswered"));
      return true;
    }
    switch (meaning?.kind) {
      case undefined:
        return false;
      case "product":
        go("#/sell");
        if (adding.addGoods(meaning)) tone("scanned");
        break;
      case "slip":
        go(`#/history/${meaning.saleId}`);
        break;
      case "payment":
        pay(meaning.method);
        break;
      case "unknown":
        go("#/sell");
        if (otherwise === null) adding.tellUnknown(meaning);
        else adding.addProduct(otherwise);
    }
    return true;
  };
  const [queue] = useState(() =>
    createScanQueue<Product>({
      isHeld: isModalOpen,
      onChange: setView,
      onWork: (work) => store.expect(work),
    }),
  );
  useLayoutEffect(() => queue.serve(take));

  useEffect(() => {
    const forget = onModals(queue.wake);
    return () => {
      forget();
      queue.stop();
    };
  }, [queue]);

  /** A payment code shown while the pay dialog is open belongs to it and not to the next customer. */
  const payNow = async (code: string) => {
    const meaning = await meaningOf(code);
    if (meaning === null) toast("wait", t("paymentUnanswered"));
    else if (meaning.kind === "payment") pay(meaning.method);
    else queue.add({ code, otherwise: null });
  };

  useScanner((code) => {
    if (isModalOpen() && mayBePayment(code)) return void payNow(code);
    // A slip opens its sale: not in the middle of something else, nor after it.
    if (isModalOpen() && isSlip(code)) return;
    queue.add({ code, otherwise: null });
  });

  return {
    ...view,
    addCode: (code, otherwise) => queue.add({ code, otherwise }),
    giveUp: queue.giveUp,
  };
}
