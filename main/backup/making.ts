import { statSync } from "node:fs";
import { join } from "node:path";
import type { BackupReason } from "../contract/backup.ts";
import type { Currency } from "../domain/money.ts";
import { makeNote, type SealedTillKey } from "./backup-file.ts";
import { BOOKS, type Depth } from "./books.ts";
import { demandRoom, missingBytes } from "./copy.ts";
import { ensureFolder } from "./files.ts";
import { copyName, OPEN_END, SEALED_END, type Listed } from "./inventory.ts";
import { sealBox } from "./owner-key.ts";
import { KEPT_WHEN_SHORT } from "./rotation.ts";
import type { Shelf } from "./shelf.ts";
import type { Tell } from "./tell.ts";
import type { BackupWorker } from "./worker-client.ts";
import { BackupError, problemOf } from "./problem.ts";

/** A copy may not take the room the till needs to go on selling. */
const RESERVE_BYTES = 128 * 1024 * 1024;

/** What a copy says of itself beside the books. */
export interface CopyAbout {
  atMs: number;
  utcOffsetMin: number;
  reason: BackupReason;
  by: string;
  shop: string;
  currency: Currency;
  appVersion: string;
  /** Settings and the hash of the manager's PIN, as JSON. */
  settings: string;
}

/** The till's key, for signing and to take along. */
export interface CopyKey {
  publicKey: string;
  sign(text: string): string;
  pem: string;
}

/** Makes a copy beside the books, verified and signed. @throws BackupError */
export async function makeCopy(
  shelf: Shelf,
  dataDir: string,
  about: CopyAbout,
  key: CopyKey,
  worker: BackupWorker,
  tell: Tell,
): Promise<void> {
  const { folder, tillId, memory } = shelf;
  ensureFolder(folder);
  const { settings, ...facts } = about;
  const name = freeName(shelf, copyName(tillId, about.atMs, about.utcOffsetMin));
  const part = join(folder, `${name}.part`);
  const depth = depthOf(shelf, about);
  await thinOut(shelf, dataDir, about, worker);
  const copy = await worker.run(
    "copy",
    { books: join(dataDir, BOOKS), part, depth, reserveBytes: RESERVE_BYTES },
    tell,
  );
  if (copy.tillId !== tillId) throw new BackupError("unexpected", "books of another till");
  const { bytes, sha256, sqlite, schema } = copy;
  const note = makeNote(
    {
      ...facts,
      tillId,
      schema,
      sqlite,
      facts: copy.facts,
      findings: copy.findings,
      database: { bytes, sha256 },
    },
    { settings, tillKey: memory.owner && sealedTillKey(memory.owner.key, key.pem) },
    key,
  );
  await worker.run("finish", { part, note, folder, name });
  shelf.rescan();
  shelf.noteFiles({
    [join(folder, name)]: { checkedAtMs: about.atMs, isWhole: true, sha256: null },
  });
  const old = shelf.old(shelf.first, about.atMs, about.utcOffsetMin);
  if (old.length === 0) return;
  await worker.run("remove", { paths: old.map((each) => join(folder, each)) });
  shelf.rescan();
}

/**
 * Removes old copies, the oldest first, when there is no room for the next one: fewer than usual, never the
 * newest, and only when that is enough.
 */
async function thinOut(
  shelf: Shelf,
  dataDir: string,
  { atMs, utcOffsetMin }: CopyAbout,
  worker: BackupWorker,
): Promise<void> {
  const { folder } = shelf;
  let missing = missingBytes(folder, roomForCopy(dataDir));
  if (missing <= 0) return;
  const spare = new Set(shelf.old(shelf.first, atMs, utcOffsetMin, KEPT_WHEN_SHORT));
  const going: string[] = [];
  for (const { name, path, bytes } of shelf.first.toReversed()) {
    if (missing <= 0) break;
    if (!spare.has(name)) continue;
    going.push(path);
    missing -= bytes;
  }
  if (missing > 0 || going.length === 0) return;
  await worker.run("remove", { paths: going });
  shelf.rescan();
}

