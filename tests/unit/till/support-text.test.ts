import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { soundSettings } from "../../../main/till/sound-settings.ts";
import { supportText } from "../../../main/till/support-text.ts";

test("the text for support holds versions, settings and incidents, and nothing of people", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "slipsure-support-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  writeFileSync(join(dataDir, "incidents.1.log"), "older: an incident\n");
  writeFileSync(join(dataDir, "incidents.log"), `${"x".repeat(400_000)}\nnewest: an incident\n`);
  writeFileSync(join(dataDir, "till.key"), "SECRET KEY");
  writeFileSync(join(dataDir, "settings.json"), '{"managerPin":"SECRET HASH"}');
  const { value } = soundSettings({
    shop: { name: "SECRET SHOP", address: "SECRET STREET", phone: "555", footer: "SECRET" },
    cashiers: ["SECRET PERSON"],
    printer: { kind: "tcp", host: "192.168.1.50", port: 9100 },
  });
  const device = { screens: ["BOE"], placesWindows: true, canStartWithSystem: true };
  const text = supportText({ dataDir, version: "1.2.3", device, settings: value });
  expect(text).not.toContain("SECRET");
  for (const told of ["1.2.3", "192.168.1.50", "BOE", process.versions.node, '"cashiers": 1'])
    expect(text).toContain(told);
  expect(text.indexOf("older: an incident")).toBeLessThan(text.indexOf("newest: an incident"));
  expect(text).toContain('"till.key": 10');
  // A mail has to take it.
  expect(text.length).toBeLessThan(350_000);
});
