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

/**
 * Every note and coin that is in circulation or still taken everywhere, in minor units: what a customer can hand over
 * as a single piece.
 */
export const DENOMINATIONS: Record<Currency, readonly number[]> = {
  CNY: [1, 2, 5, 10, 50, 100, 500, 1000, 2000, 5000, 10_000],
  USD: [1, 5, 10, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000],
  EUR: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000],
  GBP: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000],
  HKD: [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000],
  TWD: [1, 5, 10, 20, 50, 100, 200, 500, 1000, 2000],
  JPY: [1, 5, 10, 50, 100, 500, 1000, 2000, 5000, 10_000],
  SGD: [5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000, 100_000],
  MYR: [5, 10, 20, 50, 100, 500, 1000, 2000, 5000, 10_000],
};
