import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createIncidentLog } from "../../../main/shells/incident-log.ts";

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), "slipsure-incidents-"))));
afterEach(() => rmSync(dir, { recursive: true }));

test("an incident stands in the log under the id the user is shown", () => {
  const echoed: string[] = [];
  const report = createIncidentLog(dir, (text) => echoed.push(text));
  const id = report("sale.complete", new Error("boom"));
  const log = readFileSync(join(dir, "incidents.log"), "utf8");
  expect(id).toMatch(/^[0-9A-F]{8}$/);
  expect(log).toContain(`${id} sale.complete: Error: boom`);
  expect(echoed.join("")).toBe(log);
});

test("the log does not grow for ever", () => {
  const path = join(dir, "incidents.log");
  writeFileSync(path, "x".repeat(2 * 1024 * 1024 + 1));
  createIncidentLog(dir, () => undefined)("print", new Error("boom"));
  expect(statSync(path).size).toBeLessThan(2000);
  expect(statSync(`${path}.old`).size).toBeGreaterThan(2 * 1024 * 1024);
});

test("a folder that cannot be written to does not hide the incident", () => {
  const echoed: string[] = [];
  const report = createIncidentLog(join(dir, "gone"), (text) => echoed.push(text));
  expect(report("print", new Error("boom"))).toMatch(/^[0-9A-F]{8}$/);
  expect(echoed.join("")).toMatch(/boom[\s\S]*could not be written/);
});
