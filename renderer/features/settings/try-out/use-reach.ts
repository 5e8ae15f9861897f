import { useState } from "react";
import type { CallOutput } from "../../../../main/contract/calls.ts";
import type { PrinterConfig, PrinterSlot } from "../../../../main/contract/printers.ts";
import { newRequestId, useAct, useSetStatus, type CallRefused } from "../../../bridge/index.ts";
import { isQueue, wayKey } from "../printer/printer-form.ts";
import { useTryOut } from "./try-out-store.ts";

export type ReachAnswer = Omit<CallOutput<"printer.test">, "status">;

export interface Reach {
  run: () => void;
  isBusy: boolean;
  /** Of the printer this was made for; another one has not answered yet. */
  answer: ReachAnswer | null;
  error: CallRefused | null;
  isQueue: boolean;
}

/** Prints a test slip and hears what comes back from behind it; kept for trying the printer out. */
export function useReach(slot: PrinterSlot, printer: PrinterConfig): Reach {
  const setStatus = useSetStatus();
  const tryOut = useTryOut(slot, printer);
  const test = useAct("printer.test");
  const key = wayKey(printer);
  const [heard, setHeard] = useState<{ key: string; answer: ReachAnswer } | null>(null);
  const run = () => {
    // Not `onSuccess`: the dialog may be left before the printer has answered.
    test.mutateAsync({ requestId: newRequestId(), slot }).then(
      ({ status, ...answer }) => {
        const { answers, fence, fingerprint, replyMs: fenceMs } = answer;
        // Another answer may need another cover test.
        tryOut.note({ reach: { answers, fence, fingerprint, fenceMs }, cover: null });
        setHeard({ key, answer });
        setStatus(status);
      },
      // Shown from `test.error`.
      () => undefined,
    );
  };
  return {
    run,
    isBusy: test.isPending,
    answer: heard?.key === key ? heard.answer : null,
    error: test.error,
    isQueue: isQueue(printer),
  };
}
