import { cellsOf } from "../../../main/domain/receipt/line.ts";

/** The receipt everybody encodes: twenty lines of Chinese on 80 mm, a QR code, an EAN-13, a cut. */
export const COLUMNS = 48;

const HEAD = [
  ["街角便利店", "收银小票"],
  ["单号 20261123001042", "收银员 小王"],
  ["时间 2026-11-23 17:05:07", "1 号机"],
] as const;
const ITEMS = [
  ["农夫山泉饮用水 550ml", "2.00"],
  ["红富士苹果 1.250 x 12.80", "16.00"],
  ["低温鲜牛奶 950ml 家庭装", "19.90"],
  ["康师傅红烧牛肉面", "4.50"],
  ["双汇王中王火腿肠 10 支", "15.80"],
  ["可口可乐 330ml 听装", "2.80"],
  ["旺旺雪饼 84g", "5.50"],
  ["洽洽香瓜子 160g", "7.90"],
  ["三全水饺 猪肉白菜 1kg", "29.90"],
  ["维达抽纸 3 层 120 抽", "6.90"],
  ["高露洁牙膏 180g", "13.50"],
  ["南孚电池 5 号 4 粒", "12.00"],
] as const;
const FOOT = [
  ["件数", "12"],
  ["应收", "￥136.70"],
  ["微信支付 4200001234", "136.70"],
  ["退换货：七天内凭小票", "谢谢惠顾"],
  ["电话 021-5551234", "欢迎再来"],
] as const;

export const ROWS: readonly (readonly [left: string, right: string])[] = [
  ...HEAD,
  ...ITEMS,
  ...FOOT,
];
export const QR = "https://example.com/fapiao?no=20261123001042&total=136.70&date=2026-11-23";
export const EAN13 = "690123456789";

/** The rows as lines of text, set to the full width: what a library without Chinese columns has to be given. */
export const LINES = ROWS.map(
  ([left, right]) => left + " ".repeat(COLUMNS - cellsOf(left) - cellsOf(right)) + right,
);
