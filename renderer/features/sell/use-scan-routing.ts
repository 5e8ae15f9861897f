import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TenderMethod } from "../../../main/domain/sale.ts";
import { go } from "../../routing.ts";
import { isModalOpen, onModals, toast } from "../../ui/index.ts";
import { useBasketStore } from "./basket/basket-context.ts";
import { scanOf } from "./scanner/scan-kind.ts";
import { useScanner } from "./scanner/use-scanner.ts";

/**
 * Sends each scan where it belongs. While a dialog or the reminder is open, products are kept, in order,
 * and added when it is gone; the number of those waiting is returned.
 */
export function useScanRouting({
  startPay,
  addCode,
}: {
  startPay: (method: TenderMethod) => void;
  addCode: (code: string) => Promise<boolean>;
}): number {
  const { t } = useTranslation("sell");
  const store = useBasketStore();
  const waiting = useRef<string[]>([]);
  const [count, setCount] = useState(0);
  const adding = useRef<Promise<void> | null>(null);

  // One after the other: answers that overtake each other would mix up the order of the lines.
  const addAll = useCallback(async () => {
    while (!isModalOpen()) {
      const code = waiting.current.shift();
      setCount(waiting.current.length);
      if (code === undefined) break;
      await addCode(code);
    }
  }, [addCode]);
  const work = useCallback(() => {
    if (adding.current !== null || waiting.current.length === 0) return;
    adding.current = addAll().finally(() => {
      adding.current = null;
    });
    store.expect(adding.current);
  }, [addAll, store]);

  useEffect(() => onModals(work), [work]);

  useScanner((code) => {
    const scan = scanOf(code);
    if (scan.kind === "product") {
      waiting.current.push(scan.code);
      setCount(isModalOpen() ? waiting.current.length : 0);
      if (!isModalOpen()) go("#/sell");
      return work();
    }
    if (scan.kind === "slip") {
      if (!isModalOpen()) go(`#/history/${scan.saleId}`);
      return;
    }
    if (store.get().basket.lines.length === 0) toast("wait", t("paymentCodeEmpty"));
    else {
      go("#/sell");
      startPay(scan.method);
    }
  });

  return count;
}
