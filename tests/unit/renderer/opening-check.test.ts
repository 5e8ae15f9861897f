import { describe, expect, it } from "vitest";
import { settingsWarningSchema } from "../../../main/contract/warnings.ts";
import { isDue } from "../../../renderer/features/opening-check/is-due.ts";
import { WARNING_LOOK } from "../../../renderer/features/opening-check/warning-look.ts";
import en from "../../../renderer/i18n/en/opening.json" with { type: "json" };
import zhCN from "../../../renderer/i18n/zh-CN/opening.json" with { type: "json" };
import { routeOf } from "../../../renderer/routing.ts";

const CODES = settingsWarningSchema.shape.code.options;

describe("the opening check", () => {
  it("is due at the start of the till until selling begins", () => {
    expect(isDue({ day: "none", start: "none" }, null)).toBe(true);
    expect(isDue({ day: "none", start: "seen" }, null)).toBe(false);
  });

  it("is due before the first sale of each day until it was put away for that day", () => {
    expect(isDue({ day: "none", start: "seen" }, "41")).toBe(true);
    expect(isDue({ day: "41", start: "seen" }, "41")).toBe(false);
    expect(isDue({ day: "41", start: "seen" }, "57")).toBe(true);
  });

  it("has words in both languages for every warning: what it is, what will happen, where to go", () => {
    for (const texts of [en, zhCN]) {
      expect(Object.keys(texts.warning).sort()).toEqual([...CODES].sort());
      for (const code of CODES)
        expect(Object.keys(texts.warning[code]).sort(), code).toEqual(["go", "what", "will"]);
    }
  });

  it("leads to a room there is, or says that the place is outside of the till", () => {
    for (const code of CODES) {
      const { href } = WARNING_LOOK[code];
      if (href === null) expect(["clockBehind", "diskFull", "diskLow"]).toContain(code);
      else expect(routeOf(href)).toEqual({ page: "settings", section: "printer" });
    }
  });
});
