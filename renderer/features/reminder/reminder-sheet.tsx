import { useStatus } from "../../bridge/index.ts";
import { holderOf } from "./failover.ts";
import { OverSheet } from "./over-sheet.tsx";
import { useReminder } from "./reminder-context.ts";
import { ReminderBody } from "./reminder-body.tsx";
import { ReminderFacts } from "./reminder-facts.tsx";
import { ReminderSettled } from "./reminder-settled.tsx";
import { useAlarm } from "./use-alarm.ts";

/** The stuck receipt itself, until it is accounted for in whatever way. */
export function ReminderSheet({ saleId }: { saleId: number }) {
  const status = useStatus();
  const { canClose, close } = useReminder();
  const owed = status.rail.find((item) => item.saleId === saleId) ?? null;
  const isStuck = owed !== null && /^(blocked|failed|unknown)$/.test(owed.state);
  useAlarm(isStuck && owed.holdsNextSale);
  return (
    <OverSheet
      at={owed === null ? status.printer : holderOf(owed, status)}
      state={owed?.state ?? "settled"}
      isStuck={isStuck}
      onClose={canClose ? close : null}
    >
      {owed === null ? (
        <ReminderSettled saleId={saleId} />
      ) : (
        <>
          <ReminderFacts owed={owed} />
          <ReminderBody owed={owed} />
        </>
      )}
    </OverSheet>
  );
}
