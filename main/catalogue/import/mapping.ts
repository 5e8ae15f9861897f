/** No header of a product list is longer. */
const MAX_HEADER_CHARS = 200;

/** What a column of a product list can mean. */
export const IMPORT_FIELDS = [
  "barcode",
  "nameZh",
  "nameEn",
  "price",
  "unit",
  "category",
  "taxRate",
  "code",
  "moreBarcodes",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/**
 * Field → header text of the column it is read from. As an override, a field set to '' is left
 * unmapped even when a header would have been recognised.
 */
export type Mapping = Partial<Record<ImportField, string>>;

/**
 * Known header words in order of preference. From exports of tills and shops (WooCommerce, Shopify, Square,
 * Loyverse, Lightspeed, Odoo, 银豹, 管家婆, 用友, 金蝶) and from what people write by hand.
 */
const HEADER_WORDS: Readonly<Record<ImportField, readonly string[]>> = {
  barcode: words(
    "商品条码 商品条形码 条码 条形码 国际条码 69码 国条码 主条码 条码号 一维码 商品條碼 條碼 國際條碼",
    "variantbarcode barcode productbarcode itembarcode gtinupceanorisbn ean ean13 eancode gtin upc upca jan",
    "janコード バーコード 바코드 strichcode codebarre codebarres codigodebarras codiceabarre",
  ),
  nameZh: words(
    "商品名称 商品全名 存货名称 物料名称 品名 商品名 产品名称 货品名称 货品全名 中文名称 中文名 中文品名",
    "品名规格 名称 商品 商品名稱 品名稱 品項 名稱 商品名 製品名 상품명 품명",
    "namezh zhname namecn chinesename productname itemname name product item title description",
    "bezeichnung artikelbezeichnung artikelname artikel designation libelle nomduproduit nom nombre",
    "descripcion descrizione nome naam nama namaproduk",
  ),
  nameEn: words(
    "英文名 英文名称 英文品名 商品英文名 商品英文名称 外文名",
    "nameen enname englishname englishdescription",
  ),
  price: words(
    "零售价 售价 销售价 零售价格 销售价格 标价 门店售价 商品售价 统一售价 参考售价 参考零售价 预设售价 预设售价1",
    "单价 价格 零售價 售價 單價 價格 定価 売価 販売価格 価格 판매가 가격",
    "regularprice retailprice variantprice defaultprice sellingprice salesprice price unitprice rrp",
    "listprice lstprice preis verkaufspreis vk prix prixdevente prixttc precio precioventa prezzo prijs harga",
    "saleprice",
  ),
  unit: words(
    "销售单位 主计量单位 基本计量单位 单位 计量单位 主单位 基本单位 商品单位 單位",
    "unit uom unitofmeasure salesunit einheit unite unidad 単位 단위",
  ),
  category: words(
    "商品分类 分类 商品类别 类别 品类 分类名称 类别名称 所属分类 存货分类 大类 部门 分類 類別",
    "category categoryname categories department productcategory group productgroup warengruppe kategorie",
    "categorie categoria カテゴリ 분류",
  ),
  taxRate: words(
    "税率 销项税率 增值税率 增值税税率 商品税率 稅率",
    "taxrate vatrate vat gstrate gst tax taxpercent taxvalue mwst mwstsatz tva iva",
  ),
  code: words(
    "商品编码 存货编码 物料编码 编码 货号 商品货号 商品编号 编号 商品代码 自编码 店内码 plu码 代码 貨號 商品編號 品番 商品コード 상품코드",
    "variantsku sku code plu internalreference defaultcode itemcode productcode itemno itemnumber",
    "articleno articlenumber artikelnummer artnr shortcode plucode reference",
  ),
  moreBarcodes: words(
    "扩展条码 副条码 附加条码 多条码 辅助条码 一品多码 其他条码",
    "additionalbarcodes additionalbarcode alternatebarcodes alternatebarcode morebarcodes barcode2",
  ),
};

/**
 * Columns that tell variants of one article apart: size, colour, option, 规格. What stands in them belongs to
 * the name, or two goods would look alike on the till.
 */
const NAME_PART_WORDS: ReadonlySet<string> = new Set(
  words(
    "规格 规格型号 商品规格 型号 颜色 尺码 尺寸 口味 規格 顏色 尺寸",
    "variationname option1value option2value option3value optionvalue1 optionvalue2 optionvalue3",
    "variantoptiononevalue variantoptiontwovalue variantoptionthreevalue",
    "size colour color variant variation flavour flavor groesse farbe taille couleur talla",
  ),
);

/** Prices for a while or for some: never the price of the article. */
const PROMOTION_WORDS: ReadonlySet<string> = new Set(
  words(
    "saleprice onlinesaleprice specialprice promoprice promotionprice promotionalprice offerprice",
    "促销价 特价 活动价 会员价 促銷價 特價 aktionspreis prixpromo preciooferta",
  ),
);

function words(...lists: readonly string[]): string[] {
  return lists.flatMap((list) => list.split(" ").map(normaliseHeader));
}

const FIELD_BY_WORD: ReadonlyMap<string, ImportField> = new Map(
  IMPORT_FIELDS.flatMap((field) => HEADER_WORDS[field].map((word) => [word, field] as const)),
);

/**
 * A header as compared: full-width letters narrowed, remarks in brackets such as (元) or (必填),
 * required-marks, spaces and punctuation dropped, lower case.
 */
function normaliseHeader(header: string): string {
  // The patterns below look from every bracket to the end: no header of a product list is that long.
  if (header.length > MAX_HEADER_CHARS) return "";
  return header
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036F]/g, "")
    .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, "")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/(?<=[价格])元$/, "");
}

