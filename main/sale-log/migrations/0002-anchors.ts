import { createHash } from "node:crypto";
import type { Database } from "../sqlite.ts";

/**
 * Signed anchors, totals that never start again, and check sums over what no event describes. Also
 * guards that 0001 left out: days and papers can't be taken away.
 */
export function migrate0002(db: Database): void {
  db.exec(`
    CREATE TABLE anchor(
      seq INTEGER PRIMARY KEY REFERENCES event(seq), prev INTEGER NOT NULL,
      at_ms INTEGER NOT NULL, reason TEXT NOT NULL, hash TEXT NOT NULL CHECK(length(hash)=43),
      key_id TEXT NOT NULL, sig TEXT NOT NULL CHECK(length(sig)=86)) STRICT;
    CREATE TRIGGER anchor_order BEFORE INSERT ON anchor
      WHEN NEW.prev IS NOT (SELECT coalesce(max(seq),0) FROM anchor) OR NEW.seq<=NEW.prev
      BEGIN SELECT RAISE(ABORT,'anchor out of order'); END;
    CREATE TRIGGER anchor_no_update BEFORE UPDATE ON anchor
      BEGIN SELECT RAISE(ABORT,'anchor is append-only'); END;
    CREATE TRIGGER anchor_no_delete BEFORE DELETE ON anchor
      BEGIN SELECT RAISE(ABORT,'anchor is append-only'); END;

    ALTER TABLE day ADD COLUMN close_seq INTEGER REFERENCES event(seq);
    ALTER TABLE day ADD COLUMN sales INTEGER;
    ALTER TABLE day ADD COLUMN total INTEGER;
    ALTER TABLE day ADD COLUMN grand_sales INTEGER;
    ALTER TABLE day ADD COLUMN grand_total INTEGER;
    WITH sold AS (SELECT day_id, count(*) AS n, sum(total) AS t FROM sale GROUP BY day_id),
      running AS (SELECT id, coalesce(n,0) AS n, coalesce(t,0) AS t,
        sum(coalesce(n,0)) OVER (ORDER BY id) AS grand_n,
        sum(coalesce(t,0)) OVER (ORDER BY id) AS grand_t FROM day LEFT JOIN sold ON day_id=id)
      UPDATE day SET sales=n, total=t, grand_sales=grand_n, grand_total=grand_t
      FROM running WHERE running.id=day.id AND closed_at_ms IS NOT NULL;
    UPDATE day SET close_seq=closed.seq
      FROM (SELECT ref, seq FROM event WHERE kind=5) AS closed WHERE closed.ref=day.id;

    CREATE TRIGGER day_gap BEFORE INSERT ON day
      WHEN NEW.id IS NOT (SELECT coalesce(max(id),0)+1 FROM day)
      BEGIN SELECT RAISE(ABORT,'day.id gap'); END;
    CREATE TRIGGER day_stays BEFORE DELETE ON day
      BEGIN SELECT RAISE(ABORT,'a day can''t be deleted'); END;
    CREATE TRIGGER day_closed BEFORE UPDATE ON day WHEN OLD.closed_at_ms IS NOT NULL
      BEGIN SELECT RAISE(ABORT,'a closed day can''t be changed'); END;
    CREATE TRIGGER print_job_stays BEFORE DELETE ON print_job
      BEGIN SELECT RAISE(ABORT,'a paper can''t be deleted'); END;
    CREATE TRIGGER print_job_whose BEFORE UPDATE OF id,sale_id,attempt,asked_at_ms ON print_job
      BEGIN SELECT RAISE(ABORT,'a paper stays with its sale'); END;
    CREATE TRIGGER receipt_whose BEFORE UPDATE OF sale_id,day_id,opened_at_ms ON receipt
      WHEN OLD.sale_id IS NOT NEW.sale_id OR OLD.day_id IS NOT NEW.day_id
        OR OLD.opened_at_ms IS NOT NEW.opened_at_ms
      BEGIN SELECT RAISE(ABORT,'a receipt obligation stays with its sale'); END;

    ALTER TABLE kept ADD COLUMN sum TEXT NOT NULL DEFAULT '';
    ALTER TABLE request ADD COLUMN sum TEXT NOT NULL DEFAULT '';
  `);
  for (const [key = null, value = null] of db.rows("SELECT k,v FROM kept"))
    db.run("UPDATE kept SET sum=? WHERE k=?", sumOf(key, value), key);
  for (const [id = null, atMs = null, result = null] of db.rows(
    "SELECT id,at_ms,result FROM request",
  ))
    db.run("UPDATE request SET sum=? WHERE id=?", sumOf(id, atMs, result), id);
}

/** As `rowSum` was when this migration was released. */
function sumOf(...values: (string | number | bigint | null | Uint8Array)[]): string {
  const text = values.map(String).join("|");
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}
