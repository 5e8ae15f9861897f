import { describe, expect, it } from "vitest";
import { newer } from "../../../renderer/bridge/newer.ts";

const made = (run: string, revision: number) => ({ run, revision });

describe("of two states a page heard of", () => {
  it("the one made later stays, in whatever order they arrive", () => {
    expect(newer(null, made("a", 1))).toEqual(made("a", 1));
    expect(newer(made("a", 1), made("a", 2))).toEqual(made("a", 2));
    expect(newer(made("a", 3), made("a", 2))).toEqual(made("a", 3));
  });

  it("what a till says that was started again is never older, though it counts anew", () => {
    expect(newer(made("a", 900), made("b", 1))).toEqual(made("b", 1));
  });
});
