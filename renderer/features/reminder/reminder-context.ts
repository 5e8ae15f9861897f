import { createContext, useContext } from "react";

/**
 * Why the reminder is open: it came by itself at a seam, a sale could not be completed because of it, or
 * somebody asked for it on the rail. Only the last can be put away again.
 */
export type ReminderReason = "seam" | "complete" | "asked";

export interface Reminder {
  /** The receipt it is about; null when none is shown. */
  saleId: number | null;
  canClose: boolean;
  open: (saleId: number, reason: ReminderReason) => void;
  close: () => void;
}

export const ReminderContext = createContext<Reminder | null>(null);

export function useReminder(): Reminder {
  const reminder = useContext(ReminderContext);
  if (!reminder) throw new Error("outside of ReminderProvider");
  return reminder;
}
