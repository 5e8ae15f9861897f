import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { PIN, TillBench } from "../support/till-bench.ts";

const SIGNED = { name: "小王", pin: PIN };

describe("the end of the day", () => {
  it("needs sales, and is done once", async () => {
    const bench = await TillBench.open();
    const close = () => ({ requestId: bench.requestId(), signature: null });
    expect((await bench.refusal("day.close", close())).code).toBe("NOTHING_SOLD");
    await bench.sell();
    expect((await bench.refusal("day.close", close())).code).toBe("STILL_PRINTING");
    await bench.untilState(1, "printed");
    const input = close();
    const { report } = await bench.call("day.close", input);
    expect(report).toMatchObject({
      sales: 1,
      totalMinor: 1234,
      signedBy: null,
      closedBy: "小王",
      unproven: [],
    });
    expect((await bench.call("day.close", input)).report.dayId).toBe(report.dayId);
    expect((await bench.refusal("day.close", close())).code).toBe("DAY_ALREADY_CLOSED");
  });

  it("with receipts owed takes a name and the PIN, and they stay owed the next day", async () => {
    const bench = await TillBench.open();
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "failed");
    const id = () => ({ requestId: bench.requestId() });
    expect(await bench.refusal("day.close", { ...id(), signature: null })).toEqual({
      code: "SIGNATURE_NEEDED",
      details: { owed: 1 },
    });
    expect(
      (await bench.refusal("day.close", { ...id(), signature: { ...SIGNED, pin: "0000" } })).code,
    ).toBe("WRONG_PIN");
    const stranger = { ...SIGNED, name: "Mickey Mouse" };
    expect((await bench.refusal("day.close", { ...id(), signature: stranger })).code).toBe(
      "NO_SUCH_CASHIER",
    );
    const { report, status } = await bench.call("day.close", { ...id(), signature: SIGNED });
    expect(report).toMatchObject({ signedBy: "小王", receipts: { owed: 1 } });
    expect(status).toMatchObject({ day: null, reminder: 1, rail: [{ saleId: 1 }] });
    expect((await bench.refusal("sale.complete", bench.saleInput())).code).toBe("RECEIPT_OWED");
    await bench.restart();
    await bench.call("receipt.defer", { ...bench.exit(1), pin: null });
    await bench.sell();
    const next = await bench.call("day.report", { dayId: null });
    expect(next).toMatchObject({ dayId: report.dayId + 1, sales: 1 });
    expect(next.unproven.map(({ saleId }) => saleId)).toEqual([1, 2]);
    await bench.untilState(2, "failed");
    bench.device.closeCover();
    await bench.untilPapers(2);
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["2", "1"]);
    // What was signed for stays what was signed for; what became of it stands beside it.
    const later = await bench.call("day.report", { dayId: report.dayId });
    expect(later.receipts).toMatchObject({ owed: 1, provenByDevice: 0 });
    expect(later.since).toMatchObject([{ saleId: 1, from: "failed", to: "printed", copies: 0 }]);
  });

  it("is told for ever as it was signed, with what changed since beside it, on paper and in the file too", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    await bench.untilState(1, "printed");
    bench.device.openCover();
    for (const saleId of [2, 3]) {
      await bench.sell();
      await bench.untilState(saleId, "failed");
      await bench.call("receipt.defer", { ...bench.exit(saleId), pin: null });
    }
    const signed = { requestId: bench.requestId(), signature: SIGNED };
    const { report } = await bench.call("day.close", signed);
    expect(report).toMatchObject({ receipts: { owed: 2, provenByDevice: 1 }, since: [] });
    await bench.call("receipt.declined", bench.exit(3));
    bench.device.closeCover();
    await bench.untilPapers(2);
    await bench.untilIdle();
    await bench.print(1);
    await bench.untilPapers(3);
    await bench.until(({ lastJob }) => lastJob?.kind === "copy" && lastJob.outcome === "printed");
    await bench.restart();
    await bench.until(({ printer }) => printer.state === "ready");
    const { since, sinceCount, ...rest } = await bench.call("day.report", { dayId: report.dayId });
    expect({ ...rest, since: [], sinceCount: 0 }).toEqual(report);
    expect(sinceCount).toBe(3);
    expect(since).toMatchObject([
      { saleId: 1, from: "printed", to: "printed", copies: 1, settledBy: null },
      { saleId: 2, from: "failed", to: "printed", copies: 0, settledBy: null },
      { saleId: 3, from: "failed", to: "declined", copies: 0, settledBy: "小王" },
    ]);

    await bench.call("day.print", { requestId: bench.requestId(), dayId: report.dayId });
    await bench.until(({ lastJob }) => lastJob?.kind === "report" && lastJob.outcome === "printed");
    const paper = bench.device.paper.slips().at(-1)?.text() ?? "";
    expect(paper).toMatch(/仍欠小票\s+2/);
    expect(paper.slice(paper.indexOf("签字"))).toMatch(/日结后的变化 3[^]*未打印 -> 已打印/);
    const { text } = await bench.call("day.csv", { dayId: report.dayId });
    expect(text).toContain("未打印 -> 顾客不要");
    const { state } = await bench.call("books.check", { requestId: bench.requestId() });
    expect(state.lastCheck).toMatchObject({ state: "whole", found: 0 });
  });

  it("prints what can be printed and says how many need a person", async () => {
    const bench = await TillBench.open();
    bench.device.setFault({ kind: "reset", afterBytes: 150 });
    await bench.sell();
    await bench.untilState(1, "unknown");
    bench.device.openCover();
    await bench.call("receipt.defer", { ...bench.exit(1), pin: null });
    await bench.sell();
    await bench.untilState(2, "failed");
    const input = { requestId: bench.requestId() };
    const reply = await bench.call("day.printOwed", input);
    expect(reply).toMatchObject({ printing: 1, needPerson: 1 });
    expect(await bench.call("day.printOwed", input)).toMatchObject({ printing: 1, needPerson: 1 });
    bench.device.closeCover();
    await bench.untilState(2, "printed");
    await bench.untilIdle();
    expect(bench.papers()).toEqual(["2"]);
    expect(await bench.state(1)).toBe("unknown");
  });

  it("prints its report once per request", async () => {
    const bench = await TillBench.open();
    await bench.sell();
    await bench.untilState(1, "printed");
    const input = { requestId: bench.requestId(), dayId: null };
    await bench.call("day.print", input);
    await bench.until(({ lastJob }) => lastJob?.kind === "report" && lastJob.outcome === "printed");
    await bench.call("day.print", input);
    await bench.untilIdle();
    const text = bench.device.paper
      .slips()
      .map((slip) => slip.text())
      .join("\n");
    expect(text.match(/日结单 \d{4}/g)).toHaveLength(1);
    expect(text).toContain("￥12.34");
  });
});

