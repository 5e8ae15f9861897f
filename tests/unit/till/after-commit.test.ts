import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { FeedHub } from "../../../main/till/feed-hub.ts";
import { afterCommit } from "../../../main/till/room.ts";
import { TillBench } from "../support/till-bench.ts";

/** One step after the commit each, broken on purpose. */
const BREAKS: Record<string, (bench: TillBench) => void> = {
  "the status can't be made": (bench) => {
    bench.shell.notices = () => {
      throw new Error("no status");
    };
  },
  "the status is not what the contract says": (bench) => {
    bench.shell.notices = () => [{ id: "one" } as never];
  },
  "the customers' screen throws": (bench) => {
    bench.till.listen("customer", () => {
      throw new Error("the screen is gone");
    });
  },
  "a page throws": (bench) => {
    bench.till.listen("status", () => {
      throw new Error("the page is gone");
    });
  },
  // Any write to the printer's memory fails, as on a disk that fills up in that moment.
  "what the printer is known for can't be kept": (bench) => {
    const db = new DatabaseSync(join(bench.dataDir, "slipsure.db"));
    db.exec(`CREATE TRIGGER no_room BEFORE INSERT ON kept WHEN NEW.k LIKE 'printer%'
             BEGIN SELECT RAISE(ABORT, 'no room'); END`);
    db.close();
  },
};

describe("a sale that is committed", () => {
  for (const [what, breakIt] of Object.entries(BREAKS))
    it(`is the answer though ${what}, and its receipt prints`, async () => {
      const bench = await TillBench.open();
      breakIt(bench);
      const input = bench.saleInput();
      const reply = await bench.till.dispatch("sale.complete", input);
      expect(reply).toMatchObject({ ok: true, value: { saleId: 1, totalMinor: 1234 } });
      await bench.untilPapers(1);
      expect(await bench.till.dispatch("sale.complete", input)).toMatchObject({
        ok: true,
        value: { saleId: 1 },
      });
      expect(bench.papers()).toEqual(["1"]);
      await expect.poll(() => bench.incidents.length).toBeGreaterThan(0);
    });
});

describe("what became of a sale", () => {
  it("is known by its request id, also after a restart", async () => {
    const bench = await TillBench.open();
    const input = bench.saleInput();
    await bench.call("sale.complete", input);
    const known = { sale: { saleId: 1, totalMinor: 1234, changeMinor: 766 } };
    expect(await bench.call("sale.outcome", { of: input.requestId })).toMatchObject(known);
    await bench.restart();
    expect(await bench.call("sale.outcome", { of: input.requestId })).toMatchObject(known);
  });

  it("once it is said not to be completed it can't be any more", async () => {
    const bench = await TillBench.open();
    const input = bench.saleInput();
    expect(await bench.call("sale.outcome", { of: input.requestId })).toEqual({ sale: null });
    expect((await bench.refusal("sale.complete", input)).code).toBe("INTERRUPTED");
    expect((await bench.call("status.get", {})).newestSaleId).toBe(0);
  });
});

describe("after a commit", () => {
  it("every step is taken, and what one throws is an incident", () => {
    const told: unknown[] = [];
    const steps: string[] = [];
    const report = (where: string, error: unknown) => {
      told.push([where, String(error)]);
      return "1";
    };
    afterCommit(
      { report },
      "sale.complete",
      () => steps.push("drawer"),
      () => {
        throw new Error("queue");
      },
      () => steps.push("screen"),
    );
    expect(steps).toEqual(["drawer", "screen"]);
    expect(told).toEqual([["sale.complete", "Error: queue"]]);
  });

  it("a page that throws keeps no other from hearing the feed", () => {
    const told: string[] = [];
    const hub = new FeedHub((where) => {
      told.push(where);
      return "1";
    });
    const heard: unknown[] = [];
    hub.listen("paper", () => {
      throw new Error("gone");
    });
    hub.listen("paper", (value) => heard.push(value));
    hub.send("paper", { slips: 1, totalMm: 2 });
    expect(heard).toEqual([{ slips: 1, totalMm: 2 }]);
    expect(told).toEqual(["feed paper"]);
  });
});
