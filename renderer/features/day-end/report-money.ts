import type { DayReport } from "../../../main/contract/day.ts";
import { CURRENCIES, type Currency } from "../../../main/domain/money.ts";
import { screenMoney, useFormat } from "../../ui/index.ts";

export type MoneyText = (minor: number) => string;

/** Amounts in the currency of that day, whatever the shop uses now. */
export function useReportMoney(report: DayReport): MoneyText {
  const format = useFormat();
  const currency: Currency | undefined = CURRENCIES.find((code) => code === report.currency);
  return currency === undefined ? format.money : (minor) => screenMoney(minor, currency);
}
