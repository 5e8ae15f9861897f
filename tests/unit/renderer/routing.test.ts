import { describe, expect, it } from "vitest";
import { routeOf } from "../../../renderer/routing.ts";

describe("routes", () => {
  it("starts at the sell screen and falls back to it", () => {
    for (const hash of ["", "#", "#/", "#/sell", "#/nowhere", "#/print/nothing"])
      expect(routeOf(hash)).toEqual({ page: "sell" });
  });

  it("reads places and numbers", () => {
    expect(routeOf("#/history")).toEqual({ page: "history", saleId: null });
    expect(routeOf("#/history/42")).toEqual({ page: "history", saleId: 42 });
    expect(routeOf("#/history/x")).toEqual({ page: "history", saleId: null });
    expect(routeOf("#/day-end")).toEqual({ page: "dayEnd" });
    expect(routeOf("#/settings")).toEqual({ page: "settings", section: "" });
    expect(routeOf("#/settings/printer")).toEqual({ page: "settings", section: "printer" });
    expect(routeOf("#/print/day/7")).toEqual({ page: "printDay", dayId: 7 });
    expect(routeOf("#/print/day/open")).toEqual({ page: "printDay", dayId: null });
  });
});
