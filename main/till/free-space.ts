import { statfsSync } from "node:fs";
import type { Clock } from "../clock.ts";
import type { ReportIncident } from "../contract/dispatch.ts";
import { Refusal } from "../contract/refusals.ts";
import type { SettingsWarning } from "../contract/warnings.ts";
import { Ballast, BALLAST_BYTES } from "./ballast.ts";
import type { SettingsStore } from "./settings-store.ts";

/** Below this a shop is asked to make room: a busy year of sales and its copies need about as much. */
export const LOW_BYTES = 1_000_000_000;
/** The log can't even be opened with less; SQLite makes two small files beside it. */
const OPENING_BYTES = 4 * 1024 * 1024;
/** The ballast is not made out of the last that is left. */
const BALLAST_ROOM = 4;
const LOOK_EVERY_MS = 3 * 60_000;
/** Making the ballast waits until the shop has opened. */
const FIRST_BALLAST_MS = 60_000;

/** Bytes a program may still write to the disk of this folder. @throws the system's error */
export type FreeBytesOf = (folder: string) => number;

export interface FreeSpaceOptions {
  dataDir: string;
  clock: Clock;
  report: ReportIncident;
  /** Told when a page has something else to show. */
  changed: () => void;
  freeBytesOf?: FreeBytesOf | undefined;
  /** Size of the ballast; 0: none. */
  ballastBytes?: number | undefined;
}

/**
 * Watches the room on the disk of the data folder: asks for more in good time, and keeps a ballast file
 * that goes by itself when the disk is full, so that the sale under way is saved and the day can be closed.
 */
export class FreeSpace {
  private readonly options: FreeSpaceOptions;
  private readonly freeBytesOf: FreeBytesOf;
  private readonly ballast: Ballast;
  /** Null: the system does not say. */
  private freeBytes: number | null = null;
  private told: SettingsWarning["code"] | null = null;
  private hasSettled = false;
  private isStarted = false;
  private isStopped = false;
  private stopTimer: () => void = () => {};

  constructor(options: FreeSpaceOptions) {
    this.options = options;
    this.freeBytesOf = options.freeBytesOf ?? systemFreeBytes;
    this.ballast = new Ballast(options.dataDir, options.ballastBytes ?? BALLAST_BYTES);
    this.measure();
    // A log on a full disk can't be opened, let alone written: the reserve is there for that too.
    if (this.freeBytes !== null && this.freeBytes < OPENING_BYTES && this.ballast.release())
      this.measure();
  }

  /** Looks now and every few minutes; the ballast is made, or made anew, when there is room for it. */
  start(): void {
    this.isStarted = true;
    this.look();
    this.stopTimer = this.options.clock.setTimer(FIRST_BALLAST_MS, () => this.round());
  }

  stop(): Promise<void> {
    this.isStopped = true;
    this.stopTimer();
    return this.ballast.stop();
  }

  /** Measures anew; a page is told when that changes what it says. */
  look(): void {
    if (this.isStopped) return;
    this.measure();
    const code = this.warning();
    if (code === this.told) return;
    this.told = code;
    // Before that there is no page, and nothing that could tell it.
    if (this.isStarted) this.options.changed();
  }

  /**
   * The disk is full: lets the ballast go, once. True when there is room now and what failed can be
   * tried again.
   */
  makeRoom(): boolean {
    const isReleased = this.ballast.release();
    if (isReleased)
      this.options.report("disk", new Error("the disk is full: the ballast file was released"));
    this.look();
    return isReleased;
  }

  /** What a page has to say about the disk. */
  warnings(): SettingsWarning[] {
    const code = this.warning();
    return code === null ? [] : [{ code, slot: null }];
  }

  /** The same settings, written with the same reserve. Refuses with DISK_FULL or DISK_NOT_WRITABLE. */
  guarded(store: SettingsStore): SettingsStore {
    const set = (key: string, value: unknown) => {
      try {
        store.set(key, value);
      } catch (error) {
        const code = error instanceof Error && "code" in error ? error.code : null;
        if (code === "EROFS" || code === "EIO") throw new Refusal("DISK_NOT_WRITABLE");
        if (code !== "ENOSPC" && code !== "EDQUOT") throw error;
        if (!this.makeRoom()) throw new Refusal("DISK_FULL");
        store.set(key, value);
      }
    };
    return { get: (key) => store.get(key), set };
  }

  private warning(): SettingsWarning["code"] | null {
    const { freeBytes, ballast } = this;
    if (freeBytes === null) return null;
    const hasRoom = freeBytes >= BALLAST_ROOM * ballast.bytes;
    // Before the first round a missing ballast only means that this is a new till.
    const isOnReserve = !hasRoom && !ballast.exists() && (this.hasSettled || ballast.wasReleased);
    if (isOnReserve || freeBytes < OPENING_BYTES) return "diskFull";
    return freeBytes < LOW_BYTES ? "diskLow" : null;
  }

  private round(): void {
    this.stopTimer = this.options.clock.setTimer(LOOK_EVERY_MS, () => this.round());
    this.hasSettled = true;
    this.look();
    const { freeBytes, ballast } = this;
    if (freeBytes === null || freeBytes < BALLAST_ROOM * ballast.bytes || ballast.exists()) return;
    ballast.make().then(
      () => this.look(),
      (error: unknown) => {
        // Somebody else took the room meanwhile: it is tried again in some minutes.
        if (!this.isStopped) this.options.report("disk.ballast", error);
      },
    );
  }

  private measure(): void {
    try {
      this.freeBytes = this.freeBytesOf(this.options.dataDir);
    } catch (error) {
      this.freeBytes = null;
      this.options.report("disk.free", error);
    }
  }
}

/** What this user may use, not what the administrator keeps back (statfs(2), `f_bavail`). */
function systemFreeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
