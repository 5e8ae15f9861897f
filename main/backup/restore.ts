import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { anchorsAfter } from "../sale-log/anchors.ts";
import { canonicalJson } from "../sale-log/canonical-json.ts";
import { changeDamage, damageOf } from "../damage/damage-record.ts";
import { isLogFile } from "../sale-log/log-files.ts";
import { THE_LOG } from "../sale-log/log-identity.ts";
import type { RecoveredBody, RestoredBody } from "../sale-log/event.ts";
import type { SaleLog } from "../sale-log/sale-log.ts";
import type { Database } from "../sale-log/sqlite.ts";
import { parse } from "./backup-file.ts";
import { BOOKS, withDatabase } from "./books.ts";
import { demandRoom } from "./copy.ts";
import { removeFile, renameForGood, syncFile, syncFolder } from "./files.ts";
import type { Inspected } from "./inspect.ts";
import { BackupError } from "./problem.ts";
import { copyFileOver } from "./second-place.ts";
import { stepOf, type Tell } from "./tell.ts";

/*
 * Going back to a backup. What is to happen is written down before anything is moved, and the one step that
 * decides is a rename, so a power cut at any moment ends with the old books or with the restored ones.
 */

const PLAN = "restore-plan.json";
const KEY = "till.key";
const WITNESS = "slipsure.witness";
/** Ending of the books to come. */
export const COMING = ".restoring";
/** Left free beside books that are brought. */
const SPARE_BYTES = 16 * 1024 * 1024;

const entrySchema = z.object({
  seq: z.int(),
  hash: z.string(),
  sales: z.int(),
  newestSaleId: z.int(),
});

const numbersSchema = z.object({ saleId: z.int(), dayId: z.int() });

const planSchema = z.object({
  v: z.literal(1),
  id: z.string(),
  atMs: z.int(),
  by: z.string(),
  /** Folder beside the books that takes the present ones. */
  setAside: z.string().regex(/^set-aside-[\d-]+$/),
  /** `keep`: the key that is here belongs to these books; `bring`: it came along; `new`: it is lost. */
  key: z.enum(["keep", "bring", "new"]),
  /** Files that come with the log and are given their place before it. */
  coming: z.array(z.enum(["till.key", "slipsure.witness"])),
  settings: z.string(),
  backup: entrySchema.extend({ name: z.string(), atMs: z.int(), tillId: z.string() }),
  /** The books of before; null: there were none that could be read. */
  before: entrySchema.nullable(),
  lostSales: z.int(),
  carried: z.object({ events: z.int(), sales: z.int() }).optional(),
  numbers: numbersSchema.optional(),
  /** Not a backup but the proved entries of damaged books: what the log says of that. */
  recovered: z
    .object({
      setAside: z.string(),
      merged: entrySchema,
      events: z.int(),
      sales: z.int(),
      lost: z.array(z.tuple([z.int(), z.int()])),
      doubtful: z.int(),
      numbers: numbersSchema.optional(),
    })
    .optional(),
});
export type RestorePlan = z.infer<typeof planSchema>;

