import type { Clock } from "../clock.ts";
import type { ReportIncident } from "../contract/dispatch.ts";
import { Refusal } from "../contract/refusals.ts";
import { isDiskFull, isDiskGone } from "../sale-log/sqlite.ts";
import type { LogReader } from "../sale-log/reader/log-reader.ts";
import type { SaleLog } from "../sale-log/sale-log.ts";
import type { ManagerPin } from "./manager-pin.ts";
import type { ReceiptAges } from "./receipt-ages.ts";
import type { SettingsRoom } from "./settings-store.ts";
import type { ShellLink } from "./shell-link.ts";

/** What every part of the till works with. */
export interface TillRoom {
  log: SaleLog;
  /** Long reads of the log, in a thread of their own. */
  reader: LogReader;
  clock: Clock;
  settings: SettingsRoom;
  pin: ManagerPin;
  report: ReportIncident;
  /** The shell this till runs in. */
  shell: ShellLink;
  /** Other books are about to take the place of these: what is sold now might be in neither. */
  isRestoring: boolean;
  /** Something a page shows has changed. */
  changed: () => void;
  /** Something a page shows changes by itself after so long. */
  changesIn: (delayMs: number) => void;
  ages: ReceiptAges;
}

/** Who acts when nobody pressed a key. */
export const THE_TILL = "till";

/** The cashier at the till. @throws Refusal NO_CASHIER */
export function cashierNow(room: TillRoom): string {
  const cashier = room.log.kept("cashier");
  if (cashier === null || !room.settings.get().cashiers.includes(cashier))
    throw new Refusal("NO_CASHIER");
  return cashier;
}

/**
 * Runs a write; a disk that takes no more becomes a refusal that says so. Nothing is half written.
 * @throws Refusal DISK_FULL, DISK_NOT_WRITABLE, or whatever `work` throws.
 */
export function writing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isDiskFull(error)) throw new Refusal("DISK_FULL");
    if (isDiskGone(error)) throw new Refusal("DISK_NOT_WRITABLE");
    throw error;
  }
}

/**
 * What follows a commit. The commit stands, so nothing that a step throws - a disk that fills up included - can become
 * the answer: it is an incident, and the other steps are taken all the same.
 * @param where the call, for the incident
 */
export function afterCommit(
  { report }: Pick<TillRoom, "report">,
  where: string,
  ...steps: readonly (() => void)[]
): void {
  for (const step of steps)
    try {
      step();
    } catch (error) {
      report(where, error);
    }
}
