import { createHash } from "node:crypto";
import type { Product } from "../contract/values.ts";
import type { Database } from "./sqlite.ts";

/** The catalogue as it is now. Not history: a sale keeps its own names and prices. */
export class Products {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  all(): Product[] {
    return this.db.all("SELECT * FROM product ORDER BY rowid").map((row) => ({
      code: String(row["code"]),
      barcode: row["barcode"] as string | null,
      nameZh: String(row["name_zh"]),
      nameEn: String(row["name_en"]),
      priceMinor: Number(row["price"]),
      unit: String(row["unit"]),
      category: String(row["category"]),
      taxRateBp: row["tax_rate_bp"] === null ? null : Number(row["tax_rate_bp"]),
    }));
  }

  count(): number {
    return Number(this.db.get("SELECT count(*) AS n FROM product")?.["n"]);
  }

  /** SHA-256 over every product, base64url: a price changed past the till no longer fits it. */
  hash(): string {
    return catalogueHash(this.db);
  }

  /**
   * Adds or replaces by code. Inside a transaction: all of them or none, together with the event that
   * says so, or `verify` reports a catalogue that was changed past the till.
   */
  put(products: readonly Product[]): void {
    for (const product of products) {
      // The same goods under another code: a later file gave them the shop's own number.
      if (product.barcode !== null)
        this.db.run(
          "DELETE FROM product WHERE barcode=? AND code<>?",
          product.barcode,
          product.code,
        );
      this.db.run(
        `INSERT INTO product(code,barcode,name_zh,name_en,price,unit,category,tax_rate_bp)
         VALUES(?,?,?,?,?,?,?,?)
         ON CONFLICT(code) DO UPDATE SET barcode=excluded.barcode, name_zh=excluded.name_zh,
           name_en=excluded.name_en, price=excluded.price, unit=excluded.unit,
           category=excluded.category, tax_rate_bp=excluded.tax_rate_bp`,
        product.code,
        product.barcode,
        product.nameZh,
        product.nameEn,
        product.priceMinor,
        product.unit,
        product.category,
        product.taxRateBp,
      );
    }
  }
}

/** See `Products.hash`; also for a log that is only read. */
export function catalogueHash(db: Database): string {
  const sum = createHash("sha256");
  const rows = db.rowsOfAnySize(
    "SELECT code,barcode,name_zh,name_en,price,unit,category,tax_rate_bp FROM product ORDER BY code",
  );
  for (const row of rows)
    sum.update(
      `${JSON.stringify(row, (_key, value) => (typeof value === "bigint" ? String(value) : (value as unknown)))}\n`,
    );
  return sum.digest("base64url");
}
