import { useTranslation } from "react-i18next";
import { formatMoney } from "../../main/domain/money.ts";
import { useSettings } from "../bridge/till-context.tsx";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface Format {
  /** `¥12.30`, in the shop's currency. */
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
    money: (minor) => formatMoney(minor, currency),
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
