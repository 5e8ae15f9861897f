import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { BackupPreview } from "../../../../main/contract/backup.ts";
import type { CallOutput } from "../../../../main/contract/calls.ts";
import { call, CallRefused, useStatus } from "../../../bridge/index.ts";
import { go } from "../../../routing.ts";
import { restoredNote } from "./restored-note.ts";

export type RestoreStep =
  | { name: "choose"; error: CallRefused | null }
  | { name: "reading" }
  /** `error`: why the last passphrase did not do. */
  | { name: "passphrase"; error: CallRefused | null }
  /** `newestSaleId`: the till's when this was read. */
  | { name: "preview"; preview: BackupPreview; newestSaleId: number };

export interface Restore {
  step: RestoreStep;
  open: (path: string) => void;
  unseal: (passphrase: string) => void;
  back: () => void;
  /** `pin`: the manager's; null at first start. `lastOnPaper`: the newest receipt number on paper; null: not known. */
  run: (pin: string | null, lastOnPaper: number | null) => void;
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
  const { look, changed, isLooking } = useLook();
  const chosen = useRef<{ path: string; passphrase: string | null }>({
    path: "",
    passphrase: null,
  });

  const ask = async (path: string, passphrase: string | null) => {
    const choice = { path, passphrase };
    chosen.current = choice;
    const next = await look(choice);
    if (chosen.current === choice) setStep(next);
  };
  /** What would be given up as it is by now. What is shown stays until then, or when nobody can look now. */
  const askAgain = async () => {
    const choice = chosen.current;
    const next = await look(choice);
    if (chosen.current !== choice || next.name !== "preview") return;
    // Somebody may have gone back to choose another one meanwhile.
    setStep((shown) => (shown.name === "preview" ? next : shown));
  };
  const read = (path: string, passphrase: string | null) => {
    setStep({ name: "reading" });
    void ask(path, passphrase);
  };
  const readFirst = useEffectEvent(() => {
    if (firstPath !== null) void ask(firstPath, null);
  });
  useEffect(() => readFirst(), []);
  const follow = useEffectEvent(() => {
    if (changed && step.name === "preview" && !isRunning && !isLooking) void askAgain();
  });
  useEffect(() => follow(), [changed, isLooking, isRunning]);

  return {
    step,
    open: (path) => read(path, null),
    unseal: (passphrase) => read(chosen.current.path, passphrase),
    back: () => {
      setRunError(null);
      setStep({ name: "choose", error: null });
    },
    run: (pin, lastOnPaper) => {
      if (step.name !== "preview" || isRunning) return;
      setRunning(true);
      setRunError(null);
      const { facts, here } = step.preview;
      const shown = { head: facts.head.hash, givenUp: here?.givenUp.fingerprint ?? null };
      const wish = { ...chosen.current, pin, ...shown, lastOnPaper };
      // Not a mutation of this dialog: restored settings may take the dialog away before the answer is here.
      call("backup.restore", wish).then(openRestored, (error: unknown) => {
        setRunning(false);
        if (!(error instanceof CallRefused)) throw error;
        setRunError(error);
        // Looked at anew, so that what is agreed to is what is true now.
        if (error.code === "RESTORE_CHANGED") void askAgain();
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

/** Reads backups, and knows whether anything that a restore might give up has changed since the last one was read. */
function useLook() {
  const { newestSaleId, rail } = useStatus();
  const now = JSON.stringify([newestSaleId, rail.map(({ saleId }) => saleId)]);
  const [seen, setSeen] = useState(now);
  const [looking, setLooking] = useState(0);
  const look = async (choice: { path: string; passphrase: string | null }) => {
    setSeen(now);
    setLooking((count) => count + 1);
    try {
      return await stepAfter(choice, newestSaleId);
    } finally {
      setLooking((count) => count - 1);
    }
  };
  return { look, changed: seen === now ? null : now, isLooking: looking > 0 };
}

async function stepAfter(
  choice: { path: string; passphrase: string | null },
  newestSaleId: number,
): Promise<RestoreStep> {
  try {
    return { name: "preview", preview: await call("backup.preview", choice), newestSaleId };
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    if (error.code === "BACKUP_PASSPHRASE_NEEDED") return { name: "passphrase", error: null };
    if (error.code === "BACKUP_WRONG_PASSPHRASE") return { name: "passphrase", error };
    return { name: "choose", error };
  }
}
