import type { Database } from "../sqlite.ts";

/**
 * A catalogue is written beside the one in use and then takes its place at once, however many goods it has:
 * `catalogue` says which edition is in use. Goods get further barcodes and prices that are asked for.
 */
export function migrate0006(db: Database): void {
  db.exec(`
    CREATE TABLE catalogue(edition INTEGER PRIMARY KEY) STRICT;
    INSERT INTO catalogue VALUES(1);
    DROP INDEX product_barcode;
    ALTER TABLE product RENAME TO product_before;
    CREATE TABLE product(
      edition INTEGER NOT NULL, code TEXT NOT NULL, barcode TEXT, more_barcodes TEXT NOT NULL,
      name_zh TEXT NOT NULL, name_en TEXT NOT NULL, price INTEGER NOT NULL, open_price INTEGER NOT NULL,
      unit TEXT NOT NULL, category TEXT NOT NULL, tax_rate_bp INTEGER, PRIMARY KEY(edition,code)) STRICT;
    CREATE UNIQUE INDEX product_barcode ON product(edition,barcode) WHERE barcode IS NOT NULL;
    INSERT INTO product
      SELECT 1,code,barcode,'[]',name_zh,name_en,price,0,unit,category,tax_rate_bp
      FROM product_before ORDER BY rowid;
    DROP TABLE product_before;
  `);
}
