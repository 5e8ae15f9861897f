import { describe, expect, it } from "vitest";
import { CALLS } from "../../../main/contract/calls.ts";
import {
  FAULTS,
  isFaultOn,
  SWITCHES,
  type PracticePaper,
} from "../../../renderer/features/practice-printer/acts.ts";
import en from "../../../renderer/i18n/en/practice.json" with { type: "json" };
import zhCN from "../../../renderer/i18n/zh-CN/practice.json" with { type: "json" };

describe("practice printer acts", () => {
  it("offers every act of the contract exactly once", () => {
    const offered = [
      ...SWITCHES.flatMap((entry) => [entry.makeGood, entry.makeBad]),
      ...FAULTS,
      "clearFaults",
    ];
    const acts = CALLS["practice.act"].input.shape.act.options;
    expect(offered.toSorted()).toEqual([...acts].toSorted());
  });

  it("has words for each in both languages", () => {
    for (const texts of [en, zhCN]) {
      expect(Object.keys(texts.act)).toEqual(expect.arrayContaining([...FAULTS, "clearFaults"]));
      expect(Object.keys(texts.switch)).toEqual(SWITCHES.map((entry) => entry.name));
    }
  });

  it("tells paper that will run out from paper that has", () => {
    const paper: PracticePaper = {
      slips: [],
      cover: "closed",
      paper: "ok",
      power: "on",
      cutter: "ok",
      faults: ["paperOut", "silence"],
    };
    expect(isFaultOn(paper, "paperOutSoon")).toBe(true);
    expect(isFaultOn({ ...paper, paper: "out" }, "paperOutSoon")).toBe(false);
    expect(isFaultOn(paper, "silence")).toBe(true);
    expect(isFaultOn(paper, "slow")).toBe(false);
  });
});
