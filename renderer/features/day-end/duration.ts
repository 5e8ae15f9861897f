/** A length of time for a report: names a text under `dayEnd:duration` and its numbers. */
export interface DurationText {
  unit: "seconds" | "minutes" | "hours" | "days";
  values: { d: number; h: number; m: number; s: number };
}

/** The two largest units that say something: `2 h 5 min`, `3 d 4 h`, `40 s`. */
export function durationText(ms: number): DurationText {
  const total = Math.max(0, Math.floor(ms / 1000));
  const d = Math.floor(total / 86_400);
  const h = Math.floor((total % 86_400) / 3600);
  const m = Math.floor((total % 3600) / 60);
  const s = total % 60;
  const unit = d > 0 ? "days" : h > 0 ? "hours" : m > 0 ? "minutes" : "seconds";
  return { unit, values: { d, h, m, s } };
}
