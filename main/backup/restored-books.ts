import type { Clock } from "../clock.ts";
import { lockTill } from "../sale-log/till-lock.ts";
import type { PlannedRestore } from "./planning.ts";
import {
  carryOut,
  placeBooks,
  readPlan,
  sendBooksAway,
  takeBack,
  type RestorePlan,
} from "./restore.ts";
import { BackupWorker } from "./worker-client.ts";

/** A step SQLite has begun is waited for. */
const CLOSING_MS = 10_000;

/** The part of `Conf` (and of electron-store) that is used here. */
export interface KeyedStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** Something done to the till's folder while nobody has it open. */
export interface FolderChange {
  /** What goes before, while the till is still open. When it rejects, nothing has happened. */
  prepare?(): Promise<void>;
  /** Leaves the folder as it was when it throws. */
  make(): void | Promise<void>;
  /** Takes it back: the till could not be opened afterwards. */
  undo(): void;
  /** The books are damaged: not a byte of them is written any more, not even to close them. */
  isDamaged?: boolean;
  /** Nothing is sold from `prepare` on until other books are open: it might be in neither. */
  stopsSales?: boolean;
}

/** Where a restore takes place. */
export interface RestoreRoom {
  dataDir: string;
  store: KeyedStore;
  clock: Clock;
  /** The till's public key, base64url; null: lost. */
  publicKey: string | null;
}

/** What of the settings a backup carries. */
const CARRIED = ["settings", "managerPin"] as const;

/** Settings and the hash of the manager's PIN as the text a backup carries. */
export function settingsText(store: KeyedStore): string {
  return JSON.stringify(Object.fromEntries(CARRIED.map((key) => [key, store.get(key) ?? null])));
}

function applySettings(store: KeyedStore, text: string): void {
  const carried = JSON.parse(text) as Partial<Record<string, unknown>>;
  for (const key of CARRIED) {
    const value = carried[key];
    if (value !== null && value !== undefined) store.set(key, value);
  }
}

/**
 * Finishes a restore that was begun: after a power cut, or because the till was closed for it. To be called
 * before the books are opened; the plan it returns is then told to them with `completeRestore`.
 * @throws TillLockedError, BackupError damaged, the system's error
 */
export function finishRestore(dataDir: string, store: KeyedStore): RestorePlan | null {
  const plan = readPlan(dataDir);
  if (!plan) return null;
  withLock(dataDir, () => carryOut(dataDir, plan));
  applySettings(store, plan.settings);
  return plan;
}

/** A change of the folder, and what came of it once it is made. */
export interface Restoring extends FolderChange {
  done(): RestorePlan | null;
}

/**
 * Gives brought books their place; `undo` gives everything back. For a till that is closed meanwhile: what takes
 * long is done in a thread of its own. `make` rejects with BackupError changed.
 */
export function restoring(
  { dataDir, store, publicKey, clock }: RestoreRoom,
  prepare: () => Promise<PlannedRestore>,
): Restoring {
  let planned: PlannedRestore | null = null;
  let plan: RestorePlan | null = null;
  const before = settingsText(store);
  return {
    stopsSales: true,
    prepare: async () => {
      planned = await prepare();
    },
    make: async () => {
      const ready = planned;
      if (!ready) throw new Error("nothing was prepared");
      const settingsHere = hasSettings(store) ? settingsText(store) : null;
      const task = { dataDir, planned: ready, settingsHere, publicKey, nowMs: clock.nowMs() };
      try {
        plan = await inThread(dataDir, (worker) => worker.run("place", task));
      } catch (error) {
        const begun = readPlan(dataDir);
        if (begun) withLock(dataDir, () => takeBack(dataDir, begun));
        else sendBooksAway(dataDir);
        throw error;
      }
    },
    undo: () => {
      const made = plan;
      if (made) withLock(dataDir, () => takeBack(dataDir, made));
      applySettings(store, before);
    },
    done: () => plan,
  };
}

/** Whether anything was set up here. */
export function hasSettings(store: KeyedStore): boolean {
  const settings = store.get("settings");
  return typeof settings === "object" && settings !== null;
}

/** In a thread of its own; nobody opens the folder meanwhile. */
async function inThread<T>(
  dataDir: string,
  work: (worker: BackupWorker) => Promise<T>,
): Promise<T> {
  const lock = lockTill(dataDir);
  const worker = new BackupWorker();
  try {
    return await work(worker);
  } finally {
    await worker.end(CLOSING_MS);
    lock.release();
  }
}

/** As `restoring`, for books that `bring` completes first and lays beside the present ones. */
export function replacing(
  { dataDir, store }: Pick<RestoreRoom, "dataDir" | "store">,
  bring: () => Promise<RestorePlan>,
): FolderChange {
  let plan: RestorePlan | null = null;
  const before = settingsText(store);
  return {
    make: async () => {
      const lock = lockTill(dataDir);
      try {
        plan = await bring();
        placeBooks(dataDir, plan, null);
      } finally {
        lock.release();
      }
    },
    undo: () => {
      const made = plan;
      if (made) withLock(dataDir, () => takeBack(dataDir, made));
      applySettings(store, before);
    },
  };
}

function withLock(dataDir: string, work: () => void): void {
  const lock = lockTill(dataDir);
  try {
    work();
  } finally {
    lock.release();
  }
}
