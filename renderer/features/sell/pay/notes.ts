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
};