describe("the CSV file", () => {
  it("has a row per unproven receipt, a BOM, and no cell that a spreadsheet would run", async () => {
    const bench = await TillBench.open();
    const evil = '=HYPERLINK("http://x","a,b")';
    await bench.call("settings.change", { patch: { cashiers: ["小王", "@SUM(1)"] }, pin: PIN });
    bench.device.openCover();
    await bench.sell();
    await bench.untilState(1, "failed");
    await bench.call("receipt.declined", { ...bench.exit(1), reason: evil });
    await bench.call("session.signIn", { cashier: "@SUM(1)" });
    await bench.sell();
    await bench.untilState(2, "failed");
    await bench.call("receipt.handwritten", {
      ...bench.exit(2),
      reason: '两行\n"引号",逗号',
      paperNo: "7",
    });
    const { fileName, text } = await bench.call("day.csv", { dayId: null });
    expect(fileName).toMatch(/^slipsure-\d{4}-\d\d-\d\d-Z1\.csv$/);
    expect(text.startsWith("\ufeff")).toBe(true);
    const { data, errors } = Papa.parse<string[]>(text.slice(1).trimEnd());
    expect(errors).toEqual([]);
    expect(data).toHaveLength(5);
    const [head, first, second, grandTotal, logHead] = data;
    expect(grandTotal).toEqual(["历史累计", "24.68"]);
    expect(logHead?.[0]).toMatch(/^日志头 \d+ [\w-]{43}$/);
    expect(head?.[0]).toBe("单号");
    expect(first?.slice(0, 4)).toEqual(["1", expect.stringMatching(/^\d{4}-/), "12.34", "小王"]);
    expect(first).toContain(`'${evil}`);
    expect(second?.[3]).toBe("'@SUM(1)");
    expect(second).toContain('两行\n"引号",逗号');
    for (const cell of data.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });
});
