/** Divisible by three, so that slices join without padding; small enough to pass as arguments. */
const SLICE_BYTES = 24_576;
/** About 5 ms of work on a slow counter PC. */
const SLICES_PER_TURN = 40;

/**
 * A file's bytes as base64, in slices that let the page draw and answer in between.
 * @param signal stops early; the promise then rejects with the signal's reason
 */
export async function base64InSlices(bytes: Uint8Array, signal?: AbortSignal): Promise<string> {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(start, start + SLICE_BYTES))));
    if (parts.length % SLICES_PER_TURN === 0) {
      await nextTurn();
      signal?.throwIfAborted();
    }
  }
  return parts.join("");
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
