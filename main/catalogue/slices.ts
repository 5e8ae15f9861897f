import { setImmediate as nextTurn } from "node:timers/promises";

/** Rows handled before other work gets its turn: about a millisecond on a slow counter PC. */
export const ROWS_PER_SLICE = 250;

/**
 * Calls `run` for every item in order and lets the event loop turn after each slice,
 * so a scan or a key press never waits for a whole catalogue.
 * Rejects with whatever `run` throws; items after that one are not visited.
 */
export async function forEachInSlices<T>(
  items: readonly T[],
  run: (item: T, index: number) => void,
  rowsPerSlice: number = ROWS_PER_SLICE,
): Promise<void> {
  for (let start = 0; start < items.length; start += rowsPerSlice) {
    if (start > 0) await nextTurn();
    items.slice(start, start + rowsPerSlice).forEach((item, offset) => run(item, start + offset));
  }
}
