import {
  priceBasket,
  settleTenders,
  type Basket,
  type SaleRecord,
  type Tender,
  type TenderMethod,
} from "../../../main/domain/sale.ts";
import type { ReceiptBody } from "../../../main/sale-log/event.ts";
import type { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { Demand, makeArticles, type Article } from "./assortment.ts";
import { Random } from "./random.ts";

export const ARTICLES = 12_000;
export const CASHIERS = [
  "小王",
  "李雷",
  "韩梅梅",
  "Li Na",
  "Chen Wei",
  "张敏",
  "Ahmed",
  "刘洋",
  "Maria",
  "陈静",
  "周涛",
  "Anna",
] as const;
const SEED = 20_261_123;
const DAY_MS = 86_400_000;
const PAPER_MS = 2_400;
/** Receipts without the printer's own proof, and what became of them. */
const TROUBLE_SHARE = 0.015;
const CAUSES = [
  "paperOut",
  "coverOpen",
  "noAnswer",
  "unreachable",
  "cutterJam",
  "skipped",
] as const;

/** A shop that sells by itself: the same sales in the same order in every run. */
export class Shop {
  readonly articles: readonly Article[];
  private readonly random = new Random(SEED);
  private readonly demand: Demand;
  private nowMs: number;

  constructor(firstMs: number) {
    this.articles = makeArticles(this.random, ARTICLES);
    this.demand = new Demand(this.random, ARTICLES);
    this.nowMs = firstMs;
  }

  /** Where its chance stands between two days: with it another shop goes on just like this one. */
  get chance(): number {
    return this.random.state;
  }

  set chance(state: number) {
    this.random.state = state;
  }

  /** Sells for a day and closes it; receipts come out of the printer, but for a few. */
  sellDay(log: SaleLog, dayMs: number, sales: number): void {
    const gapMs = Math.floor((14 * 3_600_000) / sales);
    this.nowMs = dayMs + 8 * 3_600_000;
    const date = new Date(dayMs + 8 * 3_600_000).toISOString().slice(0, 10);
    for (let n = 0; n < sales; n += 1) {
      this.nowMs += 1 + this.random.below(gapMs * 2 - 1);
      const cashier = this.cashierOf(dayMs);
      const saleId = this.sell(log, cashier, date);
      this.print(log, saleId, cashier);
    }
    this.closeDay(log, dayMs, sales);
  }

  /** One sale in an open day; no receipt yet. Inside a transaction. */
  sell(log: SaleLog, cashier: string, date: string): number {
    return addSale(log, this.record(cashier), date, this.random.digits(18));
  }

  /** A sale as the till would write it, but for its number, made from what the next customer takes. */
  record(cashier: string): SaleRecord {
    const basket = this.basket();
    const priced = priceBasket(basket, "inclusive");
    const tenders = this.tenders(priced.totalMinor);
    const paid = settleTenders(priced.totalMinor, tenders);
    if ("problem" in paid) throw new Error(paid.problem);
    return {
      v: 1,
      layout: 1,
      receiptNo: 0,
      atMs: this.nowMs,
      utcOffsetMin: 480,
      cashier,
      currency: "CNY",
      taxMode: "inclusive",
      locale: "zh-CN",
      shop: { name: "街角便利店", address: "幸福路 8 号", phone: "021-555", footer: "谢谢惠顾" },
      ...priced,
      tenders,
      tenderedMinor: paid.tenderedMinor,
      changeMinor: paid.changeMinor,
    };
  }

  private basket(): Basket {
    const count = 1 + this.random.below(9);
    return {
      lines: Array.from({ length: count }, () => {
        const { code, nameZh, nameEn, unit, priceMinor } = this.article();
        return {
          code,
          nameZh,
          nameEn,
          unit,
          priceMinor,
          quantityMilli: this.random.chance(0.8) ? 1000 : 1000 * (2 + this.random.below(4)),
          discountMinor: this.random.chance(0.05) ? Math.floor(priceMinor / 10) : 0,
          taxRateBp: 1300,
        };
      }),
      discountMinor: 0,
    };
  }

  private article(): Article {
    const article = this.articles[this.demand.next()];
    if (!article) throw new Error("no such article");
    return article;
  }

  private tenders(totalMinor: number): Tender[] {
    const draw = this.random.next();
    if (draw < 0.3) {
      const noteMinor = Math.ceil(totalMinor / 1000) * 1000;
      return [{ method: "cash", amountMinor: noteMinor, reference: null }];
    }
    const method: TenderMethod = draw < 0.65 ? "wechat" : draw < 0.92 ? "alipay" : "card";
    return [{ method, amountMinor: totalMinor, reference: this.random.digits(28) }];
  }

  /** People come and go: nobody has worked here all three years. */
  private cashierOf(dayMs: number): string {
    const first = Math.floor(dayMs / (120 * DAY_MS));
    return CASHIERS[(first + this.random.below(4)) % CASHIERS.length] ?? CASHIERS[0];
  }

  private print(log: SaleLog, saleId: number, cashier: string): void {
    const note = (by: string, body: ReceiptBody) => {
      this.nowMs += 40 + this.random.below(PAPER_MS);
      log.receipts.record(saleId, this.nowMs, by, body);
    };
    const started = {
      type: "attemptStarted",
      attempt: 1,
      mark: "original",
      copy: 0,
      printer: "tcp://192.168.1.60:9100",
      bytesHash: this.random.digits(43),
    } as const;
    if (this.random.chance(TROUBLE_SHARE)) {
      const cause = this.random.pick(CAUSES);
      if (cause === "noAnswer") {
        note(cashier, started);
        note("till", { type: "attemptUnknown", attempt: 1, cause });
      } else note("till", { type: "attemptFailed", attempt: 1, cause });
      const how = this.random.pick(["person", "declined", "handwritten"] as const);
      note(cashier, {
        type: "settled",
        how,
        by: cashier,
        reason: "顾客不等了",
        ...(how === "handwritten" ? { paperNo: "A12" } : {}),
      });
      return;
    }
    note(cashier, started);
    note("till", { type: "attemptPrinted", attempt: 1, grade: "A", late: false });
  }

  private closeDay(log: SaleLog, dayMs: number, sales: number): void {
    const day = log.days.open();
    if (!day) throw new Error("no day is open");
    const { tenders, totalMinor } = log.dayQueries.report(day, this.nowMs, "CNY");
    const owed = log.receipts.owed().map(({ saleId }) => saleId);
    const by = this.cashierOf(dayMs);
    this.nowMs += 600_000;
    log.days.close(day, this.nowMs, by, {
      date: day.date,
      sales,
      totalMinor,
      tenders,
      owed,
      signedBy: owed.length > 0 ? by : null,
    });
  }
}

/** Writes a sale as the till does: it gets its number, and a day if none is open. Inside a transaction. */
export function addSale(log: SaleLog, made: SaleRecord, date: string, requestId: string): number {
  const record = { ...made, receiptNo: log.sales.nextId() };
  const day = log.days.ensureOpen(record.atMs, record.cashier, date);
  log.sales.add(record, day.id, requestId);
  return record.receiptNo;
}
