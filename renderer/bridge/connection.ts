/**
 * Whether the till behind this page answers. Electron's is always `live`. `shutOut`: it answers, and no longer
 * knows this page, which only an address it has just given out can change.
 */
export type Connection = "connecting" | "live" | "lost" | "shutOut";

let current: Connection = "connecting";
const listeners = new Set<() => void>();

export function connection(): Connection {
  return current;
}

export function setConnection(next: Connection): void {
  if (next === current) return;
  current = next;
  for (const listener of listeners) listener();
}

export function onConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
