/** Which part of the past the history list shows. Days are days of this computer's wall clock. */
export type RangePreset = "all" | "today" | "yesterday" | "week" | "custom";

export const RANGE_PRESETS: readonly RangePreset[] = [
  "today",
  "yesterday",
  "week",
  "all",
  "custom",
];

/** Two dates as a date field gives them, `YYYY-MM-DD`, and times of day, `HH:MM`; each may be empty. */
export interface DateSpan {
  from: string;
  to: string;
  fromTime: string;
  toTime: string;
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
  const first = momentOf(span.from, span.fromTime, "first");
  const last = momentOf(span.to, span.toTime, "last");
  if (first === null || last === null || first <= last) return { fromMs: first, toMs: last };
  return {
    fromMs: momentOf(span.to, span.toTime, "first"),
    toMs: momentOf(span.from, span.fromTime, "last"),
  };
}

/**
 * The first or last millisecond of a day, or of a minute of it when a time is given. The calendar
 * does the summer time sums.
 */
function momentOf(date: string, time: string, which: "first" | "last"): number | null {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!day) return null;
  const [year, month, dayOfMonth] = [Number(day[1]), Number(day[2]) - 1, Number(day[3])];
  const clock = /^(\d{2}):(\d{2})/.exec(time);
  if (!clock) {
    if (which === "first") return new Date(year, month, dayOfMonth).getTime();
    return new Date(year, month, dayOfMonth + 1).getTime() - 1;
  }
  const minute = new Date(year, month, dayOfMonth, Number(clock[1]), Number(clock[2])).getTime();
  return which === "first" ? minute : minute + 59_999;
}

/** The last millisecond of a date as a date field gives it; null when it is none. */
export function endOfDate(date: string): number | null {
  return momentOf(date, "", "last");
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
