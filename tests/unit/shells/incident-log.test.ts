import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createIncidentLog } from "../../../main/shells/incident-log.ts";
import { incidentText } from "../../../main/shells/incident-text.ts";

const MIB = 1024 * 1024;
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

test("the log takes five files of 1 MB at most, and the newest incident is always in the first", () => {
  const report = createIncidentLog(dir, () => undefined);
  const path = join(dir, "incidents.log");
  for (let round = 1; round <= 8; round += 1) {
    report("print", new Error(`round ${round}`));
    writeFileSync(path, readFileSync(path, "utf8").padEnd(MIB - 10, "x"));
  }
  const newest = report("print", new Error("the newest"));
  const names = readdirSync(dir).sort();
  expect(names).toEqual([
    "incidents.1.log",
    "incidents.2.log",
    "incidents.3.log",
    "incidents.4.log",
    "incidents.log",
  ]);
  for (const name of names) expect(statSync(join(dir, name)).size).toBeLessThanOrEqual(MIB);
  expect(readFileSync(path, "utf8")).toContain(newest);
  expect(readFileSync(join(dir, "incidents.1.log"), "utf8")).toContain("round 8");
  expect(readFileSync(join(dir, "incidents.4.log"), "utf8")).toContain("round 5");
});

test("a folder that cannot be written to does not hide the incident", () => {
  const echoed: string[] = [];
  const report = createIncidentLog(join(dir, "gone"), (text) => echoed.push(text));
  expect(report("print", new Error("boom"))).toMatch(/^[0-9A-F]{8}$/);
  expect(echoed.join("")).toMatch(/boom[\s\S]*could not be written/);
});

test("what somebody typed or handed over is not in the log", () => {
  const error = Object.assign(new Error("no answer for 138 1234 5678, ask li.lei@example.com"), {
    code: "EFAULT",
    input: { reference: "张三的会员卡" },
    cause: new TypeError("payment 6222021234567890123 was refused"),
  });
  const text = incidentText(error);
  expect(text).toContain("Error: no answer for (number), ask (address) [EFAULT]");
  expect(text).toContain("caused by TypeError: payment (number) was refused");
  expect(text).toMatch(/incident-log\.test\.ts:\d+/);
  expect(text).not.toContain("张三");
  expect(incidentText({ basket: ["牛奶"] })).toBe("a thrown object");
  expect(incidentText(undefined)).toBe("a thrown undefined");
  expect(incidentText("x".repeat(100_000)).length).toBeLessThan(5_000);
});

test("causes that lead back to themselves come to an end", () => {
  const error = new Error("round");
  error.cause = error;
  expect(incidentText(error).match(/round/g)).toHaveLength(4);
});