/** Bytes that must be free before a copy is begun. */
function roomForCopy(dataDir: string): number {
  const books = join(dataDir, BOOKS);
  // Sales that are only in the write-ahead log yet will be in the copy as well.
  const journal = statSync(`${books}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return statSync(books).size + journal + RESERVE_BYTES;
}

/**
 * Whether a copy would find room, or could make it; asked before anything is written for one.
 * @throws BackupError diskFull
 */
export function demandRoomForCopy(
  shelf: Shelf,
  dataDir: string,
  now: { atMs: number; utcOffsetMin: number },
): void {
  const spare = new Set(shelf.old(shelf.first, now.atMs, now.utcOffsetMin, KEPT_WHEN_SHORT));
  const bytes = shelf.first
    .filter(({ name }) => spare.has(name))
    .reduce((sum, copy) => sum + copy.bytes, 0);
  demandRoom(dataDir, roomForCopy(dataDir) - bytes);
}

/** From the newest copy on; at the end of a day, or when something was wrong, from the very beginning. */
function depthOf(shelf: Shelf, { reason, atMs }: CopyAbout): Depth {
  const manifest = shelf.newest(atMs)?.manifest;
  const isPlain = reason !== "dayEnd" && manifest?.findings.length === 0;
  return isPlain ? manifest.facts.head : "chain";
}

function sealedTillKey(owner: SealedTillKey["owner"], pem: string): SealedTillKey {
  return { owner, sealed: sealBox(owner, Buffer.from(pem)) };
}

function freeName(shelf: Shelf, wanted: string): string {
  const taken = new Set([...shelf.first, ...shelf.second].map(({ name }) => name));
  for (let number = 2, name = wanted; ; number += 1) {
    if (!taken.has(name + OPEN_END) && !taken.has(name + SEALED_END)) return name + OPEN_END;
    name = `${wanted}-${number}`;
  }
}

/** True when the newest verified copy is not in the second place yet, in the form it should have there. */
export function isSendDue(shelf: Shelf, nowMs: number): boolean {
  const newest = shelf.newest(nowMs);
  if (!shelf.memory.second || !newest) return false;
  const there = shelf.newestInSecond(nowMs);
  return there?.atMs !== newest.atMs || there.isSealed !== (shelf.memory.owner !== null);
}

/**
 * Brings the newest verified copy to the second place and looks at what is there. What goes wrong is kept
 * on the shelf: a stick that is out is no fault.
 * @returns an error nobody expects, else null
 */
export async function bringToSecond(
  shelf: Shelf,
  { nowMs, utcOffsetMin }: { nowMs: number; utcOffsetMin: number },
  worker: BackupWorker,
  tell: Tell,
): Promise<unknown> {
  const { second, owner } = shelf.memory;
  if (!second) return null;
  const place = { folder: second.folder, placeId: second.placeId };
  const look = async () => {
    shelf.second = await worker.run("listPlace", { ...place, tillId: shelf.tillId });
    shelf.isSecondReachable = true;
  };
  try {
    await look();
    const newest = shelf.newest(nowMs);
    if (newest && isSendDue(shelf, nowMs)) {
      const task = { ...place, source: newest.path, owner: owner?.key ?? null };
      const { name, sha256 } = await worker.run("send", task, tell);
      await look();
      const path = join(second.folder, name);
      if (sha256 !== null)
        shelf.noteFiles({ [path]: { checkedAtMs: nowMs, isWhole: true, sha256 } });
      const old = [
        ...shelf.old(shelf.second, nowMs, utcOffsetMin),
        ...(owner ? openTwins(shelf) : []),
      ];
      if (old.length > 0) {
        await worker.run("remove", { paths: old.map((each) => join(second.folder, each)) });
        await look();
      }
    }
    const newestAtMs = shelf.newestInSecond(nowMs)?.atMs ?? null;
    shelf.change({ second: { ...second, reachedAtMs: nowMs, newestAtMs } });
    shelf.secondFailure = null;
    return null;
  } catch (error) {
    const met = problemOf(error);
    // Ended because nothing moved any more: a share that hangs.
    const problem = met === "interrupted" ? "placeAbsent" : met;
    shelf.secondFailure = { atMs: nowMs, problem };
    // Pulling a stick out in the middle looks like a failing disk.
    if (problem === "placeAbsent" || problem === "diskError") shelf.isSecondReachable = false;
    if (problem === "damaged") noteDamage(shelf, nowMs);
    return problem === "unexpected" ? error : null;
  }
}

/** Open copies outside of this PC that are also beside the books: with a passphrase none should stay. */
function openTwins({ first, second }: Shelf): string[] {
  const here = new Set(first.map(({ name }) => name));
  return second.filter(({ name, isSealed }) => !isSealed && here.has(name)).map(({ name }) => name);
}

/** The newest copy was found changed when it was to be sent: it does not count any more. */
function noteDamage(shelf: Shelf, nowMs: number): void {
  const newest: Listed | null = shelf.newest(nowMs);
  if (!newest) return;
  const known = shelf.memory.files[newest.path];
  shelf.noteFiles({
    [newest.path]: { checkedAtMs: nowMs, isWhole: false, sha256: known?.sha256 ?? null },
  });
}
