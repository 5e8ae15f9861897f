import { randomUUID } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { removeFile, renameForGood, syncFile, syncFolder } from "../backup/files.ts";
import type { DamageCause } from "../sale-log/event.ts";
import { isLogFile } from "../sale-log/log-files.ts";
import type { Continuation } from "../sale-log/log-identity.ts";
import { EventIndex } from "../sale-log/salvage/event-index.ts";
import { surveyBooks, type NewSale, type Survey } from "../sale-log/salvage/survey.ts";
import { lockTill } from "../sale-log/till-lock.ts";
import { carryOver, type Carried } from "./carried.ts";
import { backupsBeside, indexFolder, knownOf } from "./damaged-books.ts";
import { DAMAGE_KEY, type DamageRecord } from "./damage-record.ts";

/*
 * Damaged books are moved away whole and a new file goes on where they end. What is to happen is written down
 * before anything is moved, so a power cut at any moment ends in the same place.
 */

const PLAN = "damage-plan.json";
const KEY = "till.key";
/** Copies tried for the catalogue when the file does not give it. */
const BACKUPS_TRIED = 3;
/** Receipts that are listed by number. */
const LISTED = 100;

interface DamagePlan {
  v: 1;
  id: string;
  folder: string;
  continuation: Continuation;
}

export interface Damaged {
  cause: DamageCause;
  nowMs: number;
  utcOffsetMin: number;
  /** The till's public key, base64url; null: lost. */
  publicKey: string | null;
  /** The highest number the till gave an event; null: it has just been started. */
  highestSeq: number | null;
}

/**
 * Looks where the damaged books of a folder end, moves them aside untouched, and says what the file that is
 * to be made now must begin with. Nobody may have the books open.
 * @throws the system's error when the folder can't be written; the books are then where they were.
 */
export function setBooksAside(dataDir: string, damaged: Damaged): Continuation {
  const folder = folderName(dataDir, damaged);
  const continuation = continuationOf(dataDir, folder, damaged);
  const plan: DamagePlan = { v: 1, id: randomUUID(), folder, continuation };
  const path = join(dataDir, PLAN);
  writeFileSync(`${path}.part`, JSON.stringify(plan));
  syncFile(`${path}.part`);
  renameForGood(`${path}.part`, path);
  move(dataDir, plan);
  return continuation;
}

/** Finishes what a power cut has cut off; null: there is nothing to finish. */
export function resumeSetAside(dataDir: string): Continuation | null {
  const path = join(dataDir, PLAN);
  if (!existsSync(path)) return null;
  const plan = JSON.parse(readFileSync(path, "utf8")) as DamagePlan;
  const lock = lockTill(dataDir);
  try {
    move(dataDir, plan);
  } finally {
    lock.release();
  }
  return plan.continuation;
}

/** The new file stands: nothing is left to finish. */
export function doneSettingAside(dataDir: string): void {
  removeFile(join(dataDir, PLAN));
  syncFolder(dataDir);
}

/** Each file once: what has its name in the folder already is there, and what bears it here is new. */
function move(dataDir: string, { folder }: DamagePlan): void {
  const to = join(dataDir, folder);
  const marker = join(to, ".whole");
  if (existsSync(marker)) return;
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(dataDir, { withFileTypes: true }))
    if (entry.isFile() && isLogFile(entry.name) && !existsSync(join(to, entry.name)))
      renameSync(join(dataDir, entry.name), join(to, entry.name));
  // These go on being used; what they were then belongs to the books that are kept.
  for (const name of [KEY, "settings.json"])
    if (existsSync(join(dataDir, name))) copyFileSync(join(dataDir, name), join(to, name));
  syncFolder(to);
  writeFileSync(marker, "");
  syncFile(marker);
  syncFolder(to);
  syncFolder(dataDir);
}

function folderName(dataDir: string, { nowMs, utcOffsetMin }: Damaged): string {
  const digits = new Date(nowMs + utcOffsetMin * 60_000).toISOString().replaceAll(/\D/g, "");
  const name = `damaged-${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
  for (let number = 2, free = name; ; number += 1) {
    if (!existsSync(join(dataDir, free))) return free;
    free = `${name}-${number}`;
  }
}

function continuationOf(dataDir: string, folder: string, damaged: Damaged): Continuation {
  const survey = surveyOf(dataDir, damaged);
  const backups = backupsBeside(dataDir).slice(0, BACKUPS_TRIED);
  const carried = carryOver(
    dataDir,
    backups.map(({ path }) => path),
    survey.catalogueHash,
    damaged.nowMs,
  );
  const { last, anchorSeq, saleId, dayId, grandSales, grandTotalMinor, newestSale } = survey;
  const record = recordOf(folder, damaged, survey, carried);
  return {
    tillId: survey.tillId,
    products: carried.products,
    kept: [
      ...carried.kept.filter(([key]) => key !== DAMAGE_KEY),
      [DAMAGE_KEY, JSON.stringify(record)],
    ],
    requests: [...carried.requests, ...answersOf(survey.newSales, carried)],
    body: {
      v: 1,
      people: survey.people,
      begins: { ...last, anchorSeq, saleId, dayId, grandSales, grandTotalMinor },
      cause: damaged.cause,
      whileSelling: damaged.highestSeq !== null,
      setAside: folder,
      before: { tillId: survey.tillId, keyId: survey.keyId },
      proved: {
        seq: last.seq,
        saleId: newestSale?.saleId ?? 0,
        atMs: newestSale?.atMs ?? null,
      },
      skipped: survey.skipped,
    },
  };
}

function surveyOf(dataDir: string, { publicKey, highestSeq }: Damaged): Survey {
  const index = new EventIndex();
  try {
    indexFolder(index, "damaged", dataDir);
    index.sort();
    return surveyBooks(index, knownOf(dataDir, publicKey, highestSeq));
  } finally {
    index.close();
  }
}

function recordOf(
  folder: string,
  { cause, nowMs, highestSeq }: Damaged,
  { newestSale, saleId, skipped }: Survey,
  { owed, catalogue }: Carried,
): DamageRecord {
  return {
    v: 1,
    foundAtMs: nowMs,
    cause,
    whileSelling: highestSeq !== null,
    folder,
    provedSaleId: newestSale?.saleId ?? null,
    provedAtMs: newestSale?.atMs ?? null,
    nextSaleId: saleId + 1,
    skipped,
    owed: owed.slice(0, LISTED),
    owedCount: owed.length,
    catalogue,
    seenBy: null,
    recovered: null,
    isSettled: false,
  };
}

/**
 * Sales whose request could not be read any more, from the sales themselves: who asks for one again gets
 * its answer, and does not sell it twice.
 */
function answersOf(sales: readonly NewSale[], { requests }: Carried): Continuation["requests"] {
  const known = new Set(requests.map(({ id }) => id));
  return sales.flatMap(({ saleId, atMs, body }) => {
    const id = body["requestId"];
    if (typeof id !== "string" || known.has(id)) return [];
    const answer = {
      saleId,
      cashier: body["cashier"],
      totalMinor: body["totalMinor"],
      changeMinor: body["changeMinor"],
      printsItself: false,
      opensDrawer: false,
    };
    return [{ id, atMs, result: JSON.stringify(answer) }];
  });
}
