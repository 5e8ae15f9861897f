import type { Currency } from "../../../../main/domain/money.ts";

/** Bank notes customers usually hand over, in whole units of the currency. */
export const NOTES: Record<Currency, readonly number[]> = {
  CNY: [10, 20, 50, 100],
  USD: [5, 10, 20, 50],
  EUR: [5, 10, 20, 50],
  GBP: [5, 10, 20, 50],
  HKD: [20, 50, 100, 500],
  TWD: [100, 500, 1000, 2000],
  JPY: [1000, 2000, 5000, 10000],
  SGD: [5, 10, 50, 100],
  MYR: [10, 20, 50, 100],
  KRW: [5000, 10000, 50000],
  THB: [20, 100, 500, 1000],
  VND: [50000, 100000, 200000, 500000],
  IDR: [10000, 20000, 50000, 100000],
  PHP: [50, 100, 500, 1000],
  INR: [50, 100, 200, 500],
  AUD: [10, 20, 50, 100],
  NZD: [10, 20, 50, 100],
  CAD: [10, 20, 50, 100],
  CHF: [10, 20, 50, 100],
  SEK: [50, 100, 200, 500],
  NOK: [50, 100, 200, 500],
  DKK: [50, 100, 200, 500],
  KWD: [1, 5, 10, 20],
};
