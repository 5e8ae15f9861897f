import { describe, expect, it } from "vitest";
import {
  columnsSchema,
  qualificationSchema,
  type PrinterConfig,
} from "../../../main/contract/printers.ts";
import {
  isAnswered,
  NOTHING_FOUND,
  progressOf,
  qualificationOf,
  RULERS,
  stepsOf,
  widthOf,
  type Findings,
} from "../../../renderer/features/settings/try-out/try-out.ts";

const wire: PrinterConfig = { kind: "tcp", host: "10.0.0.9", port: 9100 };
const queue: PrinterConfig = { kind: "spooler", queue: "POS-80" };
const seen = { columns: 48, chinese: "font", cutter: true, drawer: "pin2" } as const;
const reach = (fence: "id" | "paperStatus" | "none") => ({
  answers: fence !== "none",
  fence,
  fenceMs: fence === "none" ? null : 812,
  fingerprint: null,
});
const all: Findings = { ...NOTHING_FOUND, ...seen, reach: reach("id") };
const kept = qualificationSchema.omit({ atMs: true, by: true });

describe("the questions about a printer", () => {
  it("ask for the cover test only when the answer has no id", () => {
    expect(stepsOf(wire, NOTHING_FOUND)[0]).toBe("reach");
    expect(stepsOf(wire, all)).not.toContain("cover");
    expect(stepsOf(wire, { ...all, reach: reach("none") })).not.toContain("cover");
    expect(stepsOf(wire, { ...all, reach: reach("paperStatus") }).slice(0, 2)).toEqual([
      "reach",
      "cover",
    ]);
  });

  it("ask a print queue nothing it could not answer", () => {
    expect(stepsOf(queue, NOTHING_FOUND)).toEqual([
      "width",
      "chinese",
      "cutter",
      "drawer",
      "summary",
    ]);
  });

  it("are open until each is answered, and a no is an answer", () => {
    for (const step of stepsOf(wire, NOTHING_FOUND))
      expect(isAnswered(step, NOTHING_FOUND), step).toBe(false);
    const noes: Findings = { ...all, reach: reach("none"), cutter: false, drawer: "none" };
    expect(progressOf(wire, noes)).toEqual({ done: 5, of: 5 });
    expect(progressOf(queue, { ...NOTHING_FOUND, columns: 32 })).toEqual({ done: 1, of: 4 });
  });
});

describe("what the till keeps", () => {
  it("is everything that was found", () => {
    expect(qualificationOf(wire, all)).toEqual({ ...seen, ...reach("id"), cover: "skipped" });
    expect(kept.safeParse(qualificationOf(wire, all)).success).toBe(true);
  });

  it("is nothing while one question is open", () => {
    for (const key of ["reach", "columns", "chinese", "cutter", "drawer"] as const)
      expect(qualificationOf(wire, { ...all, [key]: null }), key).toBeNull();
    expect(qualificationOf(wire, { ...all, reach: reach("paperStatus") })).toBeNull();
  });

  it("takes the outcome of the cover test", () => {
    const half: Findings = { ...all, reach: reach("paperStatus"), cover: "failed" };
    expect(qualificationOf(wire, half)).toMatchObject({ fence: "paperStatus", cover: "failed" });
  });

  it("never claims an answer of a print queue", () => {
    const found = qualificationOf(queue, { ...NOTHING_FOUND, ...seen });
    expect(found).toMatchObject({ answers: false, fence: "none", cover: "skipped" });
    expect(kept.safeParse(found).success).toBe(true);
  });
});

describe("rulers", () => {
  it("are those of the contract and of the sample slip", async () => {
    for (const ruler of RULERS) expect(columnsSchema.safeParse(ruler).success).toBe(true);
    const { sampleBytes } = await import("../../../main/printing/sample-slips.ts");
    const text = Buffer.from(sampleBytes("ruler", 48)).toString("latin1");
    const printed = [...text.matchAll(/(\d\d) -+\|/g)].map(([line, width]) => [
      line.length,
      Number(width),
    ]);
    expect(printed).toEqual(RULERS.map((ruler) => [ruler, ruler]));
  });

  it("belong to the roll they fit", () => {
    expect(RULERS.map(widthOf)).toEqual([58, 58, 80, 80]);
  });
});
