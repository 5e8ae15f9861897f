import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { gtinIsValid } from "../../../main/domain/gtin.ts";
import {
  BurstDetector,
  type Focus,
  type ScannerHabits,
} from "../../../renderer/features/sell/scanner/burst-detector.ts";
import { createAltCode } from "../../../renderer/features/sell/scanner/alt-code.ts";
import { characterOf, isEndKey } from "../../../renderer/features/sell/scanner/physical-keys.ts";

const UNKNOWN: ScannerHabits = { suffix: null, paceMs: null };

/** Types `text` with the given pauses between characters. */
function type(
  text: string,
  pauseMs: (index: number) => number,
  { habits = UNKNOWN, detector = new BurstDetector(gtinIsValid, habits), startMs = 1_000 } = {},
) {
  let atMs = startMs;
  [...text].forEach((character, index) => {
    if (index > 0) atMs += pauseMs(index);
    detector.character(character, atMs);
  });
  return {
    detector,
    atMs,
    end: (afterMs = 10, focus: Focus = "text") => detector.end(atMs + afterMs, focus),
  };
}

const scanOf = (code: string) => ({ kind: "scan", codes: [code], typed: code });
const TYPED = { kind: "typed" };
const SWALLOWED = { kind: "scan", codes: [], typed: "" };

describe("burst detector", () => {
  it("takes a fast run of characters and its Enter for a scan", () => {
    expect(type("6921168038770", () => 12).end()).toEqual(scanOf("6921168038770"));
  });

  it("leaves a person's typing alone", () => {
    expect(type("6921168038770", () => 80).end()).toEqual(TYPED);
  });

  it("holds at its edges: 35 ms on average; short codes only with Enter at the same pace", () => {
    expect(type("123456", () => 35).end().kind).toBe("scan");
    expect(type("123456", () => 36).end().kind).toBe("typed");
    expect(type("123", () => 20).end(20).kind).toBe("scan");
    expect(type("123", () => 20).end(90).kind).toBe("typed");
    expect(type("12", () => 5).end(5).kind).toBe("typed");
  });

  it("takes no password for a short code", () => {
    expect(type("2468", () => 5).end(5, "secret").kind).toBe("typed");
  });

  it("does not join a key pressed earlier to the code", () => {
    for (const pauseMs of [150, 400]) {
      const { end } = type("36921168038770", (index) => (index === 1 ? pauseMs : 10));
      expect(end()).toEqual(scanOf("6921168038770"));
    }
  });

  it("swallows the line feed after a carriage return, and only that", () => {
    const { detector, atMs, end } = type("6921168038770", () => 10);
    end();
    expect(detector.end(atMs + 18, "text")).toEqual(SWALLOWED);
    expect(detector.end(atMs + 500, "text")).toEqual(TYPED);
  });

  it("reads two codes one after the other", () => {
    const detector = new BurstDetector(gtinIsValid);
    const codes: string[] = [];
    let atMs = 0;
    for (const code of ["6921168038770", "SLIP000042"]) {
      for (const character of code) detector.character(character, (atMs += 9));
      const verdict = detector.end((atMs += 9), "text");
      if (verdict.kind === "scan") codes.push(...verdict.codes);
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
        const { end, detector } = type(code, (index) => each[index] ?? 80);
        expect(detector.settle("text").kind).toBe("typed");
        expect(end().kind).toBe("typed");
      }),
    );
    fc.assert(
      fc.property(text, pauses(8, 25), (code, each) => {
        expect(type(code, (index) => each[index] ?? 8).end()).toEqual(scanOf(code));
      }),
    );
  });
});

