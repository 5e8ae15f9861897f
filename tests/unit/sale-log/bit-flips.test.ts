import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { copiesOf } from "./support/log-copies.ts";
import { lcg, sellForDays } from "./support/shop-days.ts";
import { verifyDir } from "./support/verify-dir.ts";

const FLIPS = 250;
const SEED = 20_261_123;

const shopDir = copiesOf((log) => sellForDays(log, 3, 25));

/** Everything that can be read out of a log, tables only: an index repeats what they say. */
function factsOf(path: string): string {
  try {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      const schema = db.prepare("SELECT type,name,sql FROM sqlite_schema ORDER BY name").all();
      const facts = schema.map(({ type, name, sql }) => {
        if (type !== "table") return [name, sql];
        const all = db.prepare(`SELECT * FROM ${String(name)} NOT INDEXED`);
        all.setReadBigInts(true);
        return [name, sql, all.all()];
      });
      return JSON.stringify(facts, (_key, value: unknown) =>
        typeof value === "bigint" ? `${value}n` : value,
      );
    } finally {
      db.close();
      for (const more of ["-wal", "-shm"]) rmSync(path + more, { force: true });
    }
  } catch (error) {
    return `unreadable: ${String(error)}`;
  }
}

it(
  `of ${FLIPS} single bits turned over, 95 in 100 of those that change a fact are noticed`,
  { timeout: 180_000 },
  async () => {
    const dir = shopDir();
    const path = logPath(dir);
    const clean = readFileSync(path);
    const facts = factsOf(path);
    const pick = lcg(SEED);
    const missed: string[] = [];
    let changed = 0;
    for (let n = 0; n < FLIPS; n += 1) {
      const at = pick(clean.length);
      const bit = pick(8);
      const bytes = Buffer.from(clean);
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
      writeFileSync(path, bytes);
      if (factsOf(path) === facts) continue;
      changed += 1;
      // oxlint-disable-next-line no-await-in-loop -- one file after the other
      const isNoticed = await verifyDir(dir).then(
        ({ ok }) => !ok,
        () => true,
      );
      if (!isNoticed) missed.push(`byte ${at} bit ${bit}`);
    }
    // The file is mostly facts: if this fails, the test looks at nothing.
    expect(changed).toBeGreaterThan(FLIPS / 3);
    expect({ changed, missed }).toEqual({
      changed,
      missed: missed.slice(0, Math.floor(changed * 0.05)),
    });
    console.log(`bit flips: ${changed} of ${FLIPS} changed a fact, ${missed.length} unnoticed`);
  },
);
