import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { toast } from "../../ui/index.ts";
import { useReminder } from "../reminder/reminder-context.ts";

/** The print-last key: a copy of a settled receipt, the reminder of an owed one. */
export function usePrintLast(openCopy: () => void): () => void {
  const { t } = useTranslation("sell");
  const { lastSale, rail } = useStatus();
  const reminder = useReminder();
  return () => {
    if (lastSale === null) return toast("plain", t("nothingToReprint"));
    const isOwed = rail.some((owed) => owed.saleId === lastSale.saleId);
    if (isOwed) reminder.open(lastSale.saleId, "asked");
    else openCopy();
  };
}
