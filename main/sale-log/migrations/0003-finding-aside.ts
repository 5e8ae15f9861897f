import type { Database } from "../sqlite.ts";

/**
 * What sales are found by has a file of its own now (reader/finding-file.ts), so a sale no longer
 * waits for the pages of six indexes. Receipts settled without the printer's proof have an index that
 * reports need nothing else beside; one that is still owed stands in `receipt_owed` only, so an
 * ordinary sale never touches the other. Answered requests are one tree instead of two.
 */
export function migrate0003(db: Database): void {
  db.exec(`
    DROP INDEX sale_total;
    DROP INDEX sale_at;
    DROP INDEX line_name;
    DROP INDEX line_code;
    DROP INDEX payment_last4;

    DROP INDEX receipt_unproven;
    CREATE INDEX receipt_unproven ON receipt(day_id,sale_id,cause,state,proof)
      WHERE proof IS NOT 'device' AND state IN ('printed','delivered','declined','handwritten');

    ALTER TABLE request RENAME TO request_0002;
    CREATE TABLE request(
      id TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, result TEXT NOT NULL,
      sum TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
    INSERT INTO request(id,at_ms,result,sum) SELECT id,at_ms,result,sum FROM request_0002;
    DROP TABLE request_0002;
  `);
}
