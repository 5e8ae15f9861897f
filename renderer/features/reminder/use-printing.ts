import { useState } from "react";
import type { PrinterSlot } from "../../../main/contract/printers.ts";
import type { OwedReceipt } from "../../../main/contract/values.ts";
import { newRequestId, useAct, useSetStatus, useStatus } from "../../bridge/index.ts";
import type { CallRefused } from "../../bridge/index.ts";
import { holderOf, waysFor, type Ways } from "./failover.ts";
import { PRINT_KEY, slotOfKey } from "./print-key-codes.ts";
import type { Seen } from "./seen.ts";
import { useKeys } from "./use-keys.ts";

export interface Printing {
  ways: Ways;
  /** What the person said came out of the newest attempt; null: not asked, or not said yet. */
  answer: Seen;
  /** Says what came out; prints at once when there is only one printer to print on. */
  say: (answer: Seen) => void;
  print: (slot: PrinterSlot) => void;
  /** The printer the receipt is just being handed to. */
  busy: PrinterSlot | null;
  error: CallRefused | null;
}

/** Prints an owed receipt on the printer a person chooses, by key or by finger. */
export function usePrinting(owed: OwedReceipt, onPrint: () => void): Printing {
  const status = useStatus();
  const setStatus = useSetStatus();
  const act = useAct("receipt.print");
  const [said, setSaid] = useState<{ attempt: number; answer: Seen } | null>(null);
  const ways = waysFor(owed, status);
  // What was said of one paper says nothing of the next.
  const answer = said?.attempt === owed.attempts ? said.answer : null;

  const start = (slot: PrinterSlot, seen: Seen) => {
    if (act.isPending) return;
    onPrint();
    act.mutate(
      {
        requestId: newRequestId(),
        saleId: owed.saleId,
        seen: owed.state === "unknown" ? seen : null,
        printer: slot,
      },
      { onSuccess: (done) => setStatus(done.status) },
    );
  };
  const say = (next: Seen) => {
    setSaid({ attempt: owed.attempts, answer: next });
    if (next !== null && ways.open.length === 1) start("receipt", next);
  };
  const print = (slot: PrinterSlot) => start(slot, answer);

  useKeys(
    (code) => {
      const slot = slotOfKey(code);
      if (slot === null || !ways.open.some((printer) => printer.slot === slot)) return;
      // Not the one it is stuck in: there it goes on by itself, and clearing it is a choice.
      if (owed.state === "blocked" && slot === holderOf(owed, status).slot) return;
      if (owed.state === "unknown" && answer === null) {
        // The question comes first; its "no" is the print key.
        if (slot === "receipt") say("nothing");
        return;
      }
      if (/^(failed|unknown|blocked)$/.test(owed.state)) print(slot);
    },
    [PRINT_KEY.receipt, PRINT_KEY.backup],
  );

  const busy = act.isPending ? (act.variables.printer ?? "receipt") : null;
  return { ways, answer, say, print, busy, error: act.error };
}
