import { chainHash, GENESIS } from "../../../../main/sale-log/chain.ts";
import { anchorText } from "../../../../main/sale-log/anchors.ts";
import type { TillKey } from "../../../../main/sale-log/till-key.ts";
import type { DatabaseSync } from "node:sqlite";

/** Makes every hash fit again, as somebody would who knows how the chain is made. */
export function rehash(db: DatabaseSync): void {
  let previous = GENESIS;
  const update = db.prepare("UPDATE event SET hash=? WHERE seq=?");
  for (const row of db.prepare("SELECT * FROM event ORDER BY seq").all()) {
    const seq = Number(row["seq"]);
    const ref = row["ref"] === null ? null : Number(row["ref"]);
    const hash = chainHash(
      previous,
      seq,
      Number(row["at_ms"]),
      Number(row["kind"]),
      Number(row["actor"]),
      ref,
      String(row["body"]),
    );
    if (hash !== row["hash"]) update.run(hash, seq);
    previous = hash;
  }
}

/** Signs every anchor again over what the events are now, with any key. */
export function resign(db: DatabaseSync, tillId: string, key: TillKey): void {
  const update = db.prepare("UPDATE anchor SET hash=?, key_id=?, sig=? WHERE seq=?");
  const rows = db
    .prepare("SELECT a.*, e.hash AS now FROM anchor a JOIN event e ON e.seq=a.seq ORDER BY a.seq")
    .all();
  for (const row of rows) {
    const anchor = {
      seq: Number(row["seq"]),
      prev: Number(row["prev"]),
      atMs: Number(row["at_ms"]),
      reason: String(row["reason"]),
      hash: String(row["now"]),
      keyId: key.id,
    };
    update.run(anchor.hash, key.id, key.sign(anchorText(tillId, anchor)), anchor.seq);
  }
}

/** Changes one amount of a sale everywhere it stands, so that only the hashes can tell. */
export function changeTotal(db: DatabaseSync, saleId: number, minor: number): void {
  const row = db.prepare("SELECT seq,body FROM event WHERE kind=3 AND ref=?").get(saleId);
  const body = JSON.parse(String(row?.["body"])) as Record<string, unknown> & {
    lines: { amountMinor: number; priceMinor: number }[];
    tenders: { amountMinor: number }[];
  };
  const text = String(row?.["body"])
    .replaceAll(`"totalMinor":${String(body["totalMinor"])}`, `"totalMinor":${minor}`)
    .replaceAll(`"tenderedMinor":${String(body["tenderedMinor"])}`, `"tenderedMinor":${minor}`)
    .replaceAll(/"amountMinor":\d+/g, `"amountMinor":${minor}`);
  db.prepare("UPDATE event SET body=? WHERE seq=?").run(text, Number(row?.["seq"]));
  db.prepare("UPDATE sale SET total=? WHERE id=?").run(minor, saleId);
  db.prepare("UPDATE sale_line SET amount=? WHERE sale_id=?").run(minor, saleId);
  db.prepare("UPDATE payment SET amount=? WHERE sale_id=?").run(minor, saleId);
}
