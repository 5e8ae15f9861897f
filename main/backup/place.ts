import { join } from "node:path";
import { BOOKS, readFacts, withDatabase } from "./books.ts";
import { finishCarrying } from "./carry-over.ts";
import { compareWithBooks } from "./compare.ts";
import { endOf, type PlannedRestore } from "./planning.ts";
import { BackupError } from "./problem.ts";
import { COMING, placeBooks, writeWitness, type RestorePlan } from "./restore.ts";

/** A restore whose books lie beside the present ones. */
export interface PlaceTask {
  dataDir: string;
  planned: PlannedRestore;
  /** Settings of now, as a backup carries them; null: there are none. They stay when everything is carried over. */
  settingsHere: string | null;
  /** The till's public key, base64url; null: lost. */
  publicKey: string | null;
  nowMs: number;
}

/**
 * The last moment of a restore, when nobody can sell any more: looks once more what would be given up, carries
 * over what is there, and gives the restored books their place. Nothing is changed when it throws.
 * @returns the plan as it was carried out
 * @throws BackupError changed when more, or something else, would be given up than somebody agreed to
 */
export function placeRestored(task: PlaceTask): RestorePlan {
  const { dataDir, planned, settingsHere, publicKey, nowMs } = task;
  const coming = join(dataDir, BOOKS + COMING);
  const facts = withDatabase(coming, "frozen", readFacts);
  const here = compareWithBooks(join(dataDir, BOOKS), coming, facts);
  if ((here?.givenUp.fingerprint ?? null) !== planned.givenUp)
    throw new BackupError("changed", "something else would be given up");
  const backupSeq = planned.plan.backup.seq;
  const { numbers, ...carried } = finishCarrying(coming, dataDir, here, {
    backupSeq,
    publicKey,
    nowMs,
    lastOnPaper: planned.lastOnPaper,
  });
  writeWitness(dataDir);
  const isCarried = here !== null && here.carried !== null;
  const plan: RestorePlan = {
    ...planned.plan,
    before: here?.facts ? endOf(here.facts) : null,
    lostSales: here?.lostSales ?? 0,
    numbers,
    ...(isCarried ? { carried, key: "keep", coming: ["slipsure.witness"] } : {}),
    settings: isCarried && settingsHere !== null ? settingsHere : planned.plan.settings,
  };
  placeBooks(dataDir, plan, isCarried ? null : planned.tillKeyPem);
  return plan;
}
