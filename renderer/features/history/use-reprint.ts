import { useState } from "react";
import type { CallRefused } from "../../bridge/index.ts";
import { newRequestId, useAct, useSetStatus, useStatus } from "../../bridge/index.ts";
import { isUnderWay, jobOfSale, type JobView } from "./print-job.ts";

export interface Reprint {
  /** Does nothing while the last press is still under way. */
  print: () => void;
  isBusy: boolean;
  job: JobView | null;
  refusal: CallRefused | null;
}

/** The print key of one sale: one press, one request, and what became of its paper. */
export function useReprint(saleId: number): Reprint {
  const status = useStatus();
  const setStatus = useSetStatus();
  const act = useAct("receipt.print");
  const [press, setPress] = useState<{ saleId: number; sinceJobId: string | null } | null>(null);
  const isOurs = press?.saleId === saleId;
  const job = isOurs ? jobOfSale(status, saleId, press.sinceJobId) : null;
  const isBusy = act.isPending || (job !== null && isUnderWay(job.outcome));

  const print = () => {
    if (isBusy) return;
    setPress({ saleId, sinceJobId: status.lastJob?.jobId ?? null });
    act.mutate(
      { requestId: newRequestId(), saleId, seen: null },
      { onSuccess: (answer) => setStatus(answer.status) },
    );
  };
  return { print, isBusy, job, refusal: isOurs ? act.error : null };
}
