/**
 * Encodings a product list arrives in; labels as the Encoding Standard has them. GB18030 also reads GBK and
 * GB2312, its subsets; euc-kr is the Korean code page 949; shift_jis the Japanese 932.
 */
export const TEXT_ENCODINGS = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "gb18030",
  "big5",
  "shift_jis",
  "euc-kr",
  "windows-1252",
  "windows-1250",
  "windows-1251",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "windows-1257",
  "windows-1258",
  "windows-874",
  "koi8-r",
  "macintosh",
] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

/** Encodings without a mark of their own: only what comes out of them tells which one it is. */
export type GuessedEncoding = Exclude<TextEncoding, "utf-8" | "utf-16le" | "utf-16be">;

/** What programs on computers of a currency's country write when they don't write Unicode. */
const HOME_ENCODINGS: Readonly<Record<string, readonly GuessedEncoding[]>> = {
  CNY: ["gb18030"],
  TWD: ["big5"],
  HKD: ["big5", "gb18030"],
  JPY: ["shift_jis"],
  KRW: ["euc-kr"],
  THB: ["windows-874"],
  VND: ["windows-1258"],
  KWD: ["windows-1256"],
};

/** The encodings to expect in a shop, by its currency and language. */
export function homeEncodings(currency: string, locale: string): ReadonlySet<GuessedEncoding> {
  const byCurrency = HOME_ENCODINGS[currency] ?? ["windows-1252"];
  return new Set([...byCurrency, ...(locale.startsWith("zh") ? ["gb18030" as const] : [])]);
}

/** Letters beyond a to z of the languages that share a code page; small and capital. */
export const LATIN_ALPHABETS: Partial<Record<GuessedEncoding, readonly string[]>> = {
  "windows-1252": both(
    "äöüß",
    "àâçéèêëîïôùûüœæ",
    "áéíóúüñ",
    "áâãàçéêíóôõú",
    "àèéìíòóù",
    "åäöéæø",
    "éèëïóöüá",
    "áðéíóúýþæö",
  ),
  "windows-1250": both("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "äöüß"),
  "windows-1254": both("çğıöşüâî"),
  "windows-1257": both("āčēģīķļņšūž", "ąčęėįšųūž", "äöõüšž"),
  "windows-1258": both("ăâđêôơưàáéèìíòóùú\u0300\u0301\u0303\u0309\u0323"),
  macintosh: both("äöüß", "àâçéèêëîïôùûüœæ", "áéíóúüñ", "áâãàçéêíóôõú", "àèéìòù", "åäöéæø"),
};

function both(...alphabets: readonly string[]): string[] {
  return alphabets.map(
    (letters) => letters + letters.toUpperCase() + (letters.includes("ı") ? "İ" : ""),
  );
}

interface NativeScript {
  letters: RegExp;
  /** The letters that make up most of every text, and those that are rare in all. */
  frequent: string;
  rare: string;
}

const CYRILLIC: NativeScript = {
  letters: /\p{Script=Cyrillic}/u,
  frequent: "оеаинтсрвлк",
  rare: "щъэёфцйхшюж",
};

/** Code pages with a script of their own beside ASCII. */
export const NATIVE_SCRIPTS: Partial<Record<GuessedEncoding, NativeScript>> = {
  "windows-1251": CYRILLIC,
  "koi8-r": CYRILLIC,
  "windows-1253": { letters: /\p{Script=Greek}/u, frequent: "αοιετσνηυρπκ", rare: "" },
  "windows-1255": { letters: /\p{Script=Hebrew}/u, frequent: "יוהלאמרתב", rare: "" },
  "windows-1256": { letters: /\p{Script=Arabic}/u, frequent: "اليمونرتبةع", rare: "" },
  "windows-874": { letters: /\p{Script=Thai}/u, frequent: "", rare: "" },
};

type ByteRange = readonly [from: number, to: number];

interface WideFacts {
  /** Lead bytes of the characters that everybody uses. */
  common: ByteRange;
  /** Lead bytes of the rare ones. */
  rare: readonly ByteRange[];
  trails: readonly ByteRange[];
  /** What stands in product lists again and again. */
  frequent: string;
}

/** Double-byte encodings: level 1 and level 2 of GB 2312, Big5, JIS X 0208 and KS X 1001. */
export const WIDE_ENCODINGS: Partial<Record<GuessedEncoding, WideFacts>> = {
  gb18030: {
    common: [0xb0, 0xd7],
    rare: [[0xd8, 0xf7]],
    trails: [[0xa1, 0xfe]],
    frequent:
      "条码品名售价单位分类货号规格型商编进库存数量瓶袋盒罐包个支只块片千克公斤箱装水奶茶糖盐酒米面油酱醋饮料果汁牛肉鸡蛋鱼虾菜豆花生瓜子饼干巧克力糕薯辣椒味香甜酸原大小中新鲜纯净天然山泉农夫可乐雪碧红绿黄白黑蓝色无有机高低脂全脱洗衣液粉皂发护肤牙膏刷毛巾纸卫湿抽卷电池灯线笔本玩具儿童婴成人男女上下一二三四五六七八九十的和不是在了我他这来到时们为国地出会",
  },
  big5: {
    common: [0xa4, 0xc6],
    rare: [[0xc9, 0xf9]],
    trails: [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
    frequent:
      "條碼品名售價單位分類貨號規格型商編進庫存數量瓶袋盒罐包個支隻塊片千克公斤箱裝水奶茶糖鹽酒米麵油醬醋飲料果汁牛肉雞蛋魚蝦菜豆花生瓜子餅乾巧克力糕薯辣椒味香甜酸鹹原大小中新鮮純淨天然山泉可樂紅綠黃白黑藍色無有機高低脂全洗衣粉皂髮護膚牙膏刷毛巾紙衛電池燈線筆本玩具兒童嬰成人男女上下一二三四五六七八九十的和不是在了我他這來到時們為國地出會",
  },
  shift_jis: {
    common: [0x88, 0x97],
    rare: [
      [0x98, 0x9f],
      [0xe0, 0xea],
    ],
    trails: [
      [0x40, 0x7e],
      [0x80, 0xfc],
    ],
    frequent:
      "品名価格単位分類商番号税込抜本円個袋箱缶瓶茶水米肉魚牛乳豆酒塩糖油味噌醤菓子日大小中新生食飲料薬衣",
  },
  "euc-kr": {
    common: [0xb0, 0xc8],
    rare: [[0xca, 0xfd]],
    trails: [[0xa1, 0xfe]],
    frequent:
      "이다가는을를에의로고하지기사리스라나도어자인대아우유일시정수해부서전만주원음식물과장미보소구조동상제비여마니들면은한그모오국신공무용성품명격단위바코드번호분류초콜릿커피맥빵김치쌀두계란닭금설탕간즈버터요르트크림티슈휴세샴푸누칫솔",
  },
};
