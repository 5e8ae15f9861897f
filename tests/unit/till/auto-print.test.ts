import { describe, expect, it } from "vitest";
import { PIN, TillBench } from "../support/till-bench.ts";

describe("printing by itself switched off", () => {
  it("owes the receipt from the first moment, and prints the original when asked", async () => {
    const bench = await TillBench.open({ setup: { autoPrint: false } });
    await bench.sell();
    const { rail, reminder, warnings } = await bench.untilState(1, "failed");
    expect(rail).toMatchObject([{ cause: "autoPrintOff", mayBeOnPaper: false }]);
    expect(reminder).toBe(1);
    expect(warnings).toContainEqual({ code: "autoPrintOff", slot: null });
    await bench.print(1);
    await bench.untilState(1, "printed");
    expect(bench.papers()).toEqual(["1"]);
  });

  it("stays off when a printer comes back", async () => {
    const bench = await TillBench.open({ setup: { autoPrint: false } });
    await bench.sell();
    await bench.untilState(1, "failed");
    bench.device.openCover();
    await bench.until(({ printer }) => printer.cause === "coverOpen");
    bench.device.closeCover();
    await bench.until(({ printer }) => printer.state === "ready");
    await bench.untilIdle();
    expect(await bench.state(1)).toBe("failed");
    expect(bench.papers()).toEqual([]);
  });
});

describe("the cash drawer", () => {
  const found = {
    fingerprint: null,
    answers: true,
    fence: "id",
    fenceMs: 300,
    cover: "skipped",
    columns: 32,
    chinese: "font",
    cutter: true,
    drawer: "pin2",
  } as const;

  it("opens for cash, once, whether or not paper comes", async () => {
    const bench = await TillBench.open();
    await bench.call("printer.qualify", {
      requestId: bench.requestId(),
      slot: "receipt",
      found,
      pin: PIN,
    });
    await bench.sell();
    await bench.untilState(1, "printed");
    expect(bench.device.state().drawerOpens).toBe(1);
    bench.device.openCover();
    await bench.until(({ printer }) => printer.cause === "coverOpen");
    await bench.sell();
    await bench.untilState(2, "failed");
    expect(bench.device.state().drawerOpens).toBe(2);
  });

  it("opened by hand is in the log with name and reason; a repeat opens nothing", async () => {
    const bench = await TillBench.open();
    const input = { requestId: bench.requestId(), reason: "换零钱" };
    await bench.call("drawer.open", input);
    await bench.call("drawer.open", input);
    await bench.sell();
    await bench.untilState(1, "printed");
    expect(bench.device.state().drawerOpens).toBe(1);
  });
});

describe("a qualified printer", () => {
  it("keeps what was found, with date and name, over a restart; a wider one is warned about", async () => {
    const bench = await TillBench.open();
    await bench.call("printer.qualify", {
      requestId: bench.requestId(),
      slot: "receipt",
      found: {
        fingerprint: "EPSON",
        answers: true,
        fence: "id",
        fenceMs: 250,
        cover: "passed",
        columns: 48,
        chinese: "font",
        cutter: true,
        drawer: "none",
      },
      pin: PIN,
    });
    await bench.restart();
    const { printer, warnings } = await bench.call("status.get", {});
    expect(printer.qualification).toMatchObject({ by: "小王", columns: 48, cover: "passed" });
    expect(warnings).toContainEqual({ code: "wrongWidth", slot: "receipt" });
  });
});
