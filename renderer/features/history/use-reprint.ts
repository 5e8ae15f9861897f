import { useState } from "react";
import type { PrinterSlot } from "../../../main/contract/printers.ts";
import type { CallRefused } from "../../bridge/index.ts";
import { newRequestId, useAct, useSetStatus, useStatus } from "../../bridge/index.ts";
import { isUnderWay, jobOfSale, troubledCopy, type JobView } from "./print-job.ts";

export interface Reprint {
  /** Does nothing while the last press is still under way. */
  print: (slot: PrinterSlot) => void;
  /** A copy a printer stopped at is not wanted any more; null when there is none. */
  cancel: (() => void) | null;
  isBusy: boolean;
  /** The printer this press went to. */
  slot: PrinterSlot | null;
  job: JobView | null;
  refusal: CallRefused | null;
}

interface Press {
  saleId: number;
  slot: PrinterSlot;
  sinceJobId: string | null;
}

/** The print key of one sale: one press, one request, and what became of its paper. */
export function useReprint(saleId: number): Reprint {
  const status = useStatus();
  const setStatus = useSetStatus();
  const act = useAct("receipt.print");
  const cancelCopy = useAct("receipt.cancelCopy");
  const [press, setPress] = useState<Press | null>(null);
  const isOurs = press?.saleId === saleId;
  const job = isOurs ? jobOfSale(status, saleId, press.sinceJobId) : troubledCopy(status, saleId);
  const isBusy = act.isPending || (job !== null && isUnderWay(job.outcome));

  const print = (slot: PrinterSlot) => {
    if (isBusy) return;
    setPress({ saleId, slot, sinceJobId: status.lastJob?.jobId ?? null });
    act.mutate(
      { requestId: newRequestId(), saleId, seen: null, printer: slot },
      { onSuccess: (answer) => setStatus(answer.status) },
    );
  };
  const isStopped = job?.outcome === "blocked" && troubledCopy(status, saleId) !== null;
  const cancel = () => {
    if (cancelCopy.isPending) return;
    cancelCopy.mutate(
      { requestId: newRequestId(), saleId },
      { onSuccess: (answer) => setStatus(answer.status) },
    );
  };
  return {
    print,
    cancel: isStopped ? cancel : null,
    isBusy,
    slot: isOurs ? press.slot : null,
    job,
    refusal: (isOurs ? act.error : null) ?? (isStopped ? cancelCopy.error : null),
  };
}
