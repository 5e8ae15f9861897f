import type { Database } from "../sqlite.ts";

/** A number of a row of `meta`; 0 when there is no such row. */
function said(row: string, field: string): string {
  return `coalesce((SELECT json_extract(v,'$.${field}') FROM meta WHERE k='${row}'),0)`;
}

/** The next id follows from the newest row here and from every number given out before these books. */
function guard(table: string, field: string): string {
  const newest = `coalesce((SELECT max(id) FROM ${table}),${said("continues", field)})`;
  return `CREATE TRIGGER ${table}_gap BEFORE INSERT ON ${table}
      WHEN NEW.id IS NOT max(${newest},${said("numbers", field)})+1
      BEGIN SELECT RAISE(ABORT,'${table}.id gap'); END;`;
}

/**
 * Books that were put in place of others go on behind every number those have given out: it stands on paper.
 * (sale-log/numbers.ts)
 */
export function migrate0005(db: Database): void {
  db.exec(`
    DROP TRIGGER sale_gap;
    DROP TRIGGER day_gap;
    ${guard("sale", "saleId")}
    ${guard("day", "dayId")}
  `);
}
