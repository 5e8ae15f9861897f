import { useEffect } from "react";

/** How many things on the screen want an answer before anything else may happen. */
let open = 0;
const listeners = new Set<() => void>();

function change(by: 1 | -1): void {
  open += by;
  for (const listener of listeners) listener();
}

/** Counts as one open modal while mounted and `isOpen`: scans wait until the last one is gone. */
export function useModalMark(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return;
    change(1);
    return () => change(-1);
  }, [isOpen]);
}

export function isModalOpen(): boolean {
  return open > 0;
}

export function onModals(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
