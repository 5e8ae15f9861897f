const KB = 1024;
const MB = 1024 * KB;
const GB = 1024 * MB;

/** A size for people: two figures that matter, never below one kilobyte. */
export function byteSize(bytes: number): { unit: "kb" | "mb" | "gb"; n: string } {
  if (bytes >= GB) return { unit: "gb", n: figures(bytes / GB) };
  if (bytes >= MB) return { unit: "mb", n: figures(bytes / MB) };
  return { unit: "kb", n: String(Math.max(1, Math.round(bytes / KB))) };
}

function figures(amount: number): string {
  return amount < 10 ? amount.toFixed(1) : String(Math.round(amount));
}
