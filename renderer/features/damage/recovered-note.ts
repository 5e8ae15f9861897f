import type { CallOutput } from "../../../main/contract/calls.ts";

const KEY = "slipsure.recovered";

type Done = CallOutput<"damage.recover">;

/** Kept over the reload that follows, for this window only. */
export function rememberRecovery(done: Done): void {
  sessionStorage.setItem(KEY, JSON.stringify(done));
}

/** What was put back just before this page was opened; null: nothing. Once. */
export function takeRecovery(): Done | null {
  const text = sessionStorage.getItem(KEY);
  if (text === null) return null;
  sessionStorage.removeItem(KEY);
  try {
    return JSON.parse(text) as Done;
  } catch {
    return null;
  }
}
