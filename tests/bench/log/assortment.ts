import type { Random } from "./random.ts";

/** One product that the shop of the bench sells. */
export interface Article {
  code: string;
  nameZh: string;
  nameEn: string;
  unit: string;
  priceMinor: number;
}

const MAKERS: readonly [string, string][] = [
  ["青岚", "Qinglan"],
  ["山野", "Shanye"],
  ["禾田", "Hetian"],
  ["白鹿", "Bailu"],
  ["晨光里", "Morning Lane"],
  ["老街口", "Old Corner"],
  ["海盐巷", "Sea Salt Alley"],
  ["竹里", "Zhuli"],
  ["云上", "Cloudtop"],
  ["小满", "Xiaoman"],
  ["北窗", "North Window"],
  ["石桥", "Stone Bridge"],
  ["渔家", "Yujia"],
  ["麦香园", "Wheat Garden"],
  ["春见", "Spring Seen"],
  ["长乐", "Changle"],
  ["南枝", "Southbranch"],
  ["绿洲", "Oasis"],
  ["谷雨", "Guyu"],
  ["星河", "Star River"],
];
const GOODS: readonly [string, string][] = [
  ["饮用水", "Water"],
  ["乌龙茶", "Oolong tea"],
  ["酸奶", "Yoghurt"],
  ["牛奶", "Milk"],
  ["豆浆", "Soy milk"],
  ["面包", "Bread"],
  ["饼干", "Biscuits"],
  ["方便面", "Instant noodles"],
  ["辣条", "Spicy strips"],
  ["薯片", "Crisps"],
  ["巧克力", "Chocolate"],
  ["花生", "Peanuts"],
  ["瓜子", "Sunflower seeds"],
  ["牙膏", "Toothpaste"],
  ["洗衣液", "Laundry liquid"],
  ["纸巾", "Tissues"],
  ["酱油", "Soy sauce"],
  ["陈醋", "Aged vinegar"],
  ["大米", "Rice"],
  ["鸡蛋", "Eggs"],
  ["火腿肠", "Ham sausage"],
  ["榨菜", "Pickled mustard"],
  ["蜂蜜", "Honey"],
  ["果汁", "Fruit juice"],
  ["啤酒", "Beer"],
  ["电池", "Batteries"],
  ["毛巾", "Towel"],
  ["拖鞋", "Slippers"],
  ["雨伞", "Umbrella"],
  ["笔记本", "Notebook"],
];
const KINDS: readonly [string, string][] = [
  ["原味", "original"],
  ["蜜桃味", "peach"],
  ["海盐味", "sea salt"],
  ["麻辣味", "hot"],
  ["无糖", "sugar free"],
  ["家庭装", "family pack"],
  ["便携装", "travel size"],
  ["儿童", "for children"],
  ["特级", "premium"],
  ["经典", "classic"],
];
const SIZES = ["250ml", "330ml", "500ml", "1L", "1.5L", "80g", "120g", "400g", "1kg", "2kg"];

/** So many products with names of their own, in Chinese and English, from words that shops use. */
export function makeArticles(random: Random, count: number): Article[] {
  const names = new Set<string>();
  const articles: Article[] = [];
  while (articles.length < count) {
    const [makerZh, makerEn] = random.pick(MAKERS);
    const [goodsZh, goodsEn] = random.pick(GOODS);
    const [kindZh, kindEn] = random.pick(KINDS);
    const size = random.pick(SIZES);
    const nameZh = `${makerZh}${goodsZh}${kindZh}${size}`;
    if (names.has(nameZh)) continue;
    names.add(nameZh);
    articles.push({
      code: `69${random.digits(11)}`,
      nameZh,
      // Every sixth has a Chinese name only, as in most catalogues.
      nameEn: articles.length % 6 === 0 ? "" : `${makerEn} ${goodsEn} ${kindEn} ${size}`,
      unit: random.pick(["瓶", "袋", "盒", "个"]),
      priceMinor: 100 + random.below(60) * 50 + (random.chance(0.3) ? random.below(4000) : 0),
    });
  }
  return articles;
}

/** Few products make most of the sales: rank r is sold as 1/(r+20). */
export class Demand {
  private readonly random: Random;
  private readonly upTo: Float64Array;

  constructor(random: Random, count: number) {
    this.random = random;
    this.upTo = new Float64Array(count);
    let sum = 0;
    for (let rank = 0; rank < count; rank += 1) this.upTo[rank] = sum += 1 / (rank + 20);
  }

  /** The rank of what the next customer takes. */
  next(): number {
    const wanted = this.random.next() * (this.upTo.at(-1) ?? 0);
    let low = 0;
    let high = this.upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.upTo[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
