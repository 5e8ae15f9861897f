import { expect, test } from "vitest";
import { learn, triedKey } from "../../../renderer/features/settings/scanner/learn.ts";

const SAMPLE = "YZ-105";
const BEFORE = { layout: "keyboard", suffix: null, paceMs: null } as const;
const US_CODES: Record<string, string> = { "-": "Minus", Enter: "Enter", Tab: "Tab" };

/** The scan of a text: what each key types, and where it is on the keyboard when not as on a US one. */
function scan(keys: readonly string[], codes: Record<string, string> = {}, paceMs = 12) {
  const tried = keys.map((key, index) => {
    const usual = US_CODES[key] ?? (/\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`);
    return triedKey({
      key,
      code: codes[key] ?? usual,
      shiftKey: /^[A-Z]$/.test(key),
      timeStamp: index * paceMs,
      getModifierState: () => false,
    });
  });
  return learn(tried, SAMPLE, BEFORE);
}

test("a scanner that types as this keyboard does: suffix and pace are learned", () => {
  expect(scan([...SAMPLE, "Enter"])).toEqual({
    text: SAMPLE,
    verdict: "right",
    scanner: { layout: "keyboard", suffix: "enter", paceMs: 12 },
  });
  expect(scan([...SAMPLE, "Tab"]).scanner.suffix).toBe("tab");
  expect(scan([...SAMPLE]).scanner.suffix).toBe("none");
});

test("German keyboard: right when the scanner is German, learned as US when it is not", () => {
  const german = { Y: "KeyZ", Z: "KeyY", "-": "Slash" };
  expect(scan([...SAMPLE], german).verdict).toBe("right");
  // A US scanner presses KeyY, KeyZ and Minus, which a German keyboard types as Z, Y and ß.
  const us = scan([..."ZYß105"], { Z: "KeyY", Y: "KeyZ", ß: "Minus" });
  expect(us).toMatchObject({ text: SAMPLE, verdict: "us", scanner: { layout: "us" } });
});

test("wrong letters, another code, and a person's hand", () => {
  expect(scan([..."YX-105"]).verdict).toBe("letters");
  expect(scan([..."6921168038770", "Enter"])).toMatchObject({
    verdict: "other",
    scanner: { layout: "keyboard", suffix: "enter" },
  });
  expect(scan([...SAMPLE, "Enter"], {}, 250)).toMatchObject({ verdict: "typed", scanner: BEFORE });
});
