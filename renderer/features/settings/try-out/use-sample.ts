import { useState } from "react";
import type { CallInput } from "../../../../main/contract/calls.ts";
import type { PrinterSlot } from "../../../../main/contract/printers.ts";
import { newRequestId, useAct, useSetStatus, type CallRefused } from "../../../bridge/index.ts";

type SampleKind = CallInput<"printer.sample">["sample"];

export interface Sample {
  print: (sample: SampleKind) => void;
  /** Under way now. */
  busy: SampleKind | null;
  /** Printed while this step was open. */
  printed: readonly SampleKind[];
  error: CallRefused | null;
}

/** Something to look at from the printer; it needs no proof, the eye is the proof. */
export function useSample(slot: PrinterSlot): Sample {
  const setStatus = useSetStatus();
  const act = useAct("printer.sample");
  const [printed, setPrinted] = useState<readonly SampleKind[]>([]);
  return {
    print: (sample) =>
      act.mutate(
        { requestId: newRequestId(), slot, sample },
        {
          onSuccess: ({ status }) => {
            setPrinted((before) => [...before, sample]);
            setStatus(status);
          },
        },
      ),
    busy: act.isPending ? (act.variables?.sample ?? null) : null,
    printed,
    error: act.error,
  };
}
