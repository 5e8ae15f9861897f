import type { ReceiptBody } from "../../../../main/sale-log/event.ts";
import type { SaleLog } from "../../../../main/sale-log/sale-log.ts";
import type { Basket, Tender } from "../../../../main/domain/sale.ts";
import { priceBasket } from "../../../../main/domain/sale.ts";
import { line, saleOf } from "../../support/sale-samples.ts";

/** When the first of the days begins. */
export const FIRST_DAY_MS = Date.UTC(2026, 10, 20, 1, 0, 0);
const DAY_MS = 86_400_000;

const GOODS = [
  { code: "6901234567892", nameZh: "农夫山泉", nameEn: "Spring water", priceMinor: 200 },
  { code: "6921168017881", nameZh: "康师傅红烧牛肉面", nameEn: "Beef noodles", priceMinor: 550 },
  { code: "P-17", nameZh: "苹果（散称）", nameEn: "Apples, loose", priceMinor: 1280 },
  { code: "5000169005750", nameZh: "", nameEn: "Café crème “Øst” 250 g", priceMinor: 399 },
  { code: "", nameZh: "杂项", nameEn: "Miscellaneous", priceMinor: 1 },
  { code: "8801", nameZh: "表情🍎 引号\"'\\ 换行\n零\u0000", nameEn: "odd", priceMinor: 12_345 },
];
const CASHIERS = ["小王", "Li", "O'Brien"];

