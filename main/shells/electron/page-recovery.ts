import type { Clock } from "../../clock.ts";
import type { ReportIncident } from "../../contract/dispatch.ts";
import type { WindowPart } from "./api.ts";

/** A page that does not answer for this long beyond Chromium's own patience is ended. */
const HUNG_MS = 10_000;
/** A reload right after the end of a page sometimes finds the old process (electron/electron#48661). */
const RELOAD_AFTER_MS = 500;
/** More ends than this within `WINDOW_MS` are no accident: loading it again would never stop. */
const MAX_RELOADS = 3;
const WINDOW_MS = 60_000;

export interface RecoveryWays {
  clock: Clock;
  report: ReportIncident;
  /** The page is being loaded again. */
  restarted: (incident: string) => void;
  /** It ended too often; nothing is loaded any more. */
  givenUp: (incident: string) => void;
}

/**
 * Loads the page of a window again when its process has ended or hangs. The till itself goes on meanwhile:
 * the new page asks it for everything, the basket included.
 */
export function recoverPage(window: WindowPart, ways: RecoveryWays): void {
  const { clock, report } = ways;
  const endsMs: number[] = [];
  let isGone = false;
  let isHung = false;
  let stopWaiting = () => {};
  window.on("closed", () => {
    isGone = true;
    stopWaiting();
  });
  window.on("unresponsive", () => {
    stopWaiting();
    stopWaiting = clock.setTimer(HUNG_MS, () => {
      isHung = true;
      // A plain reload would wait for the page that hangs. What follows is told below.
      window.webContents.forcefullyCrashRenderer();
    });
  });
  window.on("responsive", () => stopWaiting());
  window.webContents.on("render-process-gone", (_event, { reason, exitCode }) => {
    stopWaiting();
    if (isGone || reason === "clean-exit") return;
    const what = isHung ? "did not answer and was ended" : "ended";
    isHung = false;
    const incident = report("page", new Error(`The page ${what}: ${reason} (${exitCode}).`));
    const nowMs = clock.monotonicMs();
    endsMs.push(nowMs);
    const recent = endsMs.filter((atMs) => nowMs - atMs < WINDOW_MS);
    if (recent.length > MAX_RELOADS) return ways.givenUp(incident);
    stopWaiting = clock.setTimer(RELOAD_AFTER_MS, () => {
      window.webContents.reload();
      ways.restarted(incident);
    });
  });
}
