import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gtin14Of, gtinCheckDigit } from "../../../main/domain/gtin.ts";
import { meaningOf, type Meaning } from "../../../main/domain/scan/meaning.ts";
import { quantityOfGrams, USUAL_SCALE_LABELS } from "../../../main/domain/scan/scale-label.ts";
import { readSymbol, upcAOfUpcE } from "../../../main/domain/scan/symbol.ts";

const GTIN = "06909999000005";
const GS = "\u001D";

interface Goods {
  code: string;
  priceMinor: number;
  unit: string;
}

/** A shop that lists these goods under exactly these codes, and finds a GTIN in any length. */
function shop(goods: readonly Goods[], holds: "price" | "weight" = "price") {
  return (typed: string): Meaning<Goods> =>
    meaningOf(typed, {
      byCode: (code) =>
        goods.find((one) => one.code === code) ??
        goods.find((one) => gtin14Of(code) !== null && gtin14Of(one.code) === gtin14Of(code)) ??
        null,
      scaleLabels: { ...USUAL_SCALE_LABELS, holds },
      minorDigits: 2,
    });
}

const bag: Goods = { code: "6909999000401", priceMinor: 30, unit: "个" };
const pork: Goods = { code: "00301", priceMinor: 3580, unit: "kg" };
const apple: Goods = { code: "10001", priceMinor: 838, unit: "斤" };
const water: Goods = { code: "6909999000005", priceMinor: 200, unit: "瓶" };
const read = shop([bag, pork, apple, water]);

describe("one article number, however it is scanned", () => {
  test.each([
    ["as listed", "6909999000401"],
    ["with AIM identifier", "]E06909999000401"],
    ["with 14 digits", "06909999000401"],
    ["with blanks around", " 6909999000401 "],
    ["in full-width digits of an input method", "６９０９９９９０００４０１"],
  ])("%s", (_, typed) => {
    expect(read(typed)).toMatchObject({ kind: "product", product: bag, quantityMilli: 1000 });
  });

  test.each([
    ["an element string without separators", `01${GTIN}17271231`],
    ["an element string with ASCII 29", `01${GTIN}10LOT7${GS}17271231`],
    ["with the symbology in front", `]C101${GTIN}10LOT7${GS}17271231`],
    ["with FNC1 in front sent as ASCII 29", `${GS}01${GTIN}21A${GS}10B`],
    ["with ^]", `01${GTIN}10LOT7^]17271231`],
    ["with {GS}", `01${GTIN}10LOT7{GS}17271231`],
    ["with <GS>", `01${GTIN}10LOT7<GS>17271231`],
    ["with ␝", `01${GTIN}10LOT7\u241D17271231`],
    ["with no separator where one belongs", `01${GTIN}10LOT717271231`],
    ["with the date in front", `]d21727123101${GTIN}`],
    ["with brackets", `(01)${GTIN}(10)LOT7(17)271231`],
    ["a Digital Link", `https://id.example.org/01/${GTIN}/10/LOT7?17=271231`],
    ["a Digital Link in capitals", `HTTPS://ID.EXAMPLE.ORG/01/${GTIN}`],
    ["a Digital Link with a path before and GTIN-13", "https://example.com/a/b/gtin/6909999000005"],
  ])("GS1: %s", (_, typed) => {
    expect(read(typed)).toMatchObject({ kind: "product", product: water, quantityMilli: 1000 });
  });

  test("a magazine with its issue beside it, and UPC-E for its UPC-A", () => {
    const issue = { code: "9771234567003", priceMinor: 500, unit: "" };
    const soda = { code: "042100005264", priceMinor: 199, unit: "" };
    const sees = shop([issue, soda]);
    expect(sees("977123456700305")).toMatchObject({ product: issue });
    expect(sees("977123456700354321")).toMatchObject({ product: issue });
    expect(upcAOfUpcE("04252614")).toBe("042100005264");
    expect(sees("04252614")).toMatchObject({ product: soda });
  });

  test("whatever GTIN is made, all its forms are the same article", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 99_999_999_999n }), (number) => {
        const body = String(number).padStart(11, "0");
        const upcA = body + gtinCheckDigit(body);
        const listed = { code: upcA, priceMinor: 1, unit: "" };
        const sees = shop([listed]);
        const ean = `0${upcA}`;
        const gtin = `00${upcA}`;
        for (const typed of [
          upcA,
          ean,
          gtin,
          `]E0${ean}`,
          `01${gtin}10X`,
          `(01)${gtin}`,
          `https://x.example/01/${gtin}`,
        ])
          expect(sees(typed)).toMatchObject({ kind: "product", product: listed });
      }),
    );
  });

  test("a list's own codes that only look like something else stay its own", () => {
    for (const code of [
      "0112345",
      "(A)1",
      "]AB",
      "17",
      "10LOT7",
      "301",
      "https",
      "28123456789012345",
    ]) {
      const own = { code, priceMinor: 1, unit: "" };
      expect(shop([own])(code)).toMatchObject({ kind: "product", product: own });
    }
  });
});

