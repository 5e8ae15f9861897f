import { describe, expect, it } from "vitest";
import { bindingOf, KEYMAP, labelOf } from "../../../renderer/features/sell/keys/keymap.ts";

function press(
  code: string,
  key: string,
  modifiers: Partial<Record<"shiftKey" | "ctrlKey" | "altKey", boolean>> = {},
) {
  const none = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
  return bindingOf({ code, key, ...none, ...modifiers })?.command ?? null;
}

describe("keymap", () => {
  it("gives every key one meaning only", () => {
    const codes = KEYMAP.flatMap((binding) => binding.codes);
    expect(new Set(codes).size).toBe(codes.length);
    const labels = KEYMAP.map((binding) => binding.label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it("finds operators on the number pad, on the main keys and behind an input method", () => {
    expect(press("NumpadMultiply", "*")).toBe("quantity");
    expect(press("Digit8", "*", { shiftKey: true })).toBe("quantity");
    expect(press("Digit8", "Process", { shiftKey: true })).toBe("quantity");
    expect(press("NumpadAdd", "+")).toBe("cash");
    expect(press("NumpadDivide", "/")).toBe("discount");
  });

  it("takes characters as the keyboard types them: a German minus is no discount", () => {
    expect(press("Slash", "-")).toBeNull();
    expect(press("Equal", "`", { shiftKey: true })).toBeNull();
    expect(press("Digit7", "/", { shiftKey: true })).toBe("discount");
    expect(press("BracketRight", "+")).toBe("cash");
  });

  it("keeps plain digits and modified keys for others", () => {
    expect(press("Digit8", "8")).toBeNull();
    expect(press("F9", "F9", { altKey: true })).toBeNull();
    expect(press("Delete", "Delete")).toBe("remove");
    expect(press("Delete", "Delete", { ctrlKey: true })).toBe("clear");
  });

  it("marks as characters exactly the keys a scanner may type", () => {
    const typed = KEYMAP.filter((binding) => binding.isCharacter).map((binding) => binding.label);
    expect(typed.sort()).toEqual(["*", "+", "/"]);
    expect(labelOf("printLast")).toBe("F9");
  });
});
