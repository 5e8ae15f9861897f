import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Conf from "conf";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openShellParts } from "../../../main/shells/shell-parts.ts";
import { createTill, type Till } from "../../../main/till.ts";
import type { Settings } from "../../../main/contract/settings.ts";
import { MANAGER_PIN, testShop } from "../../e2e/support/shop.ts";
import { TestClock } from "../support/test-clock.ts";

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), "slipsure-settings-"))));
afterEach(() => rmSync(dir, { recursive: true, maxRetries: 5, retryDelay: 50 }));

const path = (name = "settings.json") => join(dir, name);
const read = (name?: string) =>
  JSON.parse(readFileSync(path(name), "utf8")) as Record<string, unknown>;
const damaged = () => readdirSync(dir).filter((name) => name.startsWith("settings.damaged-"));

/** As both shells start: real files, a real `Conf`, the real till. */
async function withTill<T>(use: (till: Till) => Promise<T>): Promise<T> {
  const createSettings = (cwd: string) => new Conf({ cwd, configName: "settings" });
  const parts = openShellParts(dir, createSettings, () => undefined);
  const till = await createTill({ dataDir: dir, clock: new TestClock(1), ...parts });
  try {
    return await use(till);
  } finally {
    await till.close();
  }
}

async function ask<T>(till: Till, name: string, input: object = {}): Promise<T> {
  const reply = await till.dispatch(name, input);
  if (!reply.ok) throw new Error(JSON.stringify(reply.refusal));
  return reply.value as T;
}

interface Seen {
  settings: Settings;
  codes: string[];
  lost: string[];
  file: string | null;
  pinWorks: boolean;
}

/** What the next start finds and shows. */
function startAgain(): Promise<Seen> {
  return withTill(async (till) => {
    const settings = await ask<Settings>(till, "settings.get");
    const { notices } = await ask<{
      notices: { code: string; lost: string[]; file: string | null }[];
    }>(till, "status.get");
    const change = await till.dispatch("settings.change", { patch: {}, pin: MANAGER_PIN });
    return {
      settings,
      codes: notices.map(({ code }) => code),
      lost: notices.flatMap(({ lost }) => lost),
      file: notices[0]?.file ?? null,
      pinWorks: change.ok,
    };
  });
}

/** A shop that was set up and has run. */
async function setUp(): Promise<void> {
  await withTill(async (till) => {
    await ask(till, "settings.setUp", testShop({ theme: "dark", sampleCatalogue: false }));
  });
}

test("a first start has nothing to say, nor has any later one that finds its settings", async () => {
  expect(await startAgain()).toMatchObject({ codes: [], settings: { ready: false } });
  await setUp();
  expect(await startAgain()).toMatchObject({ codes: [], pinWorks: true });
  expect(damaged()).toEqual([]);
  expect(read("settings.last-good.json")).toEqual(read());
});

const BROKEN: Record<string, () => void> = {
  "holds garbage": () => writeFileSync(path(), Buffer.from([0, 255, 1, 254, 123])),
  "is empty": () => writeFileSync(path(), ""),
  "was cut off by a power cut": () =>
    writeFileSync(path(), readFileSync(path(), "utf8").slice(0, 200)),
  "is all zeros": () => writeFileSync(path(), Buffer.alloc(4096)),
  "is another JSON": () => writeFileSync(path(), "[1, 2]"),
  "is an empty object": () => writeFileSync(path(), "{}"),
  "is too long to be true": () => writeFileSync(path(), " ".repeat(5 * 1024 * 1024)),
  "became a folder": () => {
    rmSync(path());
    mkdirSync(path());
  },
  "lost its PIN": () => {
    const { managerPin: _, ...rest } = read();
    writeFileSync(path(), JSON.stringify(rest));
  },
};

for (const [what, breakIt] of Object.entries(BROKEN))
  test(`a settings file that ${what} is set aside; the last good copy takes its place, and that is said`, async () => {
    await setUp();
    breakIt();
    const seen = await startAgain();
    expect(seen).toMatchObject({ codes: ["settingsRecovered"], lost: [], pinWorks: true });
    expect(seen.settings).toMatchObject({
      ready: true,
      theme: "dark",
      shop: { name: "永安便利店" },
    });
    expect(damaged()).toEqual([seen.file]);
    expect(readFileSync(path("incidents.log"), "utf8")).toContain("settings.json");
    // Said once: the file is sound again.
    expect((await startAgain()).codes).toEqual([]);
  });

