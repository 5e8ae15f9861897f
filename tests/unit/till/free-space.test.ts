import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { Refusal } from "../../../main/contract/refusals.ts";
import { FreeSpace, LOW_BYTES } from "../../../main/till/free-space.ts";
import { SettingsRoom } from "../../../main/till/settings-store.ts";
import { tempDir } from "../support/temp-dir.ts";
import { TestClock } from "../support/test-clock.ts";
import { TillBench } from "../support/till-bench.ts";

const BALLAST = 3 * 1024 * 1024;
const PLENTY = 50 * LOW_BYTES;
const MINUTE_MS = 60_000;

/** A disk of which a test says how much is free. */
function watched(freeBytes = PLENTY) {
  const dataDir = tempDir();
  const clock = new TestClock(1);
  const disk = { freeBytes, dataDir, path: join(dataDir, "ballast.bin") };
  const waiting = new Set<() => void>();
  const incidents: string[] = [];
  const open = () =>
    new FreeSpace({
      dataDir,
      clock,
      report: (where) => `${incidents.push(where)}`,
      changed: () => {
        for (const look of [...waiting]) look();
      },
      freeBytesOf: () => disk.freeBytes,
      ballastBytes: BALLAST,
    });
  const space = open();
  onTestFinished(() => space.stop());
  const codes = () => space.warnings().map(({ code }) => code);
  return { disk, clock, space, codes, incidents, open };
}

