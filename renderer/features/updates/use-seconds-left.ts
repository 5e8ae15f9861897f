import { useEffect, useState } from "react";

/** Whole seconds until `atMs`, counted down; 0 without one. The till's clock and this one agree: one PC. */
export function useSecondsLeft(atMs: number | null): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (atMs === null) return;
    const look = () => setNowMs(Date.now());
    const soon = setTimeout(look);
    const timer = setInterval(look, 1000);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [atMs]);
  return atMs === null ? 0 : Math.max(0, Math.ceil((atMs - nowMs) / 1000));
}
