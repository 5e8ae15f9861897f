/** What a column of a product list can mean. */
export type ImportField =
  | "barcode"
  | "nameZh"
  | "nameEn"
  | "price"
  | "unit"
  | "category"
  | "taxRate"
  | "code";

export const IMPORT_FIELDS: readonly ImportField[] = [
  "barcode",
  "nameZh",
  "nameEn",
  "price",
  "unit",
  "category",
  "taxRate",
  "code",
];

/**
 * Field → header text of the column it is read from. As an override, a field set to '' is left
 * unmapped even when a header would have been recognised.
 */
export type Mapping = Partial<Record<ImportField, string>>;

/** Known header words in order of preference, already normalised (see `normaliseHeader`). */
const HEADER_WORDS: Readonly<Record<ImportField, readonly string[]>> = {
  barcode: words(
    "商品条码 商品条形码 条码 条形码 国际条码 69码 国条码 主条码 条码号 一维码",
    "barcode productbarcode itembarcode ean ean13 eancode gtin upc upca",
  ),
  nameZh: words(
    "商品名称 品名 商品名 产品名称 货品名称 中文名称 中文名 中文品名 品名规格 名称 商品",
    "namezh zhname namecn chinesename productname itemname name product item description title",
  ),
  nameEn: words(
    "英文名 英文名称 英文品名 商品英文名 商品英文名称 外文名",
    "nameen enname englishname englishdescription",
  ),
  price: words(
    "零售价 售价 销售价 零售价格 销售价格 标价 门店售价 商品售价 统一售价 单价 价格",
    "retailprice sellingprice saleprice salesprice price unitprice rrp",
  ),
  unit: words(
    "销售单位 单位 计量单位 主单位 基本单位 商品单位",
    "unit uom unitofmeasure salesunit",
  ),
  category: words(
    "商品分类 分类 商品类别 类别 品类 分类名称 类别名称 所属分类 大类 部门",
    "category categoryname department productcategory group productgroup",
  ),
  taxRate: words(
    "税率 销项税率 增值税率 增值税税率 商品税率",
    "taxrate vatrate vat gstrate gst tax taxpercent",
  ),
  code: words(
    "商品编码 编码 货号 商品货号 商品编号 编号 商品代码 自编码 店内码 plu码 代码",
    "code sku plu itemcode productcode itemno itemnumber articleno articlenumber shortcode plucode",
  ),
};

function words(...lists: readonly string[]): string[] {
  return lists.flatMap((list) => list.split(" "));
}

const FIELD_BY_WORD: ReadonlyMap<string, ImportField> = new Map(
  IMPORT_FIELDS.flatMap((field) => HEADER_WORDS[field].map((word) => [word, field] as const)),
);

const MAX_HEADER_CHARS = 200;

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
   * What must be chosen before anything can be imported: `price`; `nameZh` when no name is mapped;
   * `barcode` when neither barcode nor code is; and any field whose chosen header is not in the file.
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
  if (!columns.has("barcode") && !columns.has("code")) missing.add("barcode");
  return { mapping, columns, missingFields: IMPORT_FIELDS.filter((field) => missing.has(field)) };
}