/** Lets minutes pass until the ballast is there; it is written beside everything else. */
async function untilBallast({ disk, clock }: ReturnType<typeof watched>): Promise<void> {
  while (!existsSync(disk.path)) {
    clock.jump(5 * MINUTE_MS);
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("room on the disk", () => {
  it("is asked for below 1 GB, and no longer when there is more", () => {
    const { disk, space, codes } = watched();
    space.start();
    expect(codes()).toEqual([]);
    disk.freeBytes = LOW_BYTES - 1;
    space.look();
    expect(codes()).toEqual(["diskLow"]);
    disk.freeBytes = LOW_BYTES;
    space.look();
    expect(codes()).toEqual([]);
  });

  it("is looked at every few minutes without anybody asking", async () => {
    const { disk, space, clock, codes } = watched();
    space.start();
    disk.freeBytes = LOW_BYTES / 2;
    while (codes().length === 0) {
      clock.jump(MINUTE_MS);
      // oxlint-disable-next-line no-await-in-loop -- one look after the other
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(codes()).toEqual(["diskLow"]);
  });

  it("is not guessed when the system does not say", () => {
    const dataDir = tempDir();
    const incidents: string[] = [];
    const space = new FreeSpace({
      dataDir,
      clock: new TestClock(1),
      report: (where) => `${incidents.push(where)}`,
      changed: () => {},
      freeBytesOf: () => {
        throw new Error("no such call");
      },
    });
    expect(space.warnings()).toEqual([]);
    expect(incidents).toEqual(["disk.free"]);
  });
});

describe("the ballast", () => {
  it("takes its room for real, and only when there is room", async () => {
    const bench = watched(2 * BALLAST);
    bench.space.start();
    bench.clock.jump(2 * MINUTE_MS);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(readdirSync(bench.disk.dataDir)).toEqual([]);
    bench.disk.freeBytes = PLENTY;
    await untilBallast(bench);
    const { size, blocks } = statSync(bench.disk.path);
    expect(size).toBe(BALLAST);
    // Windows has no such number.
    if (process.platform !== "win32") expect(blocks * 512).toBeGreaterThanOrEqual(BALLAST);
    expect(readdirSync(bench.disk.dataDir)).toEqual(["ballast.bin"]);
  });

  it("goes once when the disk is full, is told in red, and comes back with the room", async () => {
    const bench = watched();
    const { disk, space, codes, incidents } = bench;
    space.start();
    await untilBallast(bench);
    disk.freeBytes = 0;
    expect(space.makeRoom()).toBe(true);
    expect(existsSync(disk.path)).toBe(false);
    expect(codes()).toEqual(["diskFull"]);
    expect(incidents).toEqual(["disk"]);
    expect(space.makeRoom()).toBe(false);
    disk.freeBytes = BALLAST;
    space.look();
    // Freed by the ballast itself: that is no room.
    expect(codes()).toEqual(["diskFull"]);
    disk.freeBytes = PLENTY;
    await untilBallast(bench);
    expect(codes()).toEqual([]);
  });

  it("goes before the log is opened on a full disk, which could not be opened otherwise", () => {
    const { disk, open } = watched();
    writeFileSync(disk.path, "ballast");
    disk.freeBytes = 0;
    open();
    expect(existsSync(disk.path)).toBe(false);
  });

  it("that was half written when the power went is not left lying about", () => {
    const { disk, open } = watched();
    writeFileSync(`${disk.path}.part`, "half");
    open();
    expect(existsSync(`${disk.path}.part`)).toBe(false);
  });
});

describe("settings on a full disk", () => {
  /** A store on a disk that takes `refusals` writes fewer than it is asked for. */
  function fullStore(refusals: number, code: string) {
    const values = new Map<string, unknown>();
    const set = (key: string, value: unknown) => {
      if (refusals > 0) {
        refusals -= 1;
        throw Object.assign(new Error(code), { code });
      }
      values.set(key, value);
    };
    return { values, store: { get: (key: string) => values.get(key), set } };
  }

  it("are written on the reserve", () => {
    const { disk, space } = watched();
    writeFileSync(disk.path, "ballast");
    const { store, values } = fullStore(1, "ENOSPC");
    space.guarded(store).set("settings", 1);
    expect(values.get("settings")).toBe(1);
    expect(existsSync(disk.path)).toBe(false);
  });

  it.each([
    ["ENOSPC", "DISK_FULL"],
    ["EROFS", "DISK_NOT_WRITABLE"],
  ])("without one are refused in words (%s), and don't seem to be changed", (code, refusal) => {
    const { space } = watched();
    const room = new SettingsRoom(space.guarded(fullStore(1, code).store));
    expect(() => room.change({ sound: false })).toThrow(new Refusal(refusal as "DISK_FULL"));
    expect(room.get().sound).toBe(true);
    expect(room.change({ sound: false }).sound).toBe(false);
  });
});

describe("a till", () => {
  it("says in its status that the disk is filling up, in front of everything else", async () => {
    const disk = { freeBytes: PLENTY };
    const bench = await TillBench.open({
      space: { freeBytesOf: () => disk.freeBytes, ballastBytes: 0 },
    });
    disk.freeBytes = 1000;
    bench.clock.jump(5 * MINUTE_MS);
    const { warnings } = await bench.until((status) => status.warnings[0]?.slot === null);
    expect(warnings[0]).toEqual({ code: "diskFull", slot: null });
  });

  it("whose settings file is gone or damaged is as it was, and nobody gets a second first start", async () => {
    const bench = await TillBench.open();
    const before = await bench.call("settings.get", {});
    for (const damage of [undefined, {}, { ready: "yes" }, [7]]) {
      // oxlint-disable-next-line no-await-in-loop -- one start after the other
      await bench.till.close();
      bench.store.delete("managerPin");
      if (damage === undefined) bench.store.delete("settings");
      else bench.store.set("settings", damage);
      // oxlint-disable-next-line no-await-in-loop -- as above
      await bench.start();
      // oxlint-disable-next-line no-await-in-loop -- as above
      expect(await bench.call("settings.get", {})).toEqual(before);
      const again = { ...bench.setup(), managerPin: "9999" };
      // oxlint-disable-next-line no-await-in-loop -- as above
      expect((await bench.refusal("settings.setUp", again)).code).toBe("BAD_INPUT");
    }
    expect(bench.incidents).toHaveLength(4);
    const patch = { sound: true };
    expect((await bench.call("settings.change", { patch, pin: "2468" })).sound).toBe(true);
  });
});
