/** A run of business days, `YYYY-MM-DD`, both included. */
export interface Days {
  from: string;
  to: string;
}

export const PERIODS = ["day", "month", "lastMonth", "own"] as const;
export type PeriodName = (typeof PERIODS)[number];

/** The days a name stands for, seen from one of them; null for those a person chooses. */
export function daysOf(name: PeriodName, today: string): Days | null {
  const [year = 0, month = 1] = today.split("-").map(Number);
  switch (name) {
    case "day":
      return { from: today, to: today };
    case "month":
      return monthOf(year, month);
    case "lastMonth":
      return month === 1 ? monthOf(year - 1, 12) : monthOf(year, month - 1);
    case "own":
      return null;
  }
}

/** Two dates that make a period. */
export function isPeriod({ from, to }: Days): boolean {
  return from !== "" && to !== "" && from <= to;
}

/** The date on the wall of the shop. */
export function dateOf(atMs: number): string {
  const now = new Date(atMs);
  return [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
}

function monthOf(year: number, month: number): Days {
  const days = new Date(year, month, 0).getDate();
  const start = `${year}-${two(month)}`;
  return { from: `${start}-01`, to: `${start}-${two(days)}` };
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
