import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { BackupPreview } from "../../../../main/contract/backup.ts";
import type { CallOutput } from "../../../../main/contract/calls.ts";
import { call, CallRefused } from "../../../bridge/index.ts";
import { go } from "../../../routing.ts";
import { restoredNote } from "./restored-note.ts";

export type RestoreStep =
  | { name: "choose"; error: CallRefused | null }
  | { name: "reading" }
  /** `error`: why the last passphrase did not do. */
  | { name: "passphrase"; error: CallRefused | null }
  | { name: "preview"; preview: BackupPreview };

export interface Restore {
  step: RestoreStep;
  open: (path: string) => void;
  unseal: (passphrase: string) => void;
  back: () => void;
  /** `pin`: the manager's; null at first start. */
  run: (pin: string | null) => void;
  isRunning: boolean;
  runError: CallRefused | null;
}

/** Reads a backup and goes back to it. A newer choice makes the answer to an older one worthless. */
export function useRestore(firstPath: string | null): Restore {
  const [step, setStep] = useState<RestoreStep>(
    firstPath === null ? { name: "choose", error: null } : { name: "reading" },
  );
  const [isRunning, setRunning] = useState(false);
  const [runError, setRunError] = useState<CallRefused | null>(null);
  const chosen = useRef<{ path: string; passphrase: string | null }>({
    path: "",
    passphrase: null,
  });

  const ask = async (path: string, passphrase: string | null) => {
    const choice = { path, passphrase };
    chosen.current = choice;
    const next = await stepAfter(path, passphrase);
    if (chosen.current === choice) setStep(next);
  };
  const read = (path: string, passphrase: string | null) => {
    setStep({ name: "reading" });
    void ask(path, passphrase);
  };
  const readFirst = useEffectEvent(() => {
    if (firstPath !== null) void ask(firstPath, null);
  });
  useEffect(() => readFirst(), []);

  return {
    step,
    open: (path) => read(path, null),
    unseal: (passphrase) => read(chosen.current.path, passphrase),
    back: () => {
      setRunError(null);
      setStep({ name: "choose", error: null });
    },
    run: (pin) => {
      if (step.name !== "preview" || isRunning) return;
      setRunning(true);
      setRunError(null);
      const { facts, here } = step.preview;
      const shown = { head: facts.head.hash, givenUp: here?.givenUp.fingerprint ?? null };
      const wish = { ...chosen.current, pin, ...shown };
      // Not a mutation of this dialog: restored settings may take the dialog away before the answer is here.
      call("backup.restore", wish).then(openRestored, (error: unknown) => {
        setRunning(false);
        if (!(error instanceof CallRefused)) throw error;
        setRunError(error);
        // Looked at anew, so that what is agreed to is what is true now.
        if (error.code === "RESTORE_CHANGED") void ask(chosen.current.path, wish.passphrase);
      });
    },
    isRunning,
    runError,
  };
}

function openRestored(done: CallOutput<"backup.restore">): void {
  restoredNote.keep(done);
  go("#/sell");
  // Nothing this page has read before is true of the books it shows now.
  window.location.reload();
}

async function stepAfter(path: string, passphrase: string | null): Promise<RestoreStep> {
  try {
    return { name: "preview", preview: await call("backup.preview", { path, passphrase }) };
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    if (error.code === "BACKUP_PASSPHRASE_NEEDED") return { name: "passphrase", error: null };
    if (error.code === "BACKUP_WRONG_PASSPHRASE") return { name: "passphrase", error };
    return { name: "choose", error };
  }
}
