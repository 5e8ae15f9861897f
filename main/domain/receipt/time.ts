/** `2026-11-23 09:05:07`: the wall clock of a moment, given minutes to add to UTC. */
export function wallClock(atMs: number, utcOffsetMin: number): string {
  return new Date(atMs + utcOffsetMin * 60_000).toISOString().slice(0, 19).replace("T", " ");
}
