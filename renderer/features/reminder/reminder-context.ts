import { createContext, useContext } from "react";
import type { ReminderReason, Sheet } from "./sheet-of.ts";

export interface Reminder {
  /** What stands over the page; null when nothing does. */
  sheet: Sheet | null;
  canClose: boolean;
  open: (saleId: number, reason: ReminderReason) => void;
  /** Brings up what an outage has left behind. */
  openBacklog: () => void;
  /** These are printed now, and the rest of the backlog still wants an answer. */
  stayWhilePrinting: (saleIds: readonly number[]) => void;
  /** The receipts given to `stayWhilePrinting` that are not done yet. */
  isBacklogPrinting: boolean;
  close: () => void;
}

export const ReminderContext = createContext<Reminder | null>(null);

export function useReminder(): Reminder {
  const reminder = useContext(ReminderContext);
  if (!reminder) throw new Error("outside of ReminderProvider");
  return reminder;
}
