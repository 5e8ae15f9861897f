import type { CallInput } from "../../main/contract/calls.ts";
import { priceBasket, type Basket } from "../../main/domain/sale.ts";
import type { Random } from "./random.ts";

export const SET_UP: CallInput<"settings.setUp"> = {
  locale: "zh-CN",
  receiptLocale: "zh-CN",
  theme: "light",
  density: "touch",
  sound: false,
  shop: { name: "街角便利店", address: "幸福路 8 号", phone: "021-5555 0000", footer: "谢谢惠顾" },
  currency: "CNY",
  taxMode: "inclusive",
  widthMm: 58,
  printer: { kind: "practice" },
  cashiers: ["小王", "Li"],
  managerPin: "2580",
  sampleCatalogue: false,
};

const GOODS = [
  ["6901028001915", "农夫山泉饮用天然水550ml", "Spring water 550 ml", 200],
  [
    "6902083881405",
    "乐事原味薯片超值分享装限量版特大包135g",
    "Potato chips, party size 135 g",
    1190,
  ],
  ["6903252000429", "红烧牛肉面", "Beef noodles", 450],
  ["6920152414019", "绿茶", "Green tea", 350],
  ["21", "散称大白菜", "Chinese cabbage, loose", 298],
  ["6934665086366", "纯牛奶250ml×16盒整箱", "Milk 16 × 250 ml", 5990],
] as const;

/** Lines of a basket: mostly few, at times many, now and then as long as a metre of paper. */
function randomLength(random: Random): number {
  if (random.chance(0.02)) return random.int(60, 110);
  return random.chance(0.1) ? 18 : random.int(1, 5);
}

/** A basket as customers bring them: mostly small, at times long, at times discounted. */
export function randomBasket(
  random: Random,
  length = randomLength(random),
): { basket: Basket; totalMinor: number } {
  const lines = Array.from({ length }, () => {
    const [code, nameZh, nameEn, priceMinor] = random.pick(GOODS);
    const quantityMilli = code === "21" ? random.int(150, 2500) : random.int(1, 4) * 1000;
    const discountMinor = random.chance(0.1) ? 10 : 0;
    return {
      code,
      nameZh,
      nameEn,
      unit: "",
      priceMinor,
      quantityMilli,
      discountMinor,
      taxRateBp: 1300,
    };
  });
  const basket = { lines, discountMinor: random.chance(0.1) ? 5 : 0 };
  return { basket, totalMinor: priceBasket(basket, "inclusive").totalMinor };
}

/** Cash with change, or another tender with a reference. */
export function randomTenders(random: Random, totalMinor: number) {
  if (random.chance(0.5)) {
    const amountMinor = random.chance(0.5) ? totalMinor : Math.ceil(totalMinor / 5000) * 5000;
    return [{ method: "cash" as const, amountMinor, reference: null }];
  }
  const method = random.pick(["wechat", "alipay", "card"] as const);
  return [
    { method, amountMinor: totalMinor, reference: String(random.int(10_000_000, 99_999_999)) },
  ];
}
