import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { CALLS, type CallInput } from "../../../main/contract/calls.ts";
import { appDir } from "../../../main/shells/app-paths.ts";
import { PIN, TillBench } from "../support/till-bench.ts";
import { line } from "../support/sale-samples.ts";

type Connector = "pin2" | "pin5";

interface Entry {
  kind: number;
  by: string;
  ref: number | null;
  body: Record<string, unknown>;
}

/** Entries of one kind (see `EVENT_KIND`) as they stand in the file, oldest first. */
function entries(bench: TillBench, kind: number): Entry[] {
  const db = new DatabaseSync(join(bench.dataDir, "slipsure.db"), { readOnly: true });
  try {
    const rows = db
      .prepare(
        `SELECT e.kind, p.name AS by, e.ref, e.body FROM event e JOIN person p ON p.id=e.actor
         WHERE e.kind=? ORDER BY e.seq`,
      )
      .all(kind);
    return rows.map((row) => ({
      kind: Number(row["kind"]),
      by: String(row["by"]),
      ref: row["ref"] === null ? null : Number(row["ref"]),
      body: JSON.parse(String(row["body"])) as Record<string, unknown>,
    }));
  } finally {
    db.close();
  }
}

const openings = (bench: TillBench) => entries(bench, 10);
const papers = (bench: TillBench) => entries(bench, 9);

/** Resolves when the printer's drawer has been opened this often. */
async function untilOpened(bench: TillBench, times: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = () => {
      if (bench.device.state().drawerOpens < times) return;
      off();
      resolve();
    };
    const off = bench.device.on(look);
    look();
  });
}

async function qualify(bench: TillBench, drawer: Connector | "none" = "pin2"): Promise<void> {
  await bench.call("printer.qualify", {
    requestId: bench.requestId(),
    slot: "receipt",
    found: {
      fingerprint: null,
      answers: true,
      fence: "id",
      fenceMs: 300,
      cover: "skipped",
      columns: 32,
      chinese: "font",
      cutter: true,
      drawer,
    },
    pin: PIN,
  });
}

const tryInput = (bench: TillBench, connector: Connector): CallInput<"drawer.tryOut"> => ({
  requestId: bench.requestId(),
  slot: "receipt",
  connector,
  pin: PIN,
});

describe("the cash drawer", () => {
  it("opened by a cash sale stands in the log with the sale and the cashier", async () => {
    const bench = await TillBench.open();
    await qualify(bench, "pin5");
    await bench.sell();
    await bench.untilState(1, "printed");
    await untilOpened(bench, 1);
    expect(openings(bench)).toEqual([
      {
        kind: 10,
        by: "小王",
        ref: 1,
        body: { v: 2, why: "cash", reason: "", connector: "pin5", printer: expect.any(String) },
      },
    ]);
  });

  it("stays shut for any other tender, when the owner wants it shut, and where there is none", async () => {
    const bench = await TillBench.open();
    await qualify(bench);
    const card = [{ method: "card" as const, amountMinor: 1234, reference: null }];
    await bench.call("sale.complete", bench.saleInput({ tenders: card }));
    await bench.untilState(1, "printed");
    const { template } = await bench.call("settings.get", {});
    await bench.call("settings.change", {
      patch: { template: { ...template, drawerOnCash: false } },
      pin: PIN,
    });
    await bench.sell();
    await bench.untilState(2, "printed");
    await bench.call("settings.change", { patch: { template }, pin: PIN });
    await qualify(bench, "none");
    await bench.sell();
    await bench.untilState(3, "printed");
    expect(bench.device.state().drawerOpens).toBe(0);
    expect(openings(bench)).toEqual([]);
  });

  it("opened by hand stands there with name and reason; a repeat opens nothing", async () => {
    const bench = await TillBench.open();
    const input = { requestId: bench.requestId(), reason: "换零钱" };
    await bench.call("drawer.open", input);
    await bench.call("drawer.open", input);
    expect((await bench.refusal("drawer.open", { ...input, reason: "  " })).code).toBe("BAD_INPUT");
    await untilOpened(bench, 1);
    await bench.sell();
    await bench.untilState(1, "printed");
    expect(bench.device.state().drawerOpens).toBe(1);
    expect(openings(bench)).toMatchObject([
      { by: "小王", ref: null, body: { v: 2, why: "person", reason: "换零钱" } },
    ]);
  });

  it("is tried out only by the manager's PIN and a name, and each try is in the log", async () => {
    const bench = await TillBench.open();
    const wrong = { ...tryInput(bench, "pin2"), pin: "0000" };
    expect((await bench.refusal("drawer.tryOut", wrong)).code).toBe("WRONG_PIN");
    expect(bench.device.state().drawerOpens).toBe(0);
    expect(openings(bench)).toEqual([]);
    const input = tryInput(bench, "pin2");
    await bench.call("drawer.tryOut", input);
    // The same press once more: its answer was lost on the way.
    await bench.call("drawer.tryOut", input);
    await bench.call("drawer.tryOut", tryInput(bench, "pin5"));
    await untilOpened(bench, 2);
    await bench.sell();
    await bench.untilState(1, "printed");
    expect(bench.device.state().drawerOpens).toBe(2);
    expect(openings(bench)).toMatchObject([
      { by: "小王", body: { why: "tryOut", connector: "pin2" } },
      { by: "小王", body: { why: "tryOut", connector: "pin5" } },
    ]);
    await bench.call("settings.change", { patch: { cashiers: ["Li"] }, pin: PIN });
    expect((await bench.refusal("drawer.tryOut", tryInput(bench, "pin2"))).code).toBe("NO_CASHIER");
  });
});

