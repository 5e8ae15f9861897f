import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  earlierInstallers,
  forgetOldInstallers,
  keepInstaller,
} from "../../../main/updates/installers.ts";
import { plainNotes } from "../../../main/updates/notes.ts";
import { waitsFor, type TillMoment, type UpdatePlan } from "../../../main/updates/policy.ts";
import { isForTill } from "../../../main/updates/rollout.ts";
import { tempDir } from "../support/temp-dir.ts";

const CLOSED: TillMoment = {
  nowMs: 1_000_000,
  isDayOpen: false,
  hasBasket: false,
  isPrinting: false,
  closedDays: 3,
  newestSaleId: 40,
};
const READY: UpdatePlan = {
  postponedUntilMs: null,
  postponedAtDay: null,
  hasFailedBefore: false,
  copiedAt: { closedDays: 3, newestSaleId: 40 },
};

describe("when an update may begin", () => {
  it("begins on a closed, copied, quiet till and at no other", () => {
    expect(waitsFor(READY, CLOSED)).toBeNull();
    const cases: [Partial<UpdatePlan>, Partial<TillMoment>, string][] = [
      [{}, { isDayOpen: true }, "dayOpen"],
      [{}, { hasBasket: true }, "basket"],
      [{}, { isPrinting: true }, "paper"],
      [{ copiedAt: null }, {}, "backup"],
      [{}, { newestSaleId: 41 }, "backup"],
      [{}, { closedDays: 4 }, "backup"],
      [{ postponedUntilMs: 1_000_001 }, {}, "postponed"],
      [{ postponedAtDay: 3 }, {}, "postponed"],
      [{ hasFailedBefore: true }, {}, "failedBefore"],
    ];
    for (const [plan, moment, expected] of cases)
      expect(waitsFor({ ...READY, ...plan }, { ...CLOSED, ...moment }), expected).toBe(expected);
  });

  it("is put off until its time has come, not for ever", () => {
    expect(waitsFor({ ...READY, postponedUntilMs: 1_000_000 }, CLOSED)).toBeNull();
    const copiedAt = { closedDays: 4, newestSaleId: 40 };
    const plan = { ...READY, postponedAtDay: 3, copiedAt };
    expect(waitsFor(plan, { ...CLOSED, closedDays: 4 })).toBeNull();
  });
});

describe("a staged rollout", () => {
  const tills = Array.from({ length: 2000 }, (_, n) => `till-${n}`);
  const share = (version: string, stagingPercentage: number) =>
    tills.filter((till) => isForTill(till, { version, stagingPercentage }));

  it("reaches about that share of the tills, and keeps whom it reached", () => {
    const ten = share("1.1.0", 10);
    const fifty = new Set(share("1.1.0", 50));
    expect(ten.length).toBeGreaterThan(140);
    expect(ten.length).toBeLessThan(260);
    expect(ten.every((till) => fifty.has(till))).toBe(true);
    expect(share("1.1.0", 0)).toEqual([]);
    expect(share("1.1.0", 100)).toHaveLength(tills.length);
    expect(isForTill("till-1", { version: "1.1.0" })).toBe(true);
  });

  it("does not send the same shops ahead every time", () => {
    const again = new Set(share("1.2.0", 10));
    expect(share("1.1.0", 10).every((till) => again.has(till))).toBe(false);
  });
});

describe("installers kept for the way back", () => {
  it("keeps one before the version that runs, whole, and forgets older ones", () => {
    const dir = tempDir();
    const file = join(dir, "Slipsure-Setup.exe");
    for (const version of ["1.9.0", "1.10.0", "1.10.1-beta.2", "1.10.1"]) {
      writeFileSync(file, version);
      keepInstaller(dir, version, file);
    }
    expect(earlierInstallers(dir, "1.10.1").map(({ version }) => version)).toEqual([
      "1.10.1-beta.2",
      "1.10.0",
      "1.9.0",
    ]);
    forgetOldInstallers(dir, "1.10.1");
    const [kept, ...others] = earlierInstallers(dir, "1.10.1");
    expect(others).toEqual([]);
    expect(readFileSync(kept?.path ?? "", "utf8")).toBe("1.10.1-beta.2");
    expect(readdirSync(join(dir, "installers"))).toEqual(["1.10.1", "1.10.1-beta.2"]);
  });

  it("leaves nothing half behind, and follows no version out of its folder", () => {
    const dir = tempDir();
    expect(() => keepInstaller(dir, "2.0.0", join(dir, "missing.exe"))).toThrow("ENOENT");
    expect(existsSync(join(dir, "installers", "2.0.0"))).toBe(false);
    expect(() => keepInstaller(dir, "../../2.0.0", join(dir, "missing.exe"))).toThrow(RangeError);
  });
});

it("shows what is new as plain lines, whatever was sent", () => {
  expect(plainNotes("# New\n- Faster &amp; safer\n\n* 新")).toBe("New\nFaster & safer\n新");
  expect(plainNotes("<ul><li>One</li><li>Two</li></ul><script>alert(1)</script>")).toBe("One\nTwo");
  expect(plainNotes(null)).toBe("");
  expect(plainNotes("x".repeat(9000))).toHaveLength(4000);
});
