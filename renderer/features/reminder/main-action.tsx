import type { PrinterSlot } from "../../../main/contract/printers.ts";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { useStatus } from "../../bridge/index.ts";
import { useNow } from "../frame/use-now.ts";
import { BlockedAction } from "./blocked-action.tsx";
import { holderOf, nextMarkOf, type Ways } from "./failover.ts";
import { PrintKeys } from "./print-keys.tsx";
import type { Seen } from "./seen.ts";
import { UnknownAction } from "./unknown-action.tsx";

/** The big keys of each state. */
export function MainAction({
  owed,
  ways,
  answer,
  busy,
  onAnswer,
  onPrint,
  onYes,
}: {
  owed: OwedReceipt;
  ways: Ways;
  answer: Seen;
  busy: PrinterSlot | null;
  onAnswer: (answer: Seen) => void;
  onPrint: (slot: PrinterSlot) => void;
  /** "Yes, it came out." */
  onYes: () => void;
}) {
  const status = useStatus();
  const mark = nextMarkOf(owed, answer, useNow());
  const shared = { ways, busy, onPrint };
  if (owed.state === "blocked")
    return <BlockedAction {...shared} holder={holderOf(owed, status)} />;
  if (owed.state === "unknown")
    return (
      <UnknownAction {...shared} answer={answer} mark={mark} onYes={onYes} onAnswer={onAnswer} />
    );
  return <PrintKeys {...shared} mark={mark} />;
}
