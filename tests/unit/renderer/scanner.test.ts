import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { createBurstDetector } from "../../../renderer/features/sell/scanner/burst-detector.ts";
import { characterOf, isEndKey } from "../../../renderer/features/sell/scanner/physical-keys.ts";
import { scanOf } from "../../../renderer/features/sell/scanner/scan-kind.ts";

/** Types `text` with the given pauses between characters, then the end key after `endMs`. */
function type(text: string, pauseMs: (index: number) => number, endMs = 10, startMs = 1_000) {
  const detector = createBurstDetector();
  let atMs = startMs;
  [...text].forEach((character, index) => {
    if (index > 0) atMs += pauseMs(index);
    detector.character(character, atMs);
  });
  return { verdict: detector.end(atMs + endMs), detector, atMs: atMs + endMs };
}

describe("burst detector", () => {
  it("takes a fast run of characters and its Enter for a scan", () => {
    expect(type("6921168038770", () => 12).verdict).toEqual({
      kind: "scan",
      code: "6921168038770",
    });
  });

  it("leaves a person's typing alone", () => {
    expect(type("6921168038770", () => 80).verdict).toEqual({ kind: "typed" });
  });

  it("holds at its edges: six characters, 35 ms on average", () => {
    expect(type("123456", () => 35).verdict.kind).toBe("scan");
    expect(type("12345", () => 5).verdict.kind).toBe("typed");
    expect(type("123456", () => 36).verdict.kind).toBe("typed");
  });

  it("does not join a key pressed earlier to the code", () => {
    const { verdict } = type("36921168038770", (index) => (index === 1 ? 400 : 10));
    expect(verdict).toEqual({ kind: "scan", code: "6921168038770" });
  });

  it("lets Enter be Enter when it comes late", () => {
    expect(type("6921168038770", () => 10, 500).verdict).toEqual({ kind: "typed" });
  });

  it("swallows the line feed after a carriage return, and only that", () => {
    const { detector, atMs } = type("6921168038770", () => 10);
    expect(detector.end(atMs + 8)).toEqual({ kind: "swallow" });
    expect(detector.end(atMs + 500)).toEqual({ kind: "typed" });
  });

  it("reads two codes one after the other", () => {
    const detector = createBurstDetector();
    const codes: string[] = [];
    let atMs = 0;
    for (const code of ["6921168038770", "SLIP000042"]) {
      for (const character of code) detector.character(character, (atMs += 9));
      const verdict = detector.end((atMs += 9));
      if (verdict.kind === "scan") codes.push(verdict.code);
      atMs += 200;
    }
    expect(codes).toEqual(["6921168038770", "SLIP000042"]);
  });

  it("never takes 80 ms typists for scanners, nor 8–25 ms scanners for typists", () => {
    const text = fc.stringMatching(/^[0-9A-Z]{6,24}$/);
    const pauses = (minMs: number, maxMs: number) =>
      fc.array(fc.integer({ min: minMs, max: maxMs }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(text, pauses(60, 240), (code, each) => {
        expect(type(code, (index) => each[index] ?? 80).verdict.kind).toBe("typed");
      }),
    );
    fc.assert(
      fc.property(text, pauses(8, 25), (code, each) => {
        const { verdict } = type(code, (index) => each[index] ?? 8);
        expect(verdict).toEqual({ kind: "scan", code });
      }),
    );
  });
});

describe("physical keys", () => {
  const press = (code: string, key: string, shiftKey = false, capsLock = false) =>
    characterOf({ code, key, shiftKey, getModifierState: () => capsLock });

  it("reads digits of both rows and of the number pad", () => {
    expect(press("Digit6", "6")).toBe("6");
    expect(press("Numpad6", "6")).toBe("6");
  });

  it("reads what an input method hides", () => {
    expect(press("Digit6", "Process")).toBe("6");
    expect(press("KeyS", "Process", true)).toBe("S");
    expect(press("KeyS", "Process")).toBe("s");
    expect(press("Digit8", "Process", true)).toBe("*");
  });

  it("is not misled by Caps Lock or by another layout", () => {
    expect(press("KeyS", "s", true, true)).toBe("S");
    expect(press("KeyS", "ы")).toBe("s");
  });

  it("ignores keys that type nothing", () => {
    expect(press("F9", "F9")).toBeNull();
    expect(press("ShiftLeft", "Shift")).toBeNull();
  });

  it("knows the keys scanners end with", () => {
    expect(["Enter", "NumpadEnter", "Tab", "Space"].map(isEndKey)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

describe("what was scanned", () => {
  it("knows payment codes by length and first digits, and keeps nothing of them", () => {
    for (const first of ["10", "11", "12", "13", "14", "15"])
      expect(scanOf(first + "0".repeat(16))).toEqual({ kind: "payment", method: "wechat" });
    for (const first of ["25", "26", "27", "28", "29", "30"])
      for (const length of [16, 18, 24])
        expect(scanOf(first.padEnd(length, "7"))).toEqual({ kind: "payment", method: "alipay" });
    expect(scanOf(`62${"1".repeat(17)}`)).toEqual({ kind: "payment", method: "card" });
  });

  it("does not take products for payments", () => {
    expect(scanOf("6921168038770").kind).toBe("product");
    expect(scanOf("10".padEnd(17, "0")).kind).toBe("product");
    expect(scanOf("16".padEnd(18, "0")).kind).toBe("product");
    expect(scanOf("31".padEnd(18, "0")).kind).toBe("product");
    expect(scanOf("25".padEnd(15, "0")).kind).toBe("product");
  });

  it("opens the sale of a slip, in whatever case the scanner types", () => {
    expect(scanOf("SLIP000042")).toEqual({ kind: "slip", saleId: 42 });
    expect(scanOf("slip000042")).toEqual({ kind: "slip", saleId: 42 });
  });
});
