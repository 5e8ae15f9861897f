import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { previewImport, type ImportOptions } from "../../../main/catalogue/import/preview.ts";

/** Files from the field: each must give what tests/cases/README.md says. */

const CASES = new URL("../../cases/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, CASES));

interface Expected {
  shop: ImportOptions["currency"];
  /** "name · price in minor units · codes", in the file's order; "?" for a price the till asks for. */
  goods: string[];
  encoding?: string;
  /** Kinds of the questions that are asked first, and the answers that then lead to `goods`. */
  asks?: string[];
  answers?: Partial<ImportOptions>;
  /** "line code" of what is left out. */
  errors?: string[];
  skipped?: string[];
  /** "code count" for the whole file. */
  warnings?: string[];
}

const EXPECTED: Record<string, Expected> = {
  "case-mix.csv": { shop: "EUR", goods: ["Lower · 100 · ab-100", "Upper · 200 · AB-100"] },
  "cp1252-fr.csv": {
    shop: "EUR",
    encoding: "windows-1252",
    goods: ["Pâté de foie · 320 · 6909999000210", "Café moulu · 210 · 6909999000227"],
  },
  "cp1252-late.csv": {
    shop: "EUR",
    encoding: "windows-1252",
    goods: [
      ..."Apfel Banane Birne Kiwi Mango Orange Zitrone Traube Pflaume Müsli Käsebrötchen Grünkernmehl"
        .split(" ")
        .map(
          (name, at) =>
            `${name} · ${100 + at} · ${["6909999000005", "6909999000012", "6909999000029", "6909999000036", "6909999000043", "6909999000050", "6909999000067", "6909999000074", "6909999000081", "6909999000098", "6909999000104", "6909999000111"][at] ?? ""}`,
        ),
    ],
  },
  "cp1252.csv": {
    shop: "EUR",
    encoding: "windows-1252",
    asks: ["encoding?"],
    answers: { encoding: "windows-1252" },
    goods: [
      "Crème brûlée · 320 · 6909999000210",
      "Müller Käse · 210 · 6909999000227",
      "Jalapeño · 100 · 6909999000234",
    ],
  },
  "cr-only.csv": {
    shop: "EUR",
    goods: ["Soap · 120 · 6909999000319", "Brush · 220 · 6909999000326"],
  },
  "decimal-comma-kilo.csv": {
    shop: "EUR",
    asks: ["decimalSign"],
    answers: { decimalSign: "," },
    goods: ["Saffron · 125 · 6909999000180", "Salt · 50 · 6909999000197"],
  },
  "decimal-comma-quoted.csv": {
    shop: "EUR",
    goods: ["Confiture · 420 · 6909999000180", "Miel · 1250 · 6909999000197"],
  },
  "decimal-comma-tab.txt": {
    shop: "EUR",
    encoding: "utf-16le",
    goods: ["Konfitüre · 420 · 6909999000180", "Honig · 1250 · 6909999000197"],
  },
  "duplicate-barcode.csv": {
    shop: "CNY",
    answers: { leaveOut: true },
    errors: ["3 duplicateInFile (2)"],
    goods: ["啤酒 单听 · 400 · A1 6909999000395"],
  },
  "ean13-zero.csv": { shop: "EUR", goods: ["Lemonade · 189 · 0071999900039"] },
  "french-nbsp.csv": {
    shop: "EUR",
    goods: ["Montre · 123450 · 6909999000180", "Montre 2 · 123450 · 6909999000197"],
  },
  "guanjiapo.csv": {
    shop: "CNY",
    encoding: "gb18030",
    goods: [
      "清香绿茶 100g · 2850 · 00001 6909999000135",
      "清香绿茶 250g · 5800 · 00002 6909999000142",
    ],
  },
  "inch-mark.csv": {
    shop: "EUR",
    goods: ['Pizza 12" box · 220 · 6909999000333', '5" plate · 120 · 6909999000340'],
  },
  "lightspeed-vend.csv": {
    shop: "SGD",
    goods: ["Wool Socks 39 · 995 · 20001", "Wool Socks 42 · 995 · 20002"],
  },
  "lost-zero-ean8.csv": {
    shop: "EUR",
    asks: ["lostZeros"],
    answers: { putZerosBack: true },
    goods: ["Gum · 99 · 09990005", "Mints · 109 · 09990012"],
  },
  "lost-zero-upc.csv": {
    shop: "EUR",
    asks: ["lostZeros"],
    answers: { putZerosBack: true },
    goods: ["Root Beer · 199 · 071999900008", "Ginger Ale · 189 · 071999900015"],
  },
  "loyverse.csv": {
    shop: "SGD",
    goods: [
      "Green Tea · 320 · 10001 6909999000074",
      "Apples · 450 · 10002",
      "T-Shirt S · 1500 · 10003 6909999000081",
      "T-Shirt M · 1500 · 10004 6909999000098",
      "Repair · ? · 10005",
    ],
    warnings: ["openPrice 1"],
  },
  "multiline-quotes.csv": {
    shop: "EUR",
    goods: ['Pizza 12" box · 220 · 6909999000333', "Screws, 100 pcs · 120 · 6909999000340"],
  },
  "names-world.csv": {
    shop: "CNY",
    goods: [
      "🍓 Strawberry Tea 🧋 · 1800 · 6909999000418",
      "قهوة عربية بالهيل · 1200 · 6909999000425",
      "ข้าวผัดกุ้ง น้ำปลา · 1500 · 6909999000432",
      "Phở bò đặc biệt – Bánh mì · 1600 · 6909999000449",
      "바나나맛 우유 · 650 · 6909999000456",
      "ﾎﾟﾃﾄﾁｯﾌﾟｽ うすしお · 980 · 6909999000463",
      "שוקולד מריר · 700 · 6909999000470",
      "आम का अचार · 500 · 6909999000487",
      "Crème brûlée & Jalapeño € 5 · 900 · 6909999000494",
      "Sechskantmutter DIN 934 ‐ M2 ‐ 8 · 80 · 6909999000500",
      "Extra long name that a supplier typed without ever thinking of a receipt printer, 12 x 330 ml · 9900 · 6909999000517",
      "𠮷野家牛丼 喆 囍 㐂 · 3000 · 6909999000524",
    ],
  },
  "no-code.csv": {
    shop: "EUR",
    goods: ["Key cutting · 400 · -", "Loose apples · 250 · -"],
    warnings: ["noCode 2"],
  },
  "no-code2.csv": {
    shop: "EUR",
    goods: ["Key cutting · 400 · -", "Loose apples · 250 · AP"],
    warnings: ["noCode 1"],
  },
  "odoo.csv": {
    shop: "EUR",
    goods: ["Desk Lamp · 3900 · LAMP01 6909999000128", "Coffee to go · 280 · CTG"],
  },
  "own-currency-MYR.csv": {
    shop: "MYR",
    goods: ["Milo 3in1 · 1290 · 6909999000166", "Rice 10kg · 123450 · 6909999000173"],
  },
  "own-currency-SGD.csv": {
    shop: "SGD",
    goods: ["Kaya · 520 · 6909999000166", "Rice 10kg · 1250 · 6909999000173"],
  },
  "own-currency-TWD.csv": {
    shop: "TWD",
    goods: ["Tea · 35 · 6909999000166", "Rice · 1200 · 6909999000173"],
  },
  "own-numeric-codes.csv": {
    shop: "CNY",
    goods: [
      "散装糖 · 1200 · 20001234",
      "店内面包 · 500 · 1234567890",
      "熟食 · 1800 · 88000012345",
      "长码 · 900 · 690123456789012",
    ],
    warnings: ["ownNumericCode 4"],
  },
  "pipe.csv": {
    shop: "EUR",
    goods: ["Soap · 120 · 6909999000319", "Brush · 220 · 6909999000326"],
  },
  "price-free.csv": {
    shop: "EUR",
    goods: ["Free sample · 0 · 6909999000593"],
    warnings: ["free 1"],
  },
  "price-trailing-minus.csv": {
    shop: "EUR",
    answers: { leaveOut: true },
    goods: ["Free sample · 0 · 6909999000197", "Ask · ? · 6909999000203"],
    errors: ["2 negativePrice"],
    warnings: ["openPrice 1", "free 1"],
  },
  "prices-krw.csv": {
    shop: "JPY",
    answers: { leaveOut: true },
    errors: ["4 tooManyDecimals"],
    goods: ["バナナ · 1990 · 6909999000531", "みかん · 150 · 6909999000548"],
  },
  "sci.csv": {
    shop: "CNY",
    answers: { leaveOut: true },
    errors: ["2 barcodeLostDigits", "3 barcodeLostDigits"],
    goods: [],
  },
  "semicolon-eu.csv": {
    shop: "EUR",
    goods: [
      "Käse · 123456 · 6909999000180",
      "Brot · 320 · 6909999000197",
      "Salz · 50 · 6909999000203",
    ],
  },
  "sep-line.csv": {
    shop: "EUR",
    goods: ["Seife · 120 · 6909999000319", "Bürste · 220 · 6909999000326"],
  },
  "shopify-variants.csv": {
    shop: "EUR",
    goods: [
      "Rain Coat S / Blue · 4990 · RC-S 6909999000005",
      "Rain Coat M / Blue · 4990 · RC-M 6909999000012",
      "Rain Coat L / Blue · 5290 · RC-L 6909999000029",
      "Mug · 850 · MUG-1 6909999000036",
    ],
    skipped: ["5 noGoods"],
  },
  "sku-letters.csv": {
    shop: "EUR",
    goods: [
      "Alpha · 100 · AZ-100",
      "Beta · 200 · YQ-200",
      "Gamma · 300 · QW-100",
      "Delta · 400 · ZA-200",
    ],
  },
  "sku-yz.csv": { shop: "EUR", goods: ["Silk scarf · 9000 · SKZ1000", "Paper bag · 10 · SKY1000"] },
  "square.csv": {
    shop: "USD",
    goods: [
      "Candle Small · 1200 · C-S 6909999000104",
      "Candle Large · 121800 · C-L 6909999000111",
      "Gift Wrap · ? · GW",
    ],
    warnings: ["openPrice 1"],
  },
  "swiss-apostrophe.csv": {
    shop: "EUR",
    goods: ["Uhr · 123450 · 6909999000180", "Uhr 2 · 123450 · 6909999000197"],
  },
  "two-codes-in-cell.csv": {
    shop: "CNY",
    goods: [
      "洗发水 · 2500 · 6909999000357 6909999000364",
      "沐浴露 · 2200 · 6909999000371 6909999000388",
    ],
    warnings: ["twoCodes 2"],
  },
  "upc12.csv": { shop: "EUR", goods: ["Cream Soda · 199 · 071999900022"] },
  "utf16le-tab.txt": {
    shop: "CNY",
    encoding: "utf-16le",
    goods: ['可乐 "大" · 350 · 6909999000296', "雪碧 · 300 · 6909999000302"],
  },
  "weigh-goods.csv": {
    shop: "CNY",
    goods: ["五花肉 · 3580 · 00301", "苹果 · 838 · 10001", "店徽袋 · 30 · 26 6909999000401"],
  },
  "woocommerce-allsale.csv": {
    shop: "EUR",
    goods: ["Sun Cap · 1900 · CAP-1 6909999000043", "Winter Cap · 2400 · CAP-2 6909999000050"],
    warnings: ["promotion 2"],
  },
  "woocommerce.csv": {
    shop: "EUR",
    goods: [
      "Sun Cap · 1900 · CAP-1 6909999000043",
      "Winter Cap · 2400 · CAP-2 6909999000050",
      "Socks - 39 · 650 · SOCK-39 6909999000067",
    ],
    skipped: ["4 variantParent"],
    warnings: ["promotion 1"],
  },
  "world-scripts-only.csv": {
    shop: "CNY",
    goods: [
      "قهوة عربية بالهيل · 1200 · 6909999000425",
      "שוקולד מריר · 700 · 6909999000470",
      "आम का अचार · 500 · 6909999000487",
      "தேங்காய் எண்ணெய் · 800 · 6909999000562",
      "မုန့်ဟင်းခါး · 800 · 6909999000579",
      "ลาบเป็ด ตำไทย น้ำแข็ง · 900 · 6909999000586",
    ],
  },
  "yonyou-kingdee.csv": {
    shop: "CNY",
    encoding: "gb18030",
    goods: ["方便面 五连包 · 1450 · A001 6909999000159"],
  },
};

/** Files that tell what to do at the counter and are no product list. */
const TEXTS = /^(?!decimal-comma-tab|utf16le-tab).*\.txt$/;

test("every product list among the cases is looked at here", () => {
  const lists = readdirSync(CASES).filter((name) => name !== "README.md" && !TEXTS.test(name));
  expect(Object.keys(EXPECTED).sort()).toEqual(lists.sort());
});

test.each(Object.entries(EXPECTED))("%s", async (file, expected) => {
  const options = { currency: expected.shop, locale: expected.shop === "CNY" ? "zh-CN" : "en" };
  const first = await previewImport(read(file), options, new Set());
  const asked = first.questions.map(({ kind }) => kind);
  // "?" is a question that may be asked or not; it never changes what comes out.
  if (expected.asks?.[0]?.endsWith("?") !== true) expect(asked).toEqual(expected.asks ?? []);
  const preview = await previewImport(read(file), { ...options, ...expected.answers }, new Set());
  const goods = preview.products.map(({ nameZh, priceMinor, hasOpenPrice, ...product }) => {
    const codes = [
      ...(product.code === product.barcode || product.code.startsWith("·") ? [] : [product.code]),
      ...(product.barcode === null ? [] : [product.barcode]),
      ...(product.moreBarcodes ?? []),
    ];
    const price = hasOpenPrice === true ? "?" : String(priceMinor);
    return `${nameZh} · ${price} · ${codes.join(" ") || "-"}`;
  });
  const errors = preview.errors.map(
    ({ row, code, otherRow }) => `${row} ${code}${otherRow === undefined ? "" : ` (${otherRow})`}`,
  );
  expect({
    goods,
    errors,
    skipped: preview.skipped.map(({ row, code }) => `${row} ${code}`),
    warnings: preview.warnings.map(({ code, count }) => `${code} ${count}`),
    encoding: preview.encoding,
  }).toEqual({
    goods: expected.goods,
    errors: expected.errors ?? [],
    skipped: expected.skipped ?? [],
    warnings: expected.warnings ?? [],
    encoding: expected.encoding ?? "utf-8",
  });
});
