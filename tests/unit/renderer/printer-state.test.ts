import { describe, expect, it } from "vitest";
import { printerConfigSchema } from "../../../main/contract/printers.ts";
import { printerStatusSchema } from "../../../main/contract/status.ts";
import { CAUSE_CODES } from "../../../main/domain/receipt/cause.ts";
import { briefOf, isOut, printerName } from "../../../renderer/features/frame/printer-state.ts";
import en from "../../../renderer/i18n/en/common.json" with { type: "json" };
import zhCN from "../../../renderer/i18n/zh-CN/common.json" with { type: "json" };
import { printerStatus } from "./samples.ts";

const STATES = printerStatusSchema.shape.state.options;

describe("how a printer is called", () => {
  it("by its own name where it has one, else by where it is", () => {
    const named = (config: unknown, address = "somewhere") =>
      printerName({ config: printerConfigSchema.parse(config), address });
    const usb = { kind: "usb", vendorId: 1, productId: 2, serial: null };
    expect(named({ ...usb, name: "XP-80C" })).toBe("XP-80C");
    expect(named({ ...usb, name: " " }, "USB 1-2")).toBe("USB 1-2");
    expect(named({ kind: "spooler", queue: "POS-80" })).toBe("POS-80");
    expect(named({ kind: "lp", path: "/dev/usb/lp0" })).toBe("/dev/usb/lp0");
    expect(named({ kind: "practice" })).toBe("");
  });

  it("by its port only when that is not the usual one", () => {
    const at = (port: number) =>
      printerName({ config: { kind: "tcp", host: "10.0.0.7", port }, address: null });
    expect(at(9100)).toBe("10.0.0.7");
    expect(at(9101)).toBe("10.0.0.7:9101");
  });
});

describe("how a printer is, in a word or two", () => {
  it("has the word in both languages for every state and cause", () => {
    for (const state of STATES)
      for (const cause of [null, ...CAUSE_CODES])
        for (const paper of ["ok", "nearEnd", "out", "unknown"] as const) {
          const brief = briefOf({ state, cause, paper });
          expect(Object.keys(en.printer.brief), brief).toContain(brief);
          expect(Object.keys(zhCN.printer.brief), brief).toContain(brief);
        }
  });

  it("says what a person can mend at once, and low paper only while nothing is worse", () => {
    expect(briefOf({ state: "offline", cause: "paperOut", paper: "out" })).toBe("paperOut");
    expect(briefOf({ state: "blocked", cause: "coverOpen", paper: "ok" })).toBe("coverOpen");
    expect(briefOf({ state: "offline", cause: "unreachable", paper: "unknown" })).toBe("offline");
    expect(briefOf({ state: "ready", cause: null, paper: "nearEnd" })).toBe("nearEnd");
    expect(briefOf({ state: "printing", cause: null, paper: "nearEnd" })).toBe("printing");
  });

  it("is out when a paper sent to it would be refused", () => {
    expect(STATES.filter((state) => isOut(printerStatus({ state })))).toEqual([
      "blocked",
      "offline",
    ]);
  });
});