/** A name for the folder that takes the present books, free in this folder. */
export function setAsideName(dataDir: string, atMs: number, utcOffsetMin: number): string {
  const digits = new Date(atMs + utcOffsetMin * 60_000).toISOString().replaceAll(/\D/g, "");
  const name = `set-aside-${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
  for (let number = 2, free = name; ; number += 1) {
    if (!existsSync(join(dataDir, free))) return free;
    free = `${name}-${number}`;
  }
}

/**
 * First half: puts the books of a backup that was found true beside the present ones. The till may go on.
 * @throws BackupError diskFull, damaged; the system's error
 */
export function bringBooks(
  dataDir: string,
  { note, openPath }: Pick<Inspected, "note" | "openPath">,
  tell: Tell,
): void {
  const { bytes, sha256 } = note.manifest.database;
  const coming = join(dataDir, BOOKS + COMING);
  sendBooksAway(dataDir);
  demandRoom(dataDir, bytes + SPARE_BYTES);
  const count = stepOf(tell, "place", bytes);
  if (copyFileOver(openPath, coming, count, bytes) !== sha256) {
    removeFile(coming);
    throw new BackupError("damaged", "changed while it was restored");
  }
  writeWitness(dataDir);
}

/** What the coming books have signed themselves; the witness of the books of before would call them liars. */
export function writeWitness(dataDir: string): void {
  const witness = join(dataDir, WITNESS + COMING);
  writeFileSync(witness, withDatabase(join(dataDir, BOOKS + COMING), "frozen", witnessText));
  syncFile(witness);
}

/** Forgets books that were brought and are not wanted after all. */
export function sendBooksAway(dataDir: string): void {
  for (const name of [BOOKS, KEY, WITNESS]) removeFile(join(dataDir, name + COMING));
  for (const end of ["-wal", "-shm", "-journal"]) removeFile(join(dataDir, BOOKS + COMING + end));
}

function witnessText(db: Database): string {
  const anchors = anchorsAfter(db, null, Number.MAX_SAFE_INTEGER);
  return anchors.map((anchor) => `${canonicalJson(anchor)}\n`).join("");
}

/**
 * Second half: sets the present books aside and gives the restored ones their place. Nobody may have them
 * open. When it can't be done everything is put back.
 * @param tillKeyPem needed for `key: "bring"`
 * @throws the system's error
 */
export function placeBooks(dataDir: string, plan: RestorePlan, tillKeyPem: string | null): void {
  if (plan.key === "bring") {
    const key = join(dataDir, KEY + COMING);
    writeFileSync(key, tillKeyPem ?? "", { mode: 0o600 });
    chmodSync(key, 0o600);
    syncFile(key);
  }
  const path = join(dataDir, PLAN);
  writeFileSync(`${path}.part`, JSON.stringify(plan));
  syncFile(`${path}.part`);
  renameForGood(`${path}.part`, path);
  try {
    carryOut(dataDir, plan);
  } catch (error) {
    takeBack(dataDir, plan);
    throw error;
  }
}

/** What a restore that was cut off had written down; null: none was. @throws BackupError damaged */
export function readPlan(dataDir: string): RestorePlan | null {
  const path = join(dataDir, PLAN);
  if (!existsSync(path)) return null;
  return parse(planSchema, readFileSync(path, "utf8"), PLAN);
}

/** Does what is left of a plan; nothing when all is done. */
export function carryOut(dataDir: string, plan: RestorePlan): void {
  const coming = join(dataDir, BOOKS + COMING);
  // The rename of the books is the last step: without them it has been made.
  if (!existsSync(coming)) return;
  setAside(dataDir, plan);
  for (const name of plan.coming)
    if (existsSync(join(dataDir, name + COMING)))
      renameForGood(join(dataDir, name + COMING), join(dataDir, name));
  renameForGood(coming, join(dataDir, BOOKS));
}

function setAside(dataDir: string, plan: RestorePlan): void {
  const folder = join(dataDir, plan.setAside);
  mkdirSync(folder, { recursive: true });
  // Cut off after these had their place: they are the new ones.
  const placed = new Set<string>(
    plan.coming.filter((name) => !existsSync(join(dataDir, name + COMING))),
  );
  for (const name of booksFiles(dataDir)) {
    if (placed.has(name)) continue;
    if (name === KEY && plan.key === "keep") copyFileSync(join(dataDir, KEY), join(folder, KEY));
    else renameSync(join(dataDir, name), join(folder, name));
  }
  const settings = join(dataDir, "settings.json");
  if (existsSync(settings)) copyFileSync(settings, join(folder, "settings.json"));
  syncFolder(folder);
  syncFolder(dataDir);
}

/** The log, what lies beside it, and the key; the log first, because everything else follows from it. */
function booksFiles(dataDir: string): string[] {
  return readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && (isLogFile(entry.name) || entry.name === KEY))
    .map(({ name }) => name)
    .toSorted((a, b) => Number(b === BOOKS) - Number(a === BOOKS));
}

/** Puts everything back as it was before a restore, also when the restored books have their place already. */
export function takeBack(dataDir: string, plan: RestorePlan): void {
  const folder = join(dataDir, plan.setAside);
  // Once the log has its place, everything here is of the restored books; before that, what was set aside
  // and is here again.
  const isPlaced = !existsSync(join(dataDir, BOOKS + COMING));
  const refused = join(folder, "refused");
  mkdirSync(refused, { recursive: true });
  for (const name of booksFiles(dataDir)) {
    const stays = name === KEY && plan.key === "keep";
    if (!stays && (isPlaced || existsSync(join(folder, name))))
      renameSync(join(dataDir, name), join(refused, name));
  }
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const home = join(dataDir, entry.name);
    if (entry.isFile() && !existsSync(home)) renameSync(join(folder, entry.name), home);
  }
  sendBooksAway(dataDir);
  syncFolder(dataDir);
  removeFile(join(dataDir, PLAN));
}

/** The part of the books a finished restore needs. */
type RestoredBooks = Pick<SaleLog, "transaction" | "kept" | "keep" | "append" | "receipts">;

const DONE = "restore.done";

/**
 * What became of a receipt may be among the entries that are lost. One that seems never to have been sent is
 * not printed unasked then: somebody says whether it came out.
 */
function doubtOldPapers(books: RestoredBooks, atMs: number, nextSaleId: number): void {
  for (const { saleId, attempt, started } of books.receipts.openJobs())
    if (!started && saleId < nextSaleId)
      books.receipts.record(saleId, atMs, THE_LOG, { type: "attemptStarted", attempt });
}

function append(books: RestoredBooks, { atMs, by }: RestorePlan, body: RecoveredBody): void {
  books.append(atMs, by, { kind: "recovered", ref: null, body });
  const { sales, doubtful } = body;
  const lost = body.lost.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  if (lost > 0) doubtOldPapers(books, atMs, damageOf(books)?.nextSaleId ?? 0);
  changeDamage(books, {
    recovered: { atMs, sales, lost, doubtful },
    // With nothing left to look into, nobody needs to be reminded.
    isSettled: lost === 0 && doubtful === 0,
  });
}

function restoredBody({ backup, before, setAside: folder, ...plan }: RestorePlan): RestoredBody {
  const { lostSales, carried, numbers } = plan;
  return {
    v: 1,
    backup,
    before,
    setAside: folder,
    lostSales,
    ...(carried ? { carried } : {}),
    ...(numbers ? { numbers } : {}),
  };
}

/**
 * The restored books say that they were: with the entry they end with and the one that was given up. Once,
 * however often it is asked for.
 */
export function completeRestore(dataDir: string, plan: RestorePlan, books: RestoredBooks): void {
  const { id, atMs, by, recovered } = plan;
  if (books.kept(DONE) !== id)
    books.transaction(() => {
      if (recovered) append(books, plan, { v: 1, ...recovered });
      else {
        books.append(atMs, by, { kind: "restored", ref: null, body: restoredBody(plan) });
        // What happened to its receipts after the copy was made may be known to nobody.
        if (!plan.carried) doubtOldPapers(books, atMs, Number.MAX_SAFE_INTEGER);
      }
      books.keep(DONE, id);
    });
  removeFile(join(dataDir, PLAN));
  syncFolder(dataDir);
}
