import { useTranslation } from "react-i18next";
import { formatMoney, type Currency } from "../../main/domain/money.ts";
import { useSettings } from "../bridge/till-context.tsx";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Thousands set apart, for reading on a screen: `1,234.50`. Paper has its own layout and never gets them. */
export function groupThousands(amount: string): string {
  return amount.replace(/\d+/, (whole) => whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ","));
}

/** An amount as a screen shows it: `screenMoney(-123456, "CNY")` is `"-¥1,234.56"`. */
export function screenMoney(minor: number, currency: Currency): string {
  return groupThousands(formatMoney(minor, currency));
}

export interface Format {
  /** `¥1,234.50`, in the shop's currency. */
  money: (minor: number) => string;
  /** `11:42` on the shop's wall clock. */
  time: (ms: number) => string;
  /** Date and time, short. */
  dateTime: (ms: number) => string;
  date: (ms: number) => string;
  /** How long ago or how long, coarse: `3 分钟`, `2 h`. */
  age: (ms: number) => string;
}

/** Amounts and times as the chosen language writes them. */
export function useFormat(): Format {
  const { i18n, t } = useTranslation("common");
  const { currency } = useSettings();
  const locale = i18n.language;
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const day = { month: "numeric", day: "numeric" } as const;
  return {
    money: (minor) => screenMoney(minor, currency),
    time: (ms) => new Intl.DateTimeFormat(locale, clock).format(ms),
    dateTime: (ms) => new Intl.DateTimeFormat(locale, { ...day, ...clock }).format(ms),
    date: (ms) => new Intl.DateTimeFormat(locale, { year: "numeric", ...day }).format(ms),
    age: (ms) => {
      if (ms < MINUTE_MS) return t("age.now");
      if (ms < HOUR_MS) return t("age.minutes", { count: Math.floor(ms / MINUTE_MS) });
      if (ms < DAY_MS) return t("age.hours", { count: Math.floor(ms / HOUR_MS) });
      return t("age.days", { count: Math.floor(ms / DAY_MS) });
    },
  };
}
