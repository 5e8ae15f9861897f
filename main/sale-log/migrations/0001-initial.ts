import type { Database } from "../sqlite.ts";

/** Tables whose rows are never changed or removed once written. */
const APPEND_ONLY = ["event", "person", "item_name", "sale", "sale_line", "payment"];

/**
 * The log (`event`), its projections, and the few tables that are not history: the catalogue,
 * the kept basket, answered requests.
 */
export function migrate0001(db: Database): void {
  db.exec(`
    CREATE TABLE meta(k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT;
    CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

    CREATE TABLE event(
      seq INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, kind INTEGER NOT NULL,
      actor INTEGER NOT NULL REFERENCES person(id), ref INTEGER, body TEXT NOT NULL,
      hash TEXT NOT NULL CHECK(length(hash)=43)) STRICT;
    CREATE INDEX event_ref ON event(ref,seq) WHERE kind=4;

    CREATE TABLE day(
      id INTEGER PRIMARY KEY, biz_date TEXT NOT NULL, opened_at_ms INTEGER NOT NULL,
      closed_at_ms INTEGER, closed_by INTEGER REFERENCES person(id), signed_by TEXT) STRICT;

    CREATE TABLE item_name(
      id INTEGER PRIMARY KEY, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
      UNIQUE(name_zh,name_en)) STRICT;
    CREATE TABLE sale(
      id INTEGER PRIMARY KEY, seq INTEGER NOT NULL REFERENCES event(seq), at_ms INTEGER NOT NULL,
      day_id INTEGER NOT NULL REFERENCES day(id), cashier INTEGER NOT NULL REFERENCES person(id),
      total INTEGER NOT NULL, tax INTEGER NOT NULL, saved INTEGER NOT NULL, pieces INTEGER NOT NULL,
      lines INTEGER NOT NULL, change INTEGER NOT NULL) STRICT;
    CREATE INDEX sale_day ON sale(day_id,total);
    CREATE INDEX sale_total ON sale(total,id);
    CREATE INDEX sale_at ON sale(at_ms);
    CREATE TABLE sale_line(
      sale_id INTEGER NOT NULL REFERENCES sale(id), n INTEGER NOT NULL, code TEXT NOT NULL,
      name_id INTEGER NOT NULL REFERENCES item_name(id), quantity_milli INTEGER NOT NULL,
      price INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY(sale_id,n)) STRICT, WITHOUT ROWID;
    CREATE INDEX line_name ON sale_line(name_id,sale_id);
    CREATE INDEX line_code ON sale_line(code,sale_id);
    CREATE TABLE payment(
      sale_id INTEGER NOT NULL REFERENCES sale(id), n INTEGER NOT NULL, method TEXT NOT NULL,
      amount INTEGER NOT NULL, reference TEXT, last4 TEXT,
      PRIMARY KEY(sale_id,n)) STRICT, WITHOUT ROWID;
    CREATE INDEX payment_last4 ON payment(last4,sale_id) WHERE last4 IS NOT NULL;

    CREATE TABLE receipt(
      sale_id INTEGER PRIMARY KEY REFERENCES sale(id), day_id INTEGER NOT NULL,
      state TEXT NOT NULL, cause TEXT, proof TEXT, grade TEXT, attempts INTEGER NOT NULL,
      papers INTEGER NOT NULL, damaged INTEGER NOT NULL, in_flight INTEGER NOT NULL,
      deferred_until_ms INTEGER, deferrals INTEGER NOT NULL, opened_at_ms INTEGER NOT NULL,
      settled_at_ms INTEGER, settled_by TEXT, reason TEXT, handover TEXT NOT NULL) STRICT;
    CREATE INDEX receipt_owed ON receipt(sale_id)
      WHERE state NOT IN ('printed','delivered','declined','handwritten');
    CREATE INDEX receipt_unproven ON receipt(day_id,sale_id) WHERE proof IS NOT 'device';
    CREATE INDEX receipt_tray ON receipt(sale_id) WHERE handover='waiting';
    CREATE TABLE print_job(
      id INTEGER PRIMARY KEY, sale_id INTEGER NOT NULL REFERENCES sale(id),
      attempt INTEGER NOT NULL, state TEXT NOT NULL, cause TEXT, asked_at_ms INTEGER NOT NULL,
      ended_at_ms INTEGER, UNIQUE(sale_id,attempt)) STRICT;
    CREATE INDEX print_job_open ON print_job(id) WHERE ended_at_ms IS NULL;

    CREATE TABLE product(
      code TEXT PRIMARY KEY, barcode TEXT, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
      price INTEGER NOT NULL, unit TEXT NOT NULL, category TEXT NOT NULL, tax_rate_bp INTEGER) STRICT;
    CREATE UNIQUE INDEX product_barcode ON product(barcode) WHERE barcode IS NOT NULL;
    CREATE TABLE kept(k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT;
    CREATE TABLE request(id TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, result TEXT NOT NULL) STRICT;

    CREATE TRIGGER event_gap BEFORE INSERT ON event
      WHEN NEW.seq IS NOT (SELECT coalesce(max(seq),0)+1 FROM event)
      BEGIN SELECT RAISE(ABORT,'event.seq gap'); END;
    CREATE TRIGGER sale_gap BEFORE INSERT ON sale
      WHEN NEW.id IS NOT (SELECT coalesce(max(id),0)+1 FROM sale)
      BEGIN SELECT RAISE(ABORT,'sale.id gap'); END;
    CREATE TRIGGER receipt_stays BEFORE DELETE ON receipt
      BEGIN SELECT RAISE(ABORT,'a receipt obligation can''t be deleted'); END;
  `);
  for (const table of APPEND_ONLY)
    for (const verb of ["UPDATE", "DELETE"])
      db.exec(`CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
        BEGIN SELECT RAISE(ABORT,'${table} is append-only'); END;`);
}
