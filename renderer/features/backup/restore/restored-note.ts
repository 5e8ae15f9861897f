import type { CallOutput } from "../../../../main/contract/calls.ts";

const KEY = "slipsure.restored";

type Done = CallOutput<"backup.restore">;

/** Kept over the reload that follows a restore, for this window only. */
export function rememberRestore(done: Done): void {
  sessionStorage.setItem(KEY, JSON.stringify(done));
}

/** What was restored just before this page was opened; null: nothing. Once. */
export function takeRestore(): Done | null {
  const text = sessionStorage.getItem(KEY);
  if (text === null) return null;
  sessionStorage.removeItem(KEY);
  try {
    return JSON.parse(text) as Done;
  } catch {
    return null;
  }
}
