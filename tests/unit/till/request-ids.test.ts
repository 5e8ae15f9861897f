import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { CALLS, type CallInput, type CallName } from "../../../main/contract/calls.ts";
import { LATE_AFTER_MS } from "../../../main/domain/receipt/state.ts";
import { PIN, TillBench } from "../support/till-bench.ts";

/** The calls whose input carries a request id, as the contract's types have them. */
type RequestCall = {
  [N in CallName]: CallInput<N> extends { requestId: string } ? N : never;
}[CallName];

interface Case<N extends CallName> {
  /** What must have happened before, so that the call does something. */
  before?: (bench: TillBench) => Promise<unknown>;
  input: (bench: TillBench) => Promise<CallInput<N>> | CallInput<N>;
  /** What happens between the call and its repeat, so that carrying it out again would show. */
  between?: (bench: TillBench) => Promise<unknown>;
  /** Moves neither money nor paper: a repeat after a restart may do it again. */
  isHarmless?: true;
}

const requestId = "the-one-request";

const sold = async (bench: TillBench) => {
  await bench.sell();
  await bench.untilState(1, "printed");
  await bench.untilIdle();
};
const stuck = async (bench: TillBench) => {
  bench.device.openCover();
  await bench.sell();
  await bench.untilState(1, "failed");
};
/** A copy at which the printer has stopped. */
const stuckCopy = async (bench: TillBench) => {
  bench.device.setFault({ kind: "paperOut", afterMm: 40 });
  await bench.print(1);
  await bench.until(({ lastJob }) => lastJob?.kind === "copy" && lastJob.outcome === "blocked");
};
/** Three receipts, one of them old, that wait for an answer. */
const backlog = async (bench: TillBench) => {
  bench.device.setFault({ kind: "paperOut", afterMm: 0 });
  for (let saleId = 1; saleId <= 3; saleId += 1) {
    await bench.sell();
    await bench.untilState(saleId, "failed");
    if (saleId === 1) bench.clock.jump(LATE_AFTER_MS + 1);
    for (let owed = 1; owed <= saleId; owed += 1)
      await bench.call("receipt.defer", { ...bench.exit(owed), pin: PIN });
  }
  bench.device.loadPaper();
  await bench.until((status) => status.backlog !== null);
};
const businessDate = async (bench: TillBench) =>
  (await bench.call("day.report", { dayId: null })).date;
const catalogue = Buffer.from("code,name,price\n100200,Soap,3.50\n").toString("base64");
const exit = { requestId, saleId: 1, digits: "34", reason: "顾客着急" };

const CASES: { [N in RequestCall]: Case<N> } = {
  "catalogue.import": {
    input: () => ({ requestId, fileName: "a.csv", bytes: catalogue, mapping: null, pin: PIN }),
  },
  "catalogue.importSample": { input: () => ({ requestId, pin: PIN }) },
  "sale.complete": { input: (bench) => bench.saleInput({ requestId }) },
  "receipt.print": { before: sold, input: () => ({ requestId, saleId: 1, seen: null }) },
  "receipt.cancelCopy": {
    before: async (bench) => {
      await sold(bench);
      await stuckCopy(bench);
    },
    input: () => ({ requestId, saleId: 1 }),
    between: async (bench) => {
      bench.device.loadPaper();
      await bench.untilIdle();
      await stuckCopy(bench);
    },
  },
  "receipt.seen": { before: stuck, input: () => exit },
  "receipt.declined": { before: stuck, input: () => exit },
  "receipt.handwritten": { before: stuck, input: () => ({ ...exit, paperNo: "A 17" }) },
  "receipt.defer": { before: stuck, input: () => ({ ...exit, pin: null }) },
  "receipt.handOver": { before: sold, input: () => ({ requestId, saleId: 1 }) },
  "backlog.print": { before: backlog, input: () => ({ requestId, which: "all" }) },
  "backlog.settle": {
    before: backlog,
    input: () => ({ requestId, which: "all", reason: "顾客已走", pin: PIN }),
  },
  "backlog.oneByOne": { before: backlog, input: () => ({ requestId }) },
  "day.printOwed": {
    before: stuck,
    input: () => ({ requestId }),
    between: (bench) => bench.untilIdle(),
  },
  "day.print": { before: sold, input: () => ({ requestId, dayId: null }) },
  "day.close": { before: sold, input: () => ({ requestId, signature: null }) },
  "printer.test": { input: () => ({ requestId }) },
  "printer.coverTest": { input: () => ({ requestId }) },
  "printer.sample": { input: () => ({ requestId, slot: "receipt", sample: "ruler" }) },
  "printer.qualify": {
    input: () => ({
      requestId,
      slot: "receipt",
      pin: PIN,
      found: {
        fingerprint: null,
        answers: true,
        fence: "id",
        fenceMs: 100,
        cover: "skipped",
        columns: 32,
        chinese: "font",
        cutter: true,
        drawer: "pin2",
      },
    }),
  },
  "printer.rollChanged": { input: () => ({ requestId, slot: "receipt" }) },
  "drawer.tryOut": {
    input: () => ({ requestId, slot: "receipt", connector: "pin2", pin: PIN }),
  },
  "drawer.open": { input: () => ({ requestId, reason: "换零钱" }) },
  "backup.run": { input: () => ({ requestId }), isHarmless: true },
  "backup.drill": {
    before: (bench) => bench.backUp(),
    input: () => ({ requestId }),
    isHarmless: true,
  },
  "backup.printNote": {
    before: (bench) =>
      bench.call("backup.setPassphrase", { passphrase: "correct horse battery", pin: PIN }),
    input: () => ({ requestId }),
  },
  "books.check": { before: sold, input: () => ({ requestId }), isHarmless: true },
  "archive.make": {
    before: sold,
    input: async (bench) => {
      const date = await businessDate(bench);
      return { requestId, from: date, to: date };
    },
    isHarmless: true,
  },
};

