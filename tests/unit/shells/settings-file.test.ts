import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Conf from "conf";
import { describe, expect, it } from "vitest";
import { setAsideUnreadable } from "../../../main/shells/settings-file.ts";
import { startFailure } from "../../../main/shells/start-failure.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("a settings file", () => {
  it.each(["", "{", "\u0000\u0000", "null", "[]", "7"])("of %j is set aside and said", (text) => {
    const dir = tempDir();
    const path = join(dir, "settings.json");
    writeFileSync(path, text);
    const incidents: unknown[] = [];
    setAsideUnreadable(dir, (_where, error) => `${incidents.push(error)}`);
    expect(incidents).toHaveLength(1);
    expect(existsSync(path)).toBe(false);
    expect(readFileSync(`${path}.damaged`, "utf8")).toBe(text);
    expect(new Conf({ cwd: dir, configName: "settings" }).get("settings")).toBeUndefined();
  });

  it.each(['{"settings":{"ready":true}}', null])("of %j is left alone", (text) => {
    const dir = tempDir();
    const path = join(dir, "settings.json");
    if (text !== null) writeFileSync(path, text);
    setAsideUnreadable(dir, () => expect.unreachable());
    expect(existsSync(path)).toBe(text !== null);
  });
});

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
