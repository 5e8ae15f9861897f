import { useEffect, useState } from "react";
import { useStatus } from "../../bridge/index.ts";

const TICK_MS = 5_000;

/** The till's time, good to five seconds; ages on the screen are in minutes. */
export function useNow(): number {
  const { nowMs } = useStatus();
  const [told, setTold] = useState(() => ({ nowMs, seenMs: Date.now() }));
  const [pageMs, setPageMs] = useState(() => Date.now());
  // The till's clock decides what is late; the page's only tells how long ago it said so.
  if (told.nowMs !== nowMs) setTold({ nowMs, seenMs: pageMs });
  useEffect(() => {
    const timer = setInterval(() => setPageMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return told.nowMs + Math.max(0, pageMs - told.seenMs);
}
