import { useState } from "react";
import { callSafely, CallRefused, newRequestId, useSetStatus } from "../../../bridge/index.ts";
import { useReminder } from "../reminder-context.ts";
import type { ExitKind } from "./exit-kind.ts";

interface ExitInput {
  digits: string;
  reason: string;
  paperNo: string;
  pin: string | null;
}

/** Sends one exit to the till. A deferred receipt leaves the reminder but stays on the rail. */
export function useExit(kind: ExitKind, saleId: number) {
  const setStatus = useSetStatus();
  const reminder = useReminder();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CallRefused | null>(null);

  const send = async (input: ExitInput) => {
    setBusy(true);
    setError(null);
    try {
      const { status } = await callExit(kind, saleId, input);
      setStatus(status);
      if (kind === "defer") reminder.close();
    } catch (refused) {
      if (!(refused instanceof CallRefused)) throw refused;
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return { send: (input: ExitInput) => void send(input), isBusy, error };
}

function callExit(kind: ExitKind, saleId: number, input: ExitInput) {
  const { digits, reason, paperNo, pin } = input;
  const common = { requestId: newRequestId(), saleId, digits, reason };
  switch (kind) {
    case "seen":
      return callSafely("receipt.seen", common);
    case "declined":
      return callSafely("receipt.declined", common);
    case "handwritten":
      return callSafely("receipt.handwritten", { ...common, paperNo });
    case "defer":
      return callSafely("receipt.defer", { ...common, pin });
  }
}