describe("what GS1 says of amounts", () => {
  test("net weight of a measured article listed without indicator", () => {
    const cheese = { code: "0691234500006", priceMinor: 2000, unit: "kg" };
    const body = `9${cheese.code.slice(0, 12)}`;
    const gtin = body + gtinCheckDigit(body);
    const sees = shop([
      { ...cheese, code: cheese.code.slice(0, 12) + gtinCheckDigit("069123450000") },
    ]);
    expect(sees(`01${gtin}3103001750`)).toMatchObject({
      kind: "product",
      quantityMilli: 1750,
      labelMinor: null,
    });
    expect(sees(`01${gtin}31030017503922${"3501"}`)).toMatchObject({
      quantityMilli: 1750,
      labelMinor: 3501,
    });
  });

  test("a price in any number of decimals, a count", () => {
    expect(read(`01${GTIN}3921123`)).toMatchObject({ labelMinor: null, quantityMilli: 6150 });
    expect(read(`01${GTIN}306`)).toMatchObject({ quantityMilli: 6000 });
  });
});

describe("scale labels", () => {
  test("price inside: the label's amount, and the weight that follows from it", () => {
    expect(read("2100301003507")).toEqual({
      kind: "product",
      product: pork,
      quantityMilli: 98,
      labelMinor: 350,
    });
  });

  test("weight inside: thousandths of the unit, twice as many of a 斤", () => {
    const sees = shop([pork, apple], "weight");
    expect(sees("2100301003507")).toMatchObject({ product: pork, quantityMilli: 350 });
    expect(sees(`211000100500${gtinCheckDigit("211000100500")}`)).toMatchObject({
      product: apple,
      quantityMilli: 1000,
      labelMinor: null,
    });
    expect(quantityOfGrams(250, "克")).toBe(250_000);
  });

  test("18 digits: price and weight", () => {
    const digits = "21003010125300350";
    expect(read(digits + gtinCheckDigit(digits))).toMatchObject({
      product: pork,
      quantityMilli: 350,
      labelMinor: null,
    });
  });

  test("listed with prefix, without zeros, or with an empty amount", () => {
    for (const code of ["301", "2100301", `210030100000${gtinCheckDigit("210030100000")}`])
      expect(shop([{ ...pork, code }])("2100301003507")).toMatchObject({ kind: "product" });
  });

  test("goods without a price take the label's; nothing weighs nothing", () => {
    expect(shop([{ ...pork, priceMinor: 0 }])("2100301003507")).toMatchObject({
      product: { priceMinor: 350 },
      quantityMilli: 1000,
      labelMinor: null,
    });
    const empty = `210030100000${gtinCheckDigit("210030100000")}`;
    expect(read(empty)).toMatchObject({ kind: "unknown", why: "scaleItem", offer: null });
  });

  test("a wrong check digit is a misread, an item that is not listed is named", () => {
    expect(read("2100301003501")).toMatchObject({
      kind: "unknown",
      why: "misread",
      offer: { product: pork, quantityMilli: 98, labelMinor: 350 },
    });
    expect(read("2199999003501")).toMatchObject({ why: "misread", offer: null });
    const other = `219999900350${gtinCheckDigit("219999900350")}`;
    expect(read(other)).toMatchObject({ kind: "unknown", why: "scaleItem", shown: "99999" });
  });

  test("known goods come before labels", () => {
    const own = { code: "2100301003507", priceMinor: 77, unit: "" };
    expect(shop([own, pork])("2100301003507")).toMatchObject({ product: own, labelMinor: null });
  });

  test("any label gives back what was put in, and one wrong digit is never sold", () => {
    const amount = fc.integer({ min: 1, max: 99_999 });
    const at = fc.integer({ min: 7, max: 11 });
    fc.assert(
      fc.property(amount, at, fc.integer({ min: 1, max: 9 }), (minor, where, by) => {
        const body = `2200301${String(minor).padStart(5, "0")}`;
        const label = body + gtinCheckDigit(body);
        const found = read(label);
        if (found.kind !== "product") throw new Error(`${label} was not read`);
        const { priceMinor } = found.product;
        const amountMinor =
          found.labelMinor ?? Math.round((priceMinor * found.quantityMilli) / 1000);
        expect(amountMinor).toBe(minor);
        const wrong = (Number(label.charAt(where)) + by) % 10;
        const bad = `${label.slice(0, where)}${wrong}${label.slice(where + 1)}`;
        expect(read(bad)).toMatchObject({ kind: "unknown", why: "misread" });
      }),
    );
  });
});

