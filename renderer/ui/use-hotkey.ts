import { useEffect, useEffectEvent } from "react";
import { isModalOpen } from "./modal-stack.ts";

/**
 * Calls `onKey` for a key pressed anywhere on the page. Does nothing while a dialog is open, and a key that
 * writes a character is left alone while somebody types.
 */
export function useHotkey(key: string, onKey: () => void, isEnabled = true): void {
  const latest = useEffectEvent(onKey);
  useEffect(() => {
    if (!isEnabled) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.repeat || event.defaultPrevented) return;
      if (event.ctrlKey || event.altKey || event.metaKey || isModalOpen()) return;
      if (key.length === 1 && isTyping(event.target)) return;
      event.preventDefault();
      latest();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [key, isEnabled]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}