/** Everything that can be done twice: entries of the log, paper, pulses of the drawer, the roll in the printer. */
async function done(bench: TillBench) {
  const now = await bench.until(({ printer }) => printer.state !== "printing");
  // Its answer comes from behind whatever was sent before.
  const canTest = now.printer.state === "ready";
  if (canTest) await bench.call("printer.test", { requestId: bench.requestId() });
  const db = new DatabaseSync(join(bench.dataDir, "slipsure.db"), { readOnly: true });
  const row = db.prepare("SELECT count(*) AS n FROM event WHERE kind<>'tillStarted'").get();
  db.close();
  const { printer } = await bench.call("status.get", {});
  return {
    events: Number(row?.["n"]),
    slips: bench.device.paper.slips().length,
    drawer: bench.device.state().drawerOpens,
    rollUsedM: printer.rollUsedM,
    /** Slips of the test above. */
    testSlips: canTest ? 1 : 0,
  };
}

/** What a repeat leaves: the slip of the test that `done` itself makes, and nothing else. */
function andTheTest(then: Awaited<ReturnType<typeof done>>) {
  const { events, slips, testSlips } = then;
  return { ...then, events: events + testSlips, slips: slips + testSlips };
}

/** Without what is as it is at the moment of the answer. */
function lasting(reply: unknown): unknown {
  const { value } = reply as { value: Record<string, unknown> };
  const { status: _status, ...rest } = value;
  return "report" in rest ? { ...rest, report: null } : rest;
}

describe("a request id", () => {
  it("is known here for every call of the contract that carries one", () => {
    const inContract = (Object.keys(CALLS) as CallName[]).filter((name) => {
      const { shape } = CALLS[name].input as { shape?: Record<string, unknown> };
      return shape !== undefined && "requestId" in shape;
    });
    expect(Object.keys(CASES).sort()).toEqual(inContract.sort());
  });

  for (const name of Object.keys(CASES) as RequestCall[]) {
    const { before, input, between, isHarmless } = CASES[name] as Case<CallName>;
    it(`of ${name}: twice at once and once more is done once, with one answer`, async () => {
      const bench = await TillBench.open();
      await before?.(bench);
      const asked = await input(bench);
      const [first, atOnce] = await Promise.all([
        bench.till.dispatch(name, asked),
        bench.till.dispatch(name, asked),
      ]);
      expect(first).toMatchObject({ ok: true });
      expect(lasting(atOnce)).toEqual(lasting(first));
      await between?.(bench);
      const then = await done(bench);
      expect(lasting(await bench.till.dispatch(name, asked))).toEqual(lasting(first));
      expect(await done(bench)).toEqual(andTheTest(then));
      expect(bench.incidents).toEqual([]);
    });

    it(`of ${name}: what breaks after it was done is an incident and no answer`, async () => {
      const bench = await TillBench.open();
      await before?.(bench);
      const asked = await input(bench);
      bench.shell.notices = () => {
        throw new Error("no status can be made");
      };
      expect(await bench.till.dispatch(name, asked)).toMatchObject({ ok: true });
    });

    if (isHarmless) continue;
    it(`of ${name} is known after a restart, too`, async () => {
      const bench = await TillBench.open();
      await before?.(bench);
      const asked = await input(bench);
      const first = await bench.till.dispatch(name, asked);
      expect(first).toMatchObject({ ok: true });
      await bench.untilIdle();
      await bench.restart();
      if (bench.device.state().online)
        await bench.until(({ printer }) => printer.state === "ready");
      await between?.(bench);
      const then = await done(bench);
      expect(lasting(await bench.till.dispatch(name, asked))).toEqual(lasting(first));
      expect(await done(bench)).toEqual(andTheTest(then));
      expect(bench.incidents).toEqual([]);
    });
  }
});
