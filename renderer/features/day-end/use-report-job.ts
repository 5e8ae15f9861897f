import { useState } from "react";
import { newRequestId, useAct, useSetStatus, useStatus } from "../../bridge/index.ts";
import type { TillStatus } from "../../../main/contract/status.ts";

/** Prints a day's report on the receipt printer and follows what becomes of it. */
export function useReportJob(dayId: number) {
  const { lastJob } = useStatus();
  const setStatus = useSetStatus();
  const act = useAct("day.print");
  const [press, setPress] = useState<{ sinceJobId: string | null } | null>(null);
  const job: TillStatus["lastJob"] =
    press !== null && lastJob?.kind === "report" && lastJob.jobId !== press.sinceJobId
      ? lastJob
      : null;
  return {
    print: () => {
      setPress({ sinceJobId: lastJob?.jobId ?? null });
      act.mutate(
        { requestId: newRequestId(), dayId },
        { onSuccess: (answer) => setStatus(answer.status) },
      );
    },
    isBusy: act.isPending || job?.outcome === "waiting" || job?.outcome === "printing",
    job,
    refusal: act.error,
  };
}
