/** Which part of the past the history list shows. Days are days of this computer's wall clock. */
export type RangePreset = "all" | "today" | "yesterday" | "week" | "custom";

export const RANGE_PRESETS: readonly RangePreset[] = [
  "today",
  "yesterday",
  "week",
  "all",
  "custom",
];

/** Two business dates as a date field gives them, `YYYY-MM-DD`, each may be empty. */
export interface DateSpan {
  from: string;
  to: string;
}

export interface TimeRange {
  /** UTC milliseconds, inclusive; null for no limit. */
  fromMs: number | null;
  toMs: number | null;
}

/**
 * The limits a preset stands for at `nowMs`. "week" is today and the six days before it.
 * A custom span whose ends are the wrong way round is read the right way round.
 */
export function rangeOf(preset: RangePreset, span: DateSpan, nowMs: number): TimeRange {
  switch (preset) {
    case "all":
      return { fromMs: null, toMs: null };
    case "today":
      return { fromMs: startOfDay(nowMs, 0), toMs: null };
    case "yesterday":
      return { fromMs: startOfDay(nowMs, -1), toMs: startOfDay(nowMs, 0) - 1 };
    case "week":
      return { fromMs: startOfDay(nowMs, -6), toMs: null };
    case "custom":
      return customRange(span);
  }
}

function customRange(span: DateSpan): TimeRange {
  const [from, to] =
    span.from !== "" && span.to !== "" && span.from > span.to
      ? [span.to, span.from]
      : [span.from, span.to];
  const fromMs = dayStart(from, 0);
  const nextMs = dayStart(to, 1);
  return { fromMs, toMs: nextMs === null ? null : nextMs - 1 };
}

/** Midnight of a `YYYY-MM-DD` date moved by whole days; the calendar does the summer time sums. */
function dayStart(date: string, addDays: number): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return null;
  return new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + addDays).getTime();
}

function startOfDay(nowMs: number, addDays: number): number {
  const now = new Date(nowMs);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + addDays).getTime();
}

/** The day of a moment on this computer's wall clock, as a date field writes it. */
export function dateInputOf(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
