/** Whether the till behind this page answers. Electron's is always `live`. */
export type Connection = "connecting" | "live" | "lost";

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
