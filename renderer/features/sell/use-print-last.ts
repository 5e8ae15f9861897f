import { useTranslation } from "react-i18next";
import { newRequestId, useAct, useSetStatus, useStatus } from "../../bridge/index.ts";
import { toast, useRefusalText } from "../../ui/index.ts";
import { useReminder } from "../reminder/reminder-context.ts";

/**
 * The print-last key: one press makes a numbered copy of the receipt that its button names, or opens
 * the reminder when that receipt is still owed.
 */
export function usePrintLast(): () => void {
  const { t } = useTranslation("sell");
  const { lastSale, rail } = useStatus();
  const reminder = useReminder();
  const setStatus = useSetStatus();
  const refusalText = useRefusalText();
  const print = useAct("receipt.print");
  return () => {
    if (lastSale === null) return toast("plain", t("nothingToReprint"));
    const { saleId } = lastSale;
    if (rail.some((owed) => owed.saleId === saleId)) return reminder.open(saleId, "asked");
    if (print.isPending) return;
    print.mutate(
      { requestId: newRequestId(), saleId, seen: null },
      {
        onSuccess: ({ status }) => {
          setStatus(status);
          toast("plain", t("printLast.sent", { saleId }));
        },
        onError: (error) => {
          const { what, now } = refusalText(error.refusal);
          toast("wait", `${what} ${now}`);
        },
      },
    );
  };
}
