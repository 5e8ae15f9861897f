import { useEffect, useState } from "react";
import { useStatus } from "../../bridge/index.ts";

const TICK_MS = 5_000;

/** The till's time, good to five seconds; ages on the screen are in minutes. */
export function useNow(): number {
  const { nowMs } = useStatus();
  // The till's clock decides what is late; the page only measures how long ago it said so, and nobody can set that.
  const [told, setTold] = useState(() => ({ nowMs, seenMs: performance.now() }));
  const [pageMs, setPageMs] = useState(() => performance.now());
  if (told.nowMs !== nowMs) setTold({ nowMs, seenMs: pageMs });
  useEffect(() => {
    const timer = setInterval(() => setPageMs(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.round(told.nowMs + Math.max(0, pageMs - told.seenMs));
}