test("a settings file that is gone comes back from its last good copy", async () => {
  await setUp();
  rmSync(path());
  expect(await startAgain()).toMatchObject({
    codes: ["settingsRecovered"],
    file: null,
    pinWorks: true,
    settings: { ready: true },
  });
});

test("one wrong value costs no other: it comes from the copy, or is named as lost", async () => {
  await setUp();
  const stored = read();
  const settings = { ...(stored["settings"] as object), theme: 5, widthMm: "wide", sound: true };
  writeFileSync(path(), JSON.stringify({ ...stored, settings }));
  expect(await startAgain()).toMatchObject({
    codes: ["settingsRecovered"],
    settings: { theme: "dark", widthMm: 80, sound: true, shop: { name: "永安便利店" } },
  });
  writeFileSync(path(), JSON.stringify({ ...stored, settings }));
  writeFileSync(path("settings.last-good.json"), "");
  expect(await startAgain()).toMatchObject({
    codes: ["settingsPartly"],
    lost: ["theme", "widthMm"],
    pinWorks: true,
    settings: {
      ready: true,
      theme: "system",
      widthMm: 58,
      sound: true,
      shop: { name: "永安便利店" },
    },
  });
});

test("with both files gone bad the till takes its settings from the log, and says so", async () => {
  await setUp();
  writeFileSync(path(), "{");
  writeFileSync(path("settings.last-good.json"), "{");
  expect(await startAgain()).toMatchObject({
    codes: ["settingsRecovered"],
    pinWorks: true,
    settings: { ready: true, theme: "dark", shop: { name: "永安便利店" } },
  });
  expect(await startAgain()).toMatchObject({ codes: [], pinWorks: true });
});

test("with both files and the log gone the till starts, says so, and is set up anew", async () => {
  await setUp();
  for (const name of readdirSync(dir)) if (!name.startsWith("settings")) rmSync(path(name));
  writeFileSync(path(), "{");
  writeFileSync(path("settings.last-good.json"), "{");
  expect(await startAgain()).toMatchObject({ codes: ["settingsLost"], settings: { ready: false } });
  // The log has it: settings that changed by themselves are a change.
  await setUp();
  expect(await startAgain()).toMatchObject({ codes: [], pinWorks: true });
});

test("settings of a newer version: what is understood stays in use, their file is kept", async () => {
  await setUp();
  const stored = read();
  const settings = { ...(stored["settings"] as object), theme: "sepia", sound: true, invented: 1 };
  writeFileSync(path(), JSON.stringify({ ...stored, format: 2, settings }));
  const seen = await startAgain();
  expect(seen).toMatchObject({
    codes: ["settingsNewer"],
    pinWorks: true,
    settings: { ready: true, theme: "dark", sound: true },
  });
  expect(read(seen.file ?? "")).toMatchObject({ format: 2, settings: { theme: "sepia" } });
});

test("settings of an older version are no fault", async () => {
  await setUp();
  const { format: _, ...stored } = read();
  const { kiosk: _kiosk, autoPrint: _autoPrint, ...older } = stored["settings"] as Settings;
  const { template } = older;
  const { buzzer: _buzzer, ...olderTemplate } = template;
  writeFileSync(
    path(),
    JSON.stringify({ ...stored, settings: { ...older, template: olderTemplate } }),
  );
  expect(await startAgain()).toMatchObject({
    codes: [],
    settings: { kiosk: false, autoPrint: true },
  });
  expect(damaged()).toEqual([]);
});

test("a notice stays until it is read, and what became of the settings stands in the log", async () => {
  await setUp();
  writeFileSync(path(), "");
  await withTill(async (till) => {
    const before = await ask<{ notices: { id: number }[] }>(till, "status.get");
    const id = before.notices[0]?.id ?? 0;
    const { status } = await ask<{ status: { notices: unknown[] } }>(till, "notice.read", { id });
    expect(status.notices).toEqual([]);
  });
});