describe("payment codes", () => {
  test("by length and first digits", () => {
    for (const first of ["10", "11", "12", "13", "14", "15"])
      expect(read(first + "0".repeat(16))).toEqual({ kind: "payment", method: "wechat" });
    for (const first of ["25", "26", "27", "28", "29", "30"])
      for (const length of [16, 18, 24])
        expect(read(first.padEnd(length, "7"))).toEqual({ kind: "payment", method: "alipay" });
    expect(read(`62${"1".repeat(17)}`)).toEqual({ kind: "payment", method: "card" });
  });

  test("only where nothing known fits", () => {
    const own = { code: "281234567890123456", priceMinor: 900, unit: "" };
    expect(shop([own])(own.code)).toMatchObject({ kind: "product", product: own });
  });

  test("are no scale label by chance: its price has to fit its weight", () => {
    const body = "28003010125300350";
    expect(read(body + gtinCheckDigit(body))).toMatchObject({ product: pork, quantityMilli: 350 });
    const other = "28003010999900350";
    expect(read(other + gtinCheckDigit(other))).toEqual({ kind: "payment", method: "alipay" });
  });

  test("of other lengths are nothing of the kind", () => {
    for (const code of ["10".padEnd(17, "0"), "16".padEnd(18, "0"), "31".padEnd(18, "0")])
      expect(read(code).kind).toBe("unknown");
  });
});

describe("our own slips, and what can't be read", () => {
  test("in whatever case the scanner types", () => {
    expect(read("SLIP000042")).toEqual({ kind: "slip", saleId: 42 });
    expect(read("slip000042")).toEqual({ kind: "slip", saleId: 42 });
  });

  test.each([
    ["6999999999994", "notListed", "6999999999994"],
    [`01${"06999999999997"}10A`, "notListed", "6999999999997"],
    ["http://weixin.qq.com/r/abc", "webAddress", "http://weixin.qq.com/r/abc"],
    [`]C100${"069099990000000004"}`, "noArticle", "00069099990000000004"],
    ["AB-999", "notListed", "AB-999"],
  ])("%s: %s", (typed, why, shown) => {
    expect(read(typed)).toMatchObject({ kind: "unknown", why, shown });
  });

  test("whatever is scanned gets an answer that the contract can carry", () => {
    const any = fc.oneof(
      fc.string({ minLength: 1, maxLength: 1000, unit: "grapheme" }),
      fc.stringMatching(/^[0-9]{1,30}$/),
      fc.stringMatching(/^[(]0[12][)][0-9]{14}.{0,20}$/),
      fc.webUrl({ withQueryParameters: true }),
    );
    fc.assert(
      fc.property(any, (typed) => {
        const meaning = read(typed);
        if (meaning.kind === "unknown") {
          expect(meaning.code.length).toBeLessThanOrEqual(40);
          expect(meaning.shown.length).toBeLessThanOrEqual(41);
        }
        if (meaning.kind === "product") expect(meaning.quantityMilli).toBeGreaterThan(0);
        expect(readSymbol(typed).gtin14 ?? "00000000000000").toMatch(/^\d{14}$/);
      }),
    );
  });
});
