import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { Product } from "../contract/values.ts";
import { gtin14Of } from "../domain/gtin.ts";
import type { Database, Row, SqlValue } from "./sqlite.ts";

/** Rows read or written between two turns of the event loop: a few milliseconds on a slow counter PC. */
const ROWS_PER_SLICE = 250;

const IN_USE = "(SELECT edition FROM catalogue)";
const COLUMNS =
  "code,barcode,more_barcodes,name_zh,name_en,price,open_price,unit,category,tax_rate_bp";
const codesSchema = z.array(z.string());

/** A whole catalogue that is written and not in use yet. */
export interface CatalogueDraft {
  edition: number;
  /** See `Products.hash`. */
  hash: string;
}

/** The catalogue as it is now. Not history: a sale keeps its own names and prices. */
export class Products {
  private readonly db: Database;
  /** Worked out slice by slice before its edition came into use. */
  private adopted: CatalogueDraft | null = null;

  constructor(db: Database) {
    this.db = db;
  }

  all(): Product[] {
    return this.db
      .all(`SELECT * FROM product WHERE edition=${IN_USE} ORDER BY rowid`)
      .map(productOf);
  }

  /** As `all`; other work gets its turn in between. */
  async allInSlices(): Promise<Product[]> {
    const edition = this.editionInUse();
    const products: Product[] = [];
    let last = -1;
    for (;;) {
      const rows = this.db.all(
        "SELECT rowid,* FROM product WHERE edition=? AND rowid>? ORDER BY rowid LIMIT ?",
        edition,
        last,
        ROWS_PER_SLICE,
      );
      for (const row of rows) products.push(productOf(row));
      if (rows.length < ROWS_PER_SLICE) return products;
      last = Number(rows.at(-1)?.["rowid"]);
      await nextTurn();
    }
  }

  count(): number {
    return Number(this.db.get(`SELECT count(*) AS n FROM product WHERE edition=${IN_USE}`)?.["n"]);
  }

  /** SHA-256 over every product, base64url: a price changed past the till no longer fits it. */
  hash(): string {
    if (this.adopted?.edition === this.editionInUse()) return this.adopted.hash;
    return catalogueHash(this.db);
  }

  /**
   * Adds or replaces by code. Inside a transaction: all of them or none, together with the event that
   * says so, or `verify` reports a catalogue that was changed past the till.
   */
  put(products: readonly Product[]): void {
    this.adopted = null;
    const edition = this.editionInUse();
    const owners = ownersOf(this.db.all("SELECT * FROM product WHERE edition=?", edition));
    for (const product of products) this.putOne(edition, product, owners);
  }

  /**
   * Writes the catalogue that `products` make of the present one, slice by slice and out of sight; `adopt`
   * then puts it into use. Only one at a time. A draft that nobody adopts is cleared away by the next.
   */
  async draft(products: readonly Product[]): Promise<CatalogueDraft> {
    await this.clearDrafts();
    const edition = this.editionInUse() + 1;
    const present = await this.allInSlices();
    const owners = new Map<string, string>();
    await this.eachSlice(present, (product) => {
      this.insert(edition, product);
      own(owners, product);
    });
    await this.eachSlice(products, (product) => this.putOne(edition, product, owners));
    return { edition, hash: await this.hashInSlices(edition) };
  }

  /** Inside a transaction, together with the event that says so. */
  adopt(draft: CatalogueDraft): void {
    this.adopted = draft;
    this.db.run("UPDATE catalogue SET edition=?", draft.edition);
  }

  /** Removes every catalogue that is not in use, slice by slice. */
  async clearDrafts(): Promise<void> {
    const some = `SELECT rowid FROM product WHERE edition<>${IN_USE} LIMIT ${ROWS_PER_SLICE}`;
    while (this.db.get(some) !== undefined) {
      this.db.transaction(() => this.db.run(`DELETE FROM product WHERE rowid IN (${some})`));
      await nextTurn();
    }
  }

  private editionInUse(): number {
    return Number(this.db.get("SELECT edition FROM catalogue")?.["edition"]);
  }

  private async eachSlice(
    products: readonly Product[],
    write: (product: Product) => void,
  ): Promise<void> {
    for (let start = 0; start < products.length; start += ROWS_PER_SLICE) {
      const slice = products.slice(start, start + ROWS_PER_SLICE);
      this.db.transaction(() => slice.forEach(write));
      await nextTurn();
    }
  }

