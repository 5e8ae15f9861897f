import { useState } from "react";
import type { CallOutput } from "../../../main/contract/calls.ts";
import { callSafely, CallRefused, newRequestId } from "../../bridge/index.ts";
import type { Days } from "./periods.ts";
import { saveArchive } from "./save-archive.ts";

export type MadeArchive = CallOutput<"archive.make">;

/** Makes an archive and hands it over. */
export function useArchive() {
  const [isBusy, setBusy] = useState(false);
  const [made, setMade] = useState<MadeArchive | null>(null);
  const [refusal, setRefusal] = useState<CallRefused | null>(null);
  const make = async (days: Days) => {
    setBusy(true);
    setRefusal(null);
    try {
      const archive = await callSafely("archive.make", { requestId: newRequestId(), ...days });
      await saveArchive(archive.id, archive.fileName);
      setMade(archive);
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error;
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    isBusy,
    made,
    refusal,
    make: (days: Days) => void make(days),
    again: () => setMade(null),
  };
}
