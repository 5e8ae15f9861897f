import { describe, expect, it } from "vitest";
import { startFailure } from "../../../main/shells/start-failure.ts";

describe("a start that fails because of the disk", () => {
  const sqlite = (errcode: number) =>
    Object.assign(new Error("sqlite"), { code: "ERR_SQLITE_ERROR", errcode });

  it.each([
    [8, "may not write"],
    [14, "may not write"],
    [776, "may not write"],
    [10, "disk reports an error"],
    [4874, "disk is full"],
    [13, "disk is full"],
  ])("says so for SQLite's %i in both languages", (errcode, words) => {
    expect(startFailure(sqlite(errcode), "en-US")).toContain(words);
    expect(startFailure(sqlite(errcode), "zh-CN")).toMatch(/^票不漏无法启动：[^a-z]+/);
    expect(startFailure(sqlite(errcode), "zh-CN")).not.toContain("sqlite");
  });
});