  private async hashInSlices(edition: number): Promise<string> {
    const sum = createHash("sha256");
    let last = "";
    for (;;) {
      const rows = this.db.rowsOfAnySize(
        `SELECT ${COLUMNS} FROM product WHERE edition=? AND code>? ORDER BY code LIMIT ?`,
        edition,
        last,
        ROWS_PER_SLICE,
      );
      for (const row of rows) sum.update(hashedRow(row));
      if (rows.length < ROWS_PER_SLICE) return sum.digest("base64url");
      last = String(rows.at(-1)?.[0]);
      await nextTurn();
    }
  }

  /**
   * @param owners code of the product by each code that sells it, GTINs as 14 digits; kept up to date
   */
  private putOne(edition: number, product: Product, owners: Map<string, string>): void {
    for (const barcode of barcodesOf(product)) {
      const owner = owners.get(barcode);
      if (owner === undefined || owner === product.code) continue;
      this.takeBarcode(edition, owner, barcode);
    }
    this.insert(edition, product);
    own(owners, product);
  }

  /** The same goods under another code: a later file gave them the shop's own number, or joined two codes. */
  private takeBarcode(edition: number, owner: string, barcode: string): void {
    const row = this.db.get("SELECT * FROM product WHERE edition=? AND code=?", edition, owner);
    if (row === undefined) return;
    const product = productOf(row);
    if (product.barcode !== null && keyOf(product.barcode) === barcode) {
      this.db.run("DELETE FROM product WHERE edition=? AND code=?", edition, owner);
      return;
    }
    const moreBarcodes = (product.moreBarcodes ?? []).filter((code) => keyOf(code) !== barcode);
    this.insert(edition, { ...product, moreBarcodes });
  }

  private insert(edition: number, product: Product): void {
    this.db.run(
      `INSERT INTO product(edition,${COLUMNS}) VALUES(?,?,?,?,?,?,?,?,?,?,?)
       ON CONFLICT(edition,code) DO UPDATE SET barcode=excluded.barcode,
         more_barcodes=excluded.more_barcodes, name_zh=excluded.name_zh, name_en=excluded.name_en,
         price=excluded.price, open_price=excluded.open_price, unit=excluded.unit,
         category=excluded.category, tax_rate_bp=excluded.tax_rate_bp`,
      edition,
      product.code,
      product.barcode,
      JSON.stringify(product.moreBarcodes ?? []),
      product.nameZh,
      product.nameEn,
      product.priceMinor,
      product.hasOpenPrice === true ? 1 : 0,
      product.unit,
      product.category,
      product.taxRateBp,
    );
  }
}

function productOf(row: Row): Product {
  const moreBarcodes = codesSchema.parse(JSON.parse(String(row["more_barcodes"])));
  return {
    code: String(row["code"]),
    barcode: row["barcode"] as string | null,
    ...(moreBarcodes.length === 0 ? {} : { moreBarcodes }),
    nameZh: String(row["name_zh"]),
    nameEn: String(row["name_en"]),
    priceMinor: Number(row["price"]),
    ...(row["open_price"] === 1 ? { hasOpenPrice: true } : {}),
    unit: String(row["unit"]),
    category: String(row["category"]),
    taxRateBp: row["tax_rate_bp"] === null ? null : Number(row["tax_rate_bp"]),
  };
}

/** GTIN-8, -12, -13 and -14 are one number. */
function keyOf(barcode: string): string {
  return gtin14Of(barcode) ?? barcode;
}

function barcodesOf({ barcode, moreBarcodes = [] }: Product): string[] {
  return [...(barcode === null ? [] : [barcode]), ...moreBarcodes].map(keyOf);
}

function own(owners: Map<string, string>, product: Product): void {
  for (const barcode of barcodesOf(product)) owners.set(barcode, product.code);
}

function ownersOf(rows: readonly Row[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const row of rows) own(owners, productOf(row));
  return owners;
}

/** See `Products.hash`; also for a log that is only read. */
export function catalogueHash(db: Database): string {
  const sum = createHash("sha256");
  const rows = db.rowsOfAnySize(
    `SELECT ${COLUMNS} FROM product WHERE edition=${IN_USE} ORDER BY code`,
  );
  for (const row of rows) sum.update(hashedRow(row));
  return sum.digest("base64url");
}

/** What a catalogue of before further barcodes and open prices had is hashed as it was then. */
function hashedRow(row: readonly SqlValue[]): string {
  const [code, barcode, moreBarcodes, nameZh, nameEn, price, openPrice, ...rest] = row;
  const extras = moreBarcodes === "[]" && openPrice === 0 ? [] : [moreBarcodes, openPrice];
  const all = [code, barcode, nameZh, nameEn, price, ...rest, ...extras];
  return `${JSON.stringify(all, (_key, value) => (typeof value === "bigint" ? String(value) : (value as unknown)))}\n`;
}
