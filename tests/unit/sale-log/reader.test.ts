import { EventEmitter } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../main/clock.ts";
import { LogReader, ReaderGone, ReaderTimeout } from "../../../main/sale-log/reader/log-reader.ts";
import type { FromReader } from "../../../main/sale-log/reader/requests.ts";
import { serveReader, type Answers } from "../../../main/sale-log/reader/serve.ts";
import { startReaderThread } from "../../../main/sale-log/reader/reader-thread.ts";
import { readSearch } from "../../../main/sale-log/queries/search-text.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { createLogReader } from "../../../main/till/start-log-reader.ts";
import { AT, addSale } from "../support/log-samples.ts";
import { line } from "../support/sale-samples.ts";
import { tempDir } from "../support/temp-dir.ts";

const QUERY = {
  words: [],
  fromMs: null,
  toMs: null,
  minMinor: null,
  maxMinor: null,
  cashier: null,
  state: "any",
  before: null,
  limit: 10,
} as const;

/** A reader that does as it is told, with everything it reported. */
function oddReader(clock = systemClock) {
  const dir = tempDir();
  const problems: string[] = [];
  let starts = 0;
  const reader = new LogReader({
    start: () => {
      starts += 1;
      return startReaderThread(new URL("support/odd-reader.ts", import.meta.url), dir);
    },
    clock,
    report: (_where, error) => {
      problems.push(error instanceof Error ? error.name : String(error));
      return "";
    },
  });
  onTestFinished(() => reader.close());
  return {
    dir,
    reader,
    problems,
    starts: () => starts,
    ask: (cashier: string, limit = 1, options = {}) =>
      reader.ask("search", { ...QUERY, cashier, limit }, options),
  };
}

describe("the reader of the till", () => {
  it("answers from the log as it is now, while the till goes on selling", async () => {
    const dir = tempDir();
    const log = new SaleLog(dir);
    const reader = createLogReader(dir, () => "");
    addSale(log);
    const find = (text: string) =>
      reader.ask("search", {
        ...QUERY,
        words: readSearch(text, { currency: "CNY", decimalSign: "." }),
      });
    const first = await find("山泉");
    expect(first.sales.map(({ saleId }) => saleId)).toEqual([1]);
    expect(first).toMatchObject({ nextBefore: null, building: null });
    addSale(log, {}, { lines: [line({ nameZh: "乌龙茶", nameEn: "" })], discountMinor: 0 });
    expect((await find("乌龙")).sales).toMatchObject([{ saleId: 2, firstNameZh: "乌龙茶" }]);
    const day = log.days.open();
    if (!day) throw new Error("no day");
    const report = await reader.ask("dayReport", { day, nowMs: AT, currency: "CNY" });
    expect(report).toEqual(log.dayQueries.report(day, AT, "CNY"));
    await reader.close();
    log.close();
    expect(existsSync(join(dir, "slipsure.db-wal"))).toBe(false);
  });

  it("is not started before it is asked, and lets go of everything when closed", async () => {
    const { dir, reader, ask, starts } = oddReader();
    expect(starts()).toBe(0);
    expect(await ask("answer", 7)).toMatchObject({ nextBefore: 7 });
    const refused = expect(ask("wait")).rejects.toThrow(ReaderGone);
    await reader.close();
    await refused;
    expect(existsSync(join(dir, "closed"))).toBe(true);
    await expect(ask("answer")).rejects.toThrow(ReaderGone);
  });

  it("is waited for as well when it has just gone to rest", async () => {
    let rest = () => {};
    const { dir, reader, ask } = oddReader({
      ...systemClock,
      // The longest of its times is the one without a question.
      setTimer: (delayMs, run) => {
        if (delayMs < 300_000) return systemClock.setTimer(delayMs, run);
        rest = run;
        return () => {};
      },
    });
    await ask("answer");
    rest();
    await reader.close();
    expect(existsSync(join(dir, "closed"))).toBe(true);
  });

  it("hands on what went wrong in there", async () => {
    const { ask } = oddReader();
    const failed = await ask("throw").catch((error: unknown) => error);
    expect(failed).toMatchObject({ name: "RangeError", message: "no such page" });
    expect(await ask("answer", 3)).toMatchObject({ nextBefore: 3 });
  });

  it("stops what nobody waits for any more", async () => {
    const { dir, ask, starts } = oddReader();
    const abort = new AbortController();
    let waiting: Promise<unknown> = Promise.resolve();
    await new Promise<void>((begun) => {
      waiting = ask("wait", 1, { signal: abort.signal, onProgress: () => begun() });
      waiting.catch(() => {});
    });
    abort.abort(new Error("typed on"));
    await expect(waiting).rejects.toThrow("typed on");
    expect(await ask("answer", 5)).toMatchObject({ nextBefore: 5 });
    expect(existsSync(join(dir, "stopped-1"))).toBe(true);
    expect(starts()).toBe(1);
  });

  it("never begins what was stopped before its turn", async () => {
    const begun: string[] = [];
    const heard = new EventEmitter();
    const answered = new Promise<FromReader[]>((resolve) => {
      const told: FromReader[] = [];
      const postMessage = (message: FromReader) => {
        told.push(message);
        if (told.length === 3) resolve(told);
      };
      const on = heard.on.bind(heard);
      const search: Answers["search"] = ({ cashier }) => {
        begun.push(String(cashier));
        return { sales: [], nextBefore: null, building: null };
      };
      const dayReport = () => {
        throw new Error("not here");
      };
      serveReader({ postMessage, on, close: () => {} }, { search, dayReport }, async () => {});
    });
    for (const [id, cashier] of [
      [1, "first"],
      [2, "second"],
    ] as const)
      heard.emit("message", { type: "ask", id, name: "search", ask: { ...QUERY, cashier } });
    heard.emit("message", { type: "cancel", id: 1 });
    expect(await answered).toEqual([
      { type: "ready" },
      { type: "cancelled", id: 1 },
      expect.objectContaining({ type: "answer", id: 2 }),
    ]);
    expect(begun).toEqual(["second"]);
  });

  it("does not wait longer than it was told to", async () => {
    const { ask, starts } = oddReader();
    await expect(ask("wait", 1, { timeoutMs: 20 })).rejects.toThrow(ReaderTimeout);
    expect(await ask("answer", 6)).toMatchObject({ nextBefore: 6 });
    expect(starts()).toBe(1);
  });

  it("starts again after it died, and asks again", async () => {
    const { ask, starts, problems } = oddReader();
    const [fell, stood] = await Promise.all([ask("dieOnce", 8), ask("answer", 9)]);
    expect([fell.nextBefore, stood.nextBefore]).toEqual([8, 9]);
    expect(starts()).toBe(2);
    expect(problems).toEqual(["ReaderGone"]);
  });

  it("gives up on what kills it twice, and only on that", async () => {
    const { ask, starts } = oddReader();
    await expect(ask("die")).rejects.toThrow(ReaderGone);
    expect(await ask("answer", 4)).toMatchObject({ nextBefore: 4 });
    expect(starts()).toBe(3);
  });

  it("is replaced when it hangs", async () => {
    const { ask, starts } = oddReader();
    const abort = new AbortController();
    const hanging = ask("hang", 1, {
      signal: abort.signal,
      onProgress: () => abort.abort(new Error("typed on")),
    });
    const other = ask("answer", 2);
    await expect(hanging).rejects.toThrow("typed on");
    expect(await other).toMatchObject({ nextBefore: 2 });
    expect(starts()).toBe(2);
  });
});
