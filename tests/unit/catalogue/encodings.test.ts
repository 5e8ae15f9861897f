import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { decodeTable } from "../../../main/catalogue/import/decode.ts";
import { homeEncodings } from "../../../main/catalogue/import/encodings.ts";

const list = (header: string, names: readonly string[]) =>
  [header, ...names.map((name, at) => `69099990000${at + 10},${name},${at + 1}.50`)].join("\r\n");

const CHINESE = ["农夫山泉饮用天然水", "康师傅红烧牛肉面", "海天酱油", "蒙牛纯牛奶", "舒肤佳香皂"];
const TAIWAN = ["統一鮮奶茶", "黑松沙士", "義美小泡芙", "光泉鮮乳", "維力炸醬麵"];
const JAPANESE = [
  "お～いお茶 緑茶",
  "カップヌードル",
  "ポテトチップス うすしお",
  "明治ミルクチョコレート",
];
const KOREAN = ["신라면", "바나나맛 우유", "초코파이", "참이슬", "김치 볶음밥"];
const RUSSIAN = ["Молоко 2,5%", "Хлеб ржаной", "Сыр российский", "Масло сливочное", "Яблоки"];
const GREEK = ["Γάλα φρέσκο", "Ψωμί", "Τυρί φέτα", "Ελαιόλαδο", "Γιαούρτι"];
const GERMAN = ["Müsli", "Käsebrötchen", "Grünkernmehl", "Weißwurst", "Frühstücksei"];
const FRENCH = ["Pâté de foie", "Café moulu", "Crème fraîche", "Bûche glacée", "Gâteau à l’orange"];
const SPANISH = ["Jalapeño", "Atún en aceite", "Piña", "Jamón ibérico", "Melocotón en almíbar"];
const POLISH = ["Masło", "Śledź w oleju", "Chleb żytni", "Kiełbasa wędzona", "Żółty ser"];
const CZECH = ["Máslo čerstvé", "Žitný chléb", "Šunka dušená", "Kečup jemný", "Řepa červená"];
const THAI = ["ข้าวผัดกุ้ง", "น้ำปลา", "ลาบเป็ด", "ต้มยำกุ้ง"];
const HEBREW = ["שוקולד מריר", "חלב", "לחם אחיד", "גבינה צהובה"];
const ARABIC = ["قهوة عربية بالهيل", "حليب طازج", "خبز", "جبنة بيضاء"];

const CASES: [string, string, readonly string[], string, string][] = [
  ["gb18030", "条码,品名,售价", CHINESE, "CNY", "zh-CN"],
  ["gb18030", "EAN,Name,Price", CHINESE, "EUR", "zh-CN"],
  ["big5", "條碼,品名,售價", TAIWAN, "TWD", "zh-CN"],
  ["big5", "EAN,Name,Price", TAIWAN, "EUR", "en"],
  ["shift_jis", "JANコード,商品名,価格", JAPANESE, "JPY", "en"],
  ["shift_jis", "EAN,Name,Price", JAPANESE, "CNY", "zh-CN"],
  ["euc-kr", "바코드,상품명,판매가", KOREAN, "KRW", "en"],
  ["euc-kr", "EAN,Name,Price", KOREAN, "USD", "en"],
  ["windows-1251", "Штрихкод,Наименование,Цена", RUSSIAN, "EUR", "en"],
  ["windows-1253", "EAN,Name,Price", GREEK, "EUR", "en"],
  ["windows-1252", "EAN,Name,Price", GERMAN, "EUR", "en"],
  ["windows-1252", "EAN,Name,Price", GERMAN, "CNY", "zh-CN"],
  ["windows-1252", "EAN,Désignation,Prix", FRENCH, "EUR", "en"],
  ["windows-1252", "EAN,Name,Price", SPANISH, "USD", "en"],
  ["windows-1250", "EAN,Name,Price", POLISH, "EUR", "en"],
  ["windows-874", "EAN,Name,Price", THAI, "THB", "en"],
  ["windows-1255", "EAN,Name,Price", HEBREW, "USD", "en"],
  ["windows-1256", "EAN,Name,Price", ARABIC, "KWD", "en"],
];

test.each(CASES)(
  "%s is known by what comes out of it (%s)",
  async (encoding, header, names, currency, locale) => {
    const text = list(header, names);
    const decoded = await decodeTable(iconv.encode(text, encoding), {
      home: homeEncodings(currency, locale),
    });
    expect(decoded.text).toBe(text);
  },
);

test.each(CASES)(
  "%s is never a wrong text without a question (%s)",
  async (encoding, header, names) => {
    const text = list(header, names);
    // As in a shop anywhere: neither its currency nor its language help.
    for (const currency of ["CNY", "EUR", "TWD", "JPY", "KWD"]) {
      const decoded = await decodeTable(iconv.encode(text, encoding), {
        home: homeEncodings(currency, "en"),
      });
      if (decoded.text === text) continue;
      expect(decoded.isSure).toBe(false);
      expect(decoded.candidates.length).toBeGreaterThan(1);
    }
  },
);

test("a single umlaut among a thousand lines is enough, wherever it stands", async () => {
  const lines = Array.from({ length: 1000 }, (_, at) => `${at},Apfel ${at},1.00`);
  lines[990] = "990,Müsli,1.09";
  const text = ["EAN,Name,Price", ...lines].join("\r\n");
  const decoded = await decodeTable(iconv.encode(text, "windows-1252"), {
    home: homeEncodings("EUR", "en"),
  });
  expect(decoded.text === text).toBe(true);
});

test("Czech in its own code page is asked about, with the names in sight in both readings", async () => {
  const bytes = iconv.encode(list("EAN,Name,Price", CZECH), "windows-1250");
  const decoded = await decodeTable(bytes, { home: homeEncodings("EUR", "en") });
  const shown = decoded.candidates.map(({ encoding }) => encoding);
  expect(shown).toContain("windows-1250");
  if (decoded.encoding !== "windows-1250") expect(decoded.isSure).toBe(false);
  const czech = decoded.candidates.find(({ encoding }) => encoding === "windows-1250");
  expect(czech?.lines.join()).toContain("Máslo čerstvé");
});

test("a person's choice is taken as it is", async () => {
  const bytes = iconv.encode("EAN,Name,Price\n1,Řepa,2\n", "windows-1250");
  expect(await decodeTable(bytes, { encoding: "windows-1250" })).toMatchObject({
    encoding: "windows-1250",
    isSure: true,
    text: "EAN,Name,Price\n1,Řepa,2\n",
  });
  await expect(decodeTable(bytes, { encoding: "utf-8" })).rejects.toMatchObject({
    code: "unknownEncoding",
  });
});

test("UTF-16 without a mark is known by its zero bytes", async () => {
  const text = "条码\t品名\t售价\r\n6909999000296\t可乐\t3.50\r\n";
  for (const encoding of ["utf-16le", "utf-16be"])
    expect(await decodeTable(iconv.encode(text, encoding))).toMatchObject({ encoding, text });
});
