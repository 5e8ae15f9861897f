import type { Database } from "../sqlite.ts";

/** The number before the first of a file that goes on from a damaged one, else 0. */
function before(field: string): string {
  return `coalesce((SELECT json_extract(v,'$.${field}') FROM meta WHERE k='continues'),0)`;
}

/**
 * A log may go on from a damaged one: its numbers then begin behind the last ones of that file, and are as
 * gapless as ever from there on. (sale-log/beginning.ts)
 */
export function migrate0004(db: Database): void {
  db.exec(`
    DROP TRIGGER event_gap;
    DROP TRIGGER sale_gap;
    DROP TRIGGER day_gap;
    DROP TRIGGER anchor_order;
    CREATE TRIGGER event_gap BEFORE INSERT ON event
      WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM event),${before("seq")})+1
      BEGIN SELECT RAISE(ABORT,'event.seq gap'); END;
    CREATE TRIGGER sale_gap BEFORE INSERT ON sale
      WHEN NEW.id IS NOT coalesce((SELECT max(id) FROM sale),${before("saleId")})+1
      BEGIN SELECT RAISE(ABORT,'sale.id gap'); END;
    CREATE TRIGGER day_gap BEFORE INSERT ON day
      WHEN NEW.id IS NOT coalesce((SELECT max(id) FROM day),${before("dayId")})+1
      BEGIN SELECT RAISE(ABORT,'day.id gap'); END;
    CREATE TRIGGER anchor_order BEFORE INSERT ON anchor
      WHEN NEW.prev IS NOT coalesce((SELECT max(seq) FROM anchor),${before("anchorSeq")})
        OR NEW.seq<=NEW.prev
      BEGIN SELECT RAISE(ABORT,'anchor out of order'); END;
  `);
}