describe("whatever a till is asked to print", () => {
  /** DLE DC4 1 0 1: a pulse for the drawer that a printer carries out wherever it stands. */
  const PULSE = "\u0010\u0014\u0001\u0000\u0001\u001bp\u0000\u0019\u00fa";

  it("opens no drawer: no sample, no test, no text, code or picture", async () => {
    const bench = await TillBench.open();
    await qualify(bench);
    const { template } = await bench.call("settings.get", {});
    const bits = Buffer.alloc(48 * 8, Buffer.from([0x10, 0x14, 1, 0, 1, 0x1b, 0x70, 0]));
    await bench.call("settings.change", {
      patch: {
        shop: { name: `店${PULSE}`, address: PULSE, phone: PULSE, footer: PULSE },
        template: {
          ...template,
          header: PULSE,
          returns: PULSE,
          notes: PULSE,
          taxId: `1${PULSE}`,
          qrText: `https://example.org/${PULSE}{no}`,
          qrCaption: PULSE,
          showCodes: true,
          logo: { widthDots: 384, heightDots: 8, bits: bits.toString("base64") },
        },
      },
      pin: PIN,
    });
    for (const sample of CALLS["printer.sample"].input.shape.sample.options) {
      await bench.call("printer.sample", { requestId: bench.requestId(), slot: "receipt", sample });
    }
    await bench.call("printer.test", { requestId: bench.requestId() });
    await bench.call("printer.coverTest", { requestId: bench.requestId() });
    const goods = [
      line({ priceMinor: 1234, nameZh: PULSE, code: PULSE.slice(0, 9), unit: PULSE }),
      // As CODE128 in set C these digits are the very bytes of the pulse.
      line({ priceMinor: 1, code: "1620010001" }),
    ];
    await bench.call(
      "sale.complete",
      bench.saleInput({
        basket: { lines: goods, discountMinor: 0 },
        expectedTotalMinor: 1235,
        tenders: [{ method: "card", amountMinor: 1235, reference: PULSE }],
      }),
    );
    await bench.untilState(1, "printed");
    await bench.print(1);
    await bench.untilPapers(2);
    await bench.call("day.print", { requestId: bench.requestId(), dayId: null });
    await bench.until(({ lastJob }) => lastJob?.kind === "report" && lastJob.outcome === "printed");
    expect(bench.device.state().drawerOpens).toBe(0);
    expect(openings(bench)).toEqual([]);
  });

  it("and only one place in the whole program makes the bytes that do", () => {
    const main = join(appDir(), "main");
    const asking = readdirSync(main, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .filter((path) => /rawerPulse\(/.test(readFileSync(join(main, path), "utf8")))
      .map((path) => path.replaceAll("\\", "/"));
    expect(asking.sort()).toEqual(["printing/escpos/commands.ts", "till/cash-drawer.ts"]);
  });
});

describe("a test slip", () => {
  it("leaves a trace: who, on which printer, and what is known of it", async () => {
    const bench = await TillBench.open();
    const requestId = () => bench.requestId();
    await bench.call("printer.test", { requestId: requestId() });
    for (const sample of ["ruler", "chinese", "cut"] as const)
      await bench.call("printer.sample", { requestId: requestId(), slot: "receipt", sample });
    // Sound is no paper.
    await bench.call("printer.sample", {
      requestId: requestId(),
      slot: "receipt",
      sample: "buzzer",
    });
    const printer = `127.0.0.1:${bench.port}`;
    expect(papers(bench)).toMatchObject([
      { by: "小王", ref: null, body: { v: 1, what: "test", outcome: "printed", printer } },
      { by: "小王", body: { what: "test", outcome: "sent", printer } },
      { by: "小王", body: { what: "test", outcome: "sent", printer } },
      { by: "小王", body: { what: "test", outcome: "sent", printer } },
    ]);
  });
});
