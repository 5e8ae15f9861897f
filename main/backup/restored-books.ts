import { join } from "node:path";
import { lockTill } from "../sale-log/till-lock.ts";
import { BOOKS, readFacts, withDatabase } from "./books.ts";
import { endOf, type PlannedRestore } from "./planning.ts";
import { carryOut, placeBooks, readPlan, takeBack, type RestorePlan } from "./restore.ts";

/** The part of `Conf` (and of electron-store) that is used here. */
export interface KeyedStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
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

/** Gives brought books their place; `undo` gives everything back. For a till that is closed meanwhile. */
export function restoring(
  dataDir: string,
  store: KeyedStore,
  { plan, tillKeyPem }: PlannedRestore,
): { make(): void; undo(): void } {
  const before = settingsText(store);
  return {
    make: () => withLock(dataDir, () => placeBooks(dataDir, upToDate(dataDir, plan), tillKeyPem)),
    undo: () => {
      withLock(dataDir, () => takeBack(dataDir, plan));
      applySettings(store, before);
    },
  };
}

/** What was sold while the backup was read is given up as well, and said. */
function upToDate(dataDir: string, plan: RestorePlan): RestorePlan {
  if (!plan.before) return plan;
  const before = endOf(withDatabase(join(dataDir, BOOKS), "read", readFacts));
  return { ...plan, before, lostSales: plan.lostSales + before.sales - plan.before.sales };
}

/** As `restoring`, for books that `bring` completes first and lays beside the present ones. */
export function replacing(
  dataDir: string,
  store: KeyedStore,
  bring: () => RestorePlan,
): { make(): void; undo(): void } {
  let plan: RestorePlan | null = null;
  const before = settingsText(store);
  return {
    make: () =>
      withLock(dataDir, () => {
        plan = bring();
        placeBooks(dataDir, plan, null);
      }),
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