/**
 * Guesses which column holds which field from the header words alone. When two columns qualify
 * for one field, the word earlier in our list wins, then the column further left.
 */
export function guessMapping(headers: readonly string[]): Mapping {
  const mapping: Mapping = {};
  const bestRank = new Map<ImportField, number>();
  for (const header of headers) {
    // '条码/Barcode' is recognised by either half.
    const word =
      [header, ...header.split(/[/|／]/)]
        .map(normaliseHeader)
        .find((part) => FIELD_BY_WORD.has(part)) ?? "";
    const field = FIELD_BY_WORD.get(word);
    if (field === undefined) continue;
    const rank = HEADER_WORDS[field].indexOf(word);
    if (rank >= (bestRank.get(field) ?? Infinity)) continue;
    bestRank.set(field, rank);
    mapping[field] = header;
  }
  return mapping;
}

export interface ResolvedMapping {
  mapping: Mapping;
  /** Column index per mapped field. */
  columns: ReadonlyMap<ImportField, number>;
  /**
   * What must be chosen before anything can be imported: `price`; `nameZh` when no name is mapped; and
   * any field whose chosen header is not in the file.
   */
  missingFields: ImportField[];
}

/** The guess with the person's choices laid over it. A column chosen by hand is not also guessed for another field. */
export function resolveMapping(
  headers: readonly string[],
  override: Mapping = {},
): ResolvedMapping {
  const chosenHeaders = new Set(Object.values(override));
  const guess = guessMapping(headers);
  const mapping: Mapping = {};
  const columns = new Map<ImportField, number>();
  const missing = new Set<ImportField>();
  for (const field of IMPORT_FIELDS) {
    const chosen = override[field];
    const guessed = guess[field];
    const header = chosen ?? (guessed !== undefined && !chosenHeaders.has(guessed) ? guessed : "");
    if (header === "") continue;
    const column = headers.indexOf(header);
    if (column < 0) {
      missing.add(field);
      continue;
    }
    mapping[field] = header;
    columns.set(field, column);
  }
  if (!columns.has("price")) missing.add("price");
  if (!columns.has("nameZh") && !columns.has("nameEn")) missing.add("nameZh");
  return { mapping, columns, missingFields: IMPORT_FIELDS.filter((field) => missing.has(field)) };
}

/** What else the headers of an export say about its rows; columns by their index, -1 for none. */
export interface TableShape {
  /** Columns that can stand in the name. */
  nameParts: readonly string[];
  /** Rows of one article have the same text here; only the first of them need have a name. */
  groupColumn: number;
  /** WooCommerce: simple, variable, variation and so on. */
  kindColumn: number;
  promotionColumns: readonly number[];
  /** Lightspeed writes 9 % as 0.09. */
  isTaxFraction: boolean;
}

/** @param columns those in use; none of them is anything else besides */
export function readShape(headers: readonly string[], { columns }: ResolvedMapping): TableShape {
  const used = new Set(columns.values());
  const keys = headers.map((header, index) => (used.has(index) ? "" : normaliseHeader(header)));
  const taxColumn = columns.get("taxRate");
  return {
    nameParts: headers.filter((_, index) => NAME_PART_WORDS.has(keys[index] ?? "")),
    groupColumn: keys.indexOf("handle"),
    kindColumn: keys.indexOf("type"),
    promotionColumns: keys.flatMap((key, index) => (PROMOTION_WORDS.has(key) ? [index] : [])),
    isTaxFraction:
      taxColumn !== undefined && normaliseHeader(headers[taxColumn] ?? "") === "taxvalue",
  };
}