/** The same numbers for the same seed: 0 to below `limit`. */
export function lcg(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Sells for some days the way a counter does: prints, failures, reprints, deferrals, day ends. The last day stays open. */
export function sellForDays(log: SaleLog, days: number, salesPerDay: number, seed = 7): void {
  const pick = lcg(seed);
  log.transaction(() => startUp(log));
  for (let day = 0; day < days; day += 1) {
    const startMs = FIRST_DAY_MS + day * DAY_MS;
    const date = new Date(startMs).toISOString().slice(0, 10);
    for (let n = 0; n < salesPerDay; n += 1) {
      const atMs = startMs + n * 60_000;
      log.once(`sale-${day}-${n}`, atMs, () => sellOne(log, pick, atMs, date));
      log.transaction(() => printOne(log, pick, atMs));
    }
    if (day < days - 1) log.transaction(() => closeDay(log, startMs + 10 * 3_600_000));
  }
  log.keep("basket", JSON.stringify({ lines: [line()], discountMinor: 0 }));
}

function startUp(log: SaleLog): void {
  log.append(FIRST_DAY_MS, "till", {
    kind: "tillStarted",
    ref: null,
    body: { v: 1, version: "0.1.0", sqlite: "3.53.4" },
  });
  log.append(FIRST_DAY_MS, "Li", { kind: "signedIn", ref: null, body: { v: 1 } });
  log.products.put(
    GOODS.filter(({ code }) => code !== "").map((goods, index) => ({
      ...goods,
      barcode: index % 2 === 0 ? `69${index}00000` : null,
      unit: "件",
      category: "食品",
      taxRateBp: index % 3 === 0 ? null : 1300,
    })),
  );
  log.append(FIRST_DAY_MS, "Li", {
    kind: "catalogueImported",
    ref: null,
    body: { v: 1, fileName: "goods.csv", sha256: "", rows: 5, added: 5, changed: 0 },
  });
}

function sellOne(
  log: SaleLog,
  pick: (limit: number) => number,
  atMs: number,
  date: string,
): number {
  const basket: Basket = { lines: [], discountMinor: 0 };
  for (let n = 0; n <= pick(4); n += 1) {
    const goods = GOODS[pick(GOODS.length)] ?? GOODS[0];
    basket.lines.push(
      line({
        ...goods,
        quantityMilli: goods?.code === "P-17" ? 1 + pick(3000) : 1000 * (1 + pick(3)),
        discountMinor: pick(5) === 0 ? 1 : 0,
        taxRateBp: [0, 900, 1300, null][pick(4)] ?? null,
      }),
    );
  }
  const taxMode = (["none", "inclusive", "exclusive"] as const)[pick(3)] ?? "none";
  if (pick(6) === 0) basket.discountMinor = 1;
  // A weighed line can come to nothing, and nothing can't be reduced.
  for (const each of basket.lines) if (each.priceMinor < 10) each.discountMinor = 0;
  const { totalMinor } = priceBasket(basket, taxMode);
  const cashier = CASHIERS[pick(CASHIERS.length)] ?? "Li";
  const day = log.days.ensureOpen(atMs, cashier, date);
  const receiptNo = log.sales.nextId();
  const record = saleOf(
    basket,
    { receiptNo, atMs, cashier, taxMode, utcOffsetMin: 480 },
    tendersFor(totalMinor, pick),
  );
  log.sales.add(record, day.id, `sale-${receiptNo}`);
  return receiptNo;
}

function tendersFor(totalMinor: number, pick: (limit: number) => number): Tender[] {
  const cash = (amountMinor: number): Tender => ({ method: "cash", amountMinor, reference: null });
  switch (pick(4)) {
    case 0:
      return [cash(totalMinor + 500)];
    case 1:
      return [{ method: "wechat", amountMinor: totalMinor, reference: `4200${1000 + pick(9000)}` }];
    case 2:
      return [
        { method: "card", amountMinor: totalMinor - 1, reference: String(1000 + pick(9000)) },
        cash(1),
      ];
    default:
      return [cash(totalMinor)];
  }
}

/** One of the ways a receipt of the newest sale can go. */
function printOne(log: SaleLog, pick: (limit: number) => number, atMs: number): void {
  const saleId = log.sales.newestId();
  let nowMs = atMs;
  const step = (by: string, body: ReceiptBody) => {
    nowMs += 1_500;
    log.receipts.record(saleId, nowMs, by, body);
  };
  const started: ReceiptBody = {
    type: "attemptStarted",
    attempt: 1,
    mark: "original",
    copy: 0,
    printer: "192.168.1.50:9100",
    bytesHash: "A".repeat(43),
  };
  const printed = (attempt: number): ReceiptBody => ({
    type: "attemptPrinted",
    attempt,
    grade: attempt === 1 ? "A" : "B",
    late: false,
  });
  const way = pick(10);
  if (way === 9) return;
  if (way === 8) {
    step("till", { type: "attemptFailed", attempt: 1, cause: "unreachable" });
    step("Li", { type: "deferred", untilMs: nowMs + 180_000, by: "Li", reason: "顾客着急" });
    step("Li", {
      type: "settled",
      how: "declined",
      by: "Li",
      reason: "走了",
      allowedBy: "manager",
    });
    return;
  }
  step("till", started);
  if (way === 7) {
    step("till", { type: "attemptUnknown", attempt: 1, cause: "connectionLost" });
    step("Li", { type: "settled", how: "person", by: "Li", reason: "看到了" });
    return;
  }
  if (way === 6) {
    step("till", { type: "attemptBlocked", attempt: 1, cause: "paperOut" });
    step("till", { type: "attemptCleared", attempt: 1, cause: "paperOut" });
    step("Li", { type: "requested", attempt: 2 });
    step("Li", { ...started, attempt: 2, mark: "replacement", copy: 1 });
    step("till", printed(2));
    return;
  }
  step("till", printed(1));
  if (way === 5) {
    step("till", { type: "notCut", attempt: 1 });
    step("小王", { type: "requested", attempt: 2 });
    step("小王", { ...started, attempt: 2, mark: "reprint", copy: 1 });
    step("till", printed(2));
  }
}

function closeDay(log: SaleLog, atMs: number): void {
  const day = log.days.open();
  if (!day) throw new Error("no open day");
  const figures = log.dayQueries.report(day, atMs, "CNY");
  const owed = log.receipts.owed().map(({ saleId }) => saleId);
  log.days.close(day, atMs, "Li", {
    date: day.date,
    sales: figures.sales,
    totalMinor: figures.totalMinor,
    tenders: figures.tenders,
    owed,
    signedBy: owed.length > 0 ? "店长" : null,
  });
}
