import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Conf from "conf";
import { expect, test } from "vitest";
import { settingsSchema } from "../../main/contract/settings.ts";
import { SettingsRoom } from "../../main/till/settings-store.ts";
import { tempDir } from "../unit/support/temp-dir.ts";
import { hostileInputs } from "./support/from-schema.ts";
import { hunt } from "./support/fuzz.ts";
import { anyHostileJson, HOSTILE_TEXTS } from "./support/hostile-values.ts";

/* A file that is no JSON at all is the shells' matter: they open it before the till is asked. */

const known = { texts: HOSTILE_TEXTS, numbers: [58, 80] };

/** Opens the settings a file holds, as a start of the till does, and changes one of them. */
function demandUsable(file: unknown, folder: string): void {
  writeFileSync(join(folder, "settings.json"), JSON.stringify(file));
  const room = new SettingsRoom(new Conf({ cwd: folder, configName: "settings" }));
  expect(settingsSchema.safeParse(room.get()).success).toBe(true);
  const hash = room.pinHash();
  expect(hash === null || typeof hash === "string").toBe(true);
  room.change({ sound: false });
  expect(room.get().sound).toBe(false);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect("polluted" in {}).toBe(false);
}

test("settings of any content are read or are those of the first start, and can be changed", async () => {
  const folder = tempDir();
  await hunt(hostileInputs(settingsSchema, known), 40, (settings) => {
    let text: string;
    try {
      text = JSON.stringify(settings) ?? "null";
    } catch {
      return; // no file holds that
    }
    demandUsable({ settings: JSON.parse(text) as unknown, managerPin: "a.b" }, folder);
  });
});

test("every key of the file may be anything, a newer version's too", async () => {
  const folder = tempDir();
  await hunt(anyHostileJson, 25, (value) => {
    demandUsable({ settings: value, managerPin: value, fromTomorrow: value }, folder);
    demandUsable(
      { settings: { ready: true, version: 99, shop: value }, managerPin: value },
      folder,
    );
  });
});
