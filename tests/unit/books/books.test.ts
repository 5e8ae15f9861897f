import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { BooksState } from "../../../main/contract/books.ts";
import { EVENT_KIND } from "../../../main/sale-log/event.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { TillBench } from "../support/till-bench.ts";
import { tempDir } from "../support/temp-dir.ts";
import { tamper } from "../sale-log/support/verify-dir.ts";
import { runVerifier, unzip } from "./unzip.ts";

async function sold(count: number): Promise<TillBench> {
  const bench = await TillBench.open();
  await bench.call("session.signIn", { cashier: "小王" });
  for (let n = 1; n <= count; n += 1) await bench.untilState(await bench.sell(), "printed");
  return bench;
}

/** Resolves with the first state of the books, from now on, of which `check` holds. */
function untilBooks(bench: TillBench, check: (state: BooksState) => boolean): Promise<BooksState> {
  return new Promise((resolve) => {
    const off = bench.till.listen("books", (state) => {
      if (!check(state)) return;
      off();
      resolve(state);
    });
  });
}

function damageIn(bench: TillBench): string[] {
  const db = new Database(logPath(bench.dataDir), "read");
  const rows = db.rows("SELECT body FROM event WHERE kind=?", EVENT_KIND.damageFound);
  db.close();
  return rows.flatMap(([body]) => {
    const { findings } = JSON.parse(String(body)) as { findings: { code: string; seq: number }[] };
    return findings.map(({ code, seq }) => `${code} ${seq}`);
  });
}

async function archiveOf(bench: TillBench, from: string, to: string) {
  const made = await bench.call("archive.make", { requestId: bench.requestId(), from, to });
  const pieces: Buffer[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const piece: { bytes: string; next: number | null } = await bench.call("archive.read", {
      id: made.id,
      offset,
    });
    pieces.push(Buffer.from(piece.bytes, "base64"));
    offset = piece.next;
  }
  const path = join(tempDir(), made.fileName);
  writeFileSync(path, Buffer.concat(pieces));
  return { made, folder: unzip(path, tempDir()) };
}

describe("the books", () => {
  it("are checked on demand: whole, with the date kept over a restart", async () => {
    const bench = await sold(2);
    const { state } = await bench.call("books.check", { requestId: bench.requestId() });
    expect(state).toMatchObject({
      job: null,
      lastCheck: { state: "whole", by: "小王", sales: 2, found: 0, sentences: [] },
    });
    await bench.restart();
    const { lastCheck } = await bench.call("books.state", {});
    expect(lastCheck).toEqual(state.lastCheck);
    expect(bench.incidents).toEqual([]);
  });

  it("say in words what is wrong with them and write it into the log, once", async () => {
    const bench = await sold(1);
    // Behind the back of a till at work: a start would notice.
    tamper(bench.dataDir, (db) =>
      db.exec("UPDATE event SET body=replace(body,'1234','9234') WHERE kind=3 AND ref=1"),
    );
    expect(damageIn(bench)).toEqual([]);
    const check = () => bench.call("books.check", { requestId: bench.requestId() });
    const { lastCheck } = (await check()).state;
    expect(lastCheck?.state).toBe("damaged");
    expect(lastCheck?.sentences[0]?.["zh-CN"]).toMatch(/事件 \d+（单号 1）与校验值不符/);
    expect(lastCheck?.sentences[0]?.en).toMatch(/\(sale 1\) .* does not fit its hash/);
    const recorded = damageIn(bench);
    expect(recorded[0]).toMatch(/^eventChanged \d+$/);
    expect((await check()).state.lastCheck?.state).toBe("damaged");
    expect(damageIn(bench)).toEqual(recorded);
    // Nothing that could be taken for proof is made of them.
    const wish = { requestId: bench.requestId(), from: "2020-01-01", to: "2099-12-31" };
    const { code } = await bench.refusal("archive.make", wish);
    expect(code).toBe("ARCHIVE_BOOKS_DAMAGED");
    expect(readdirSync(join(bench.dataDir, "archives"))).toEqual([]);
  });

  it("are checked by themselves after a day end", async () => {
    const bench = await sold(1);
    bench.clock.jump(3 * 60_000);
    const checked = untilBooks(bench, ({ lastCheck }) => lastCheck !== null);
    await bench.call("day.close", { requestId: bench.requestId(), signature: null });
    // The copy of the day goes first.
    const looking = setInterval(() => bench.clock.jump(60_000), 50);
    const { lastCheck } = await checked;
    clearInterval(looking);
    expect(lastCheck).toMatchObject({ state: "whole", by: null, sales: 1, days: 1 });
  });

  it("are archived: what is handed over proves itself", async () => {
    const bench = await sold(3);
    const { folder, made } = await archiveOf(bench, "2020-01-01", "2099-12-31");
    expect(made).toMatchObject({ sales: 3, owed: 0 });
    const { keyId } = await bench.call("books.state", {});
    const { code, text } = runVerifier(folder, "--key", keyId);
    expect(text).toContain("each of 3 sales had its receipt settled");
    expect(text).toContain("街角便利店");
    expect(code).toBe(0);
    // The same question again is answered with the same archive, and a newer one takes its place.
    const wish = { requestId: bench.requestId(), from: "2020-01-01", to: "2099-12-31" };
    const again = await bench.call("archive.make", wish);
    expect(await bench.call("archive.make", wish)).toEqual(again);
    expect(await bench.refusal("archive.read", { id: made.id, offset: 0 })).toMatchObject({
      code: "ARCHIVE_GONE",
    });
    expect(readdirSync(join(bench.dataDir, "archives"))).toEqual([again.fileName]);
    await bench.restart();
    expect(existsSync(join(bench.dataDir, "archives"))).toBe(false);
  });

  it("refuse an archive of days without sales, and a date that is none", async () => {
    const bench = await sold(1);
    const wish = { requestId: bench.requestId(), from: "2020-01-01", to: "2020-01-31" };
    expect(await bench.refusal("archive.make", wish)).toMatchObject({ code: "ARCHIVE_EMPTY" });
    const odd = await bench.refusal("archive.make", { ...wish, from: "../../x" });
    expect(odd).toMatchObject({ code: "BAD_INPUT" });
  });
});
