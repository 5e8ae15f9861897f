import { useEffectEvent, useLayoutEffect } from "react";

/**
 * Function keys of a sheet that stands over the page: they work from its first frame, because whoever sees
 * it may press at once. A key that repeats presses nothing.
 */
export function useKeys(onKey: (code: string) => void, codes: readonly string[]): void {
  const latest = useEffectEvent(onKey);
  const watched = codes.join(" ");
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (!watched.split(" ").includes(event.code)) return;
      // F10 would open the menu of the window.
      event.preventDefault();
      if (!event.repeat) latest(event.code);
    };
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [watched]);
}
