import type { RefusalBody } from "../../../main/contract/refusals.ts";
import type { PricedBasket, Tender, TenderMethod } from "../../../main/domain/sale.ts";
import { useStatus } from "../../bridge/index.ts";
import { toast, useRefusalText } from "../../ui/index.ts";

/**
 * Cash by one key: exact when nothing is typed (`typedMinor` undefined), else what was handed over. Null: what
 * was typed is no amount, which has been said.
 */
export function useCash({
  priced,
  startPay,
  complete,
  isMeant,
}: {
  priced: PricedBasket;
  startPay: (method: TenderMethod) => void;
  complete: (tenders: Tender[]) => Promise<RefusalBody | null>;
  isMeant: (tenders: readonly Tender[]) => Promise<boolean>;
}): (typedMinor: number | null | undefined) => Promise<void> {
  const status = useStatus();
  const refusalText = useRefusalText();

  return async (typedMinor) => {
    if (priced.lines.length === 0) return;
    if (typedMinor === null) return;
    const amountMinor = typedMinor ?? priced.totalMinor;
    // Too little opens the dialog, which shows what is missing and can split the payment.
    if (amountMinor < priced.totalMinor || status.reminder !== null || status.cashier === null)
      return startPay("cash");
    const tenders: Tender[] = [{ method: "cash", amountMinor, reference: null }];
    if (!(await isMeant(tenders))) return;
    const refusal = await complete(tenders);
    if (refusal === null || refusal.code === "RECEIPT_OWED") return;
    const text = refusalText(refusal);
    toast("owed", text.what, { detail: `${text.now} ${text.safe}` });
  };
}