describe("a scanner without Enter, split or slow", () => {
  it("ends by itself after a pause; an Enter that comes late is its own", () => {
    const { detector, atMs } = type("6921168038770", () => 10);
    expect(detector.settle("text")).toEqual(scanOf("6921168038770"));
    expect(detector.end(atMs + 500, "text")).toEqual(SWALLOWED);
    expect(detector.end(atMs + 1500, "text")).toEqual(TYPED);
  });

  it("swallows no Enter once it is known to send none", () => {
    const habits = { suffix: "none", paceMs: 10 } as const;
    const { detector, atMs } = type("ABC1", () => 10, { habits });
    expect(detector.settle("text")).toEqual(scanOf("ABC1"));
    expect(detector.end(atMs + 300, "text")).toEqual(TYPED);
  });

  it("puts a code together that came in two pieces", () => {
    const { detector, atMs } = type("6921168", () => 10);
    expect(detector.settle("text")).toEqual({ kind: "scan", codes: [], typed: "6921168" });
    const rest = type("038770", () => 10, { detector, startMs: atMs + 400 });
    expect(rest.end()).toEqual({ kind: "scan", codes: ["6921168038770"], typed: "038770" });
  });

  it("gives up waiting for the rest, and keeps two codes apart", () => {
    const { detector, atMs } = type("ABC-1234", () => 10);
    detector.settle("text");
    expect(type("6921168038770", () => 10, { detector, startMs: atMs + 400 }).end()).toEqual({
      kind: "scan",
      codes: ["ABC-1234", "6921168038770"],
      typed: "6921168038770",
    });
    const other = type("ABC-1234", () => 10).detector;
    other.settle("text");
    expect(other.giveUpRest()).toBe("ABC-1234");
    expect(other.giveUpRest()).toBeNull();
  });

  it("an Enter that came apart from its code ends it and does nothing else", () => {
    const { detector, atMs } = type("ABC-1234", () => 10);
    detector.settle("text");
    expect(detector.end(atMs + 400, "nowhere")).toEqual({
      kind: "scan",
      codes: ["ABC-1234"],
      typed: "",
    });
  });

  it("slow digits fill no amount and press no button, but text stays text", () => {
    expect(type("6921168038770", () => 90).end(90, "amount")).toEqual(scanOf("6921168038770"));
    expect(type("00301", () => 150).end(150, "nowhere")).toEqual(scanOf("00301"));
    expect(type("6921168038770", () => 90).end(90, "text")).toEqual(TYPED);
    expect(type("200", () => 150).end(150, "amount")).toEqual(TYPED);
    expect(type("1234", () => 8).detector.settle("amount")).toEqual({
      kind: "scan",
      codes: [],
      typed: "1234",
    });
  });

  it("a learned pace makes a slow scanner known", () => {
    const habits = { suffix: "enter", paceMs: 60 } as const;
    expect(type("12345", () => 62, { habits }).end(60, "amount")).toEqual(scanOf("12345"));
  });

  it("knows what stands inside of a burst", () => {
    const { detector, atMs } = type("0106909", () => 10);
    expect(detector.isInside(atMs + 10)).toBe(true);
    expect(detector.isInside(atMs + 200)).toBe(false);
    expect(type("500", () => 10).detector.isInside(1_030)).toBe(false);
  });
});

it("characters sent as Alt codes", () => {
  const alt = createAltCode();
  const typed = (digits: string) => {
    for (const digit of digits) alt.digit(`Numpad${digit}`);
    return alt.up();
  };
  expect(typed("029")).toBe("\u001D");
  expect(typed("065")).toBe("A");
  expect(typed("")).toBeNull();
  expect(typed("007")).toBeNull();
  expect(alt.digit("Digit1")).toBe(false);
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

  it("is not misled by Caps Lock", () => {
    expect(press("KeyS", "s", true, true)).toBe("S");
    expect(press("KeyS", "S", false, true)).toBe("s");
    expect(press("Digit6", "6", false, true)).toBe("6");
  });

  it("takes the keyboard's own letters: German, French", () => {
    expect(press("KeyY", "Z", true)).toBe("Z");
    expect(press("Slash", "-")).toBe("-");
    expect(press("KeyQ", "A", true)).toBe("A");
    expect(press("KeyW", "Z", true)).toBe("Z");
    expect(press("Digit6", "-")).toBe("-");
    expect(press("Digit6", "6", true)).toBe("6");
  });

  it("takes the physical key where no barcode has the letter, or the scanner is known to be a US one", () => {
    expect(press("KeyS", "ы")).toBe("s");
    const german = { code: "KeyY", key: "z", shiftKey: false, getModifierState: () => false };
    expect(characterOf(german)).toBe("z");
    expect(characterOf(german, "us")).toBe("y");
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
