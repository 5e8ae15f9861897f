import type { SetupDraft, SetupProblem } from "./setup-draft.ts";

export interface StepProps {
  draft: SetupDraft;
  change: (patch: Partial<SetupDraft>) => void;
  /** Shown only after the first try to go on. */
  problems: readonly SetupProblem[];
}
