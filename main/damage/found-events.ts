import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { DamageReport, Doubtful } from "../contract/damage.ts";
import { BackupError } from "../backup/problem.ts";
import { stepOf, type Tell } from "../backup/tell.ts";
import type { Anchor } from "../sale-log/anchors.ts";
import { readBeginning, type Beginning, type LostRange } from "../sale-log/beginning.ts";
import { GENESIS } from "../sale-log/chain.ts";
import { EVENT_KIND } from "../sale-log/event.ts";
import { logPath } from "../sale-log/open-log.ts";
import { EventIndex, type Candidate } from "../sale-log/salvage/event-index.ts";
import { Proof } from "../sale-log/salvage/proof.ts";
import { signersIn, trustedAnchors } from "../sale-log/salvage/trusted-anchors.ts";
import { Database } from "../sale-log/sqlite.ts";
import { readBody } from "../sale-log/verify/reading.ts";
import { readWitness, witnessPath } from "../sale-log/witness.ts";
import { backupsBeside, backupsIn, bytesOf, indexFolder } from "./damaged-books.ts";

const FOLDER = /^damaged-\d{8}-\d{6}(-\d+)?$/;
/** Of those that could not be proved, so many are shown; all of them are exported. */
const SHOWN = 200;
/** Of each place, from the newest one made before the damage. */
const BACKUPS_READ = 3;

/** What to look into. */
export interface DamageTask {
  dataDir: string;
  /** Folders with more backups: the second place. */
  backupFolders: readonly string[];
  /** The till's public key, base64url; null: lost. */
  publicKey: string | null;
}

/** Everything that was found of damaged books, proved or not. */
export interface Found {
  index: EventIndex;
  proof: Proof;
  /** Where the books begin that went on. */
  begins: Beginning;
  anchors: readonly Anchor[];
  lost: LostRange[];
  doubtful: (Doubtful & { found: Candidate[] })[];
  report: DamageReport;
}

/**
 * Reads all that was set aside and all backups, and proves event by event what they were. Changes nothing.
 * To be closed with `found.index.close()`.
 * @throws BackupError notFound when there is nothing to put before these books
 */
export function findEvents(task: DamageTask, tell: Tell): Found {
  const begins = beginningOf(task.dataDir);
  const index = new EventIndex();
  try {
    const witnessed = readSources(index, task, begins, tell);
    const signers = signersIn(index, { tillIds: [], publicKeys: keysOf(task) });
    const anchors = trustedAnchors([...index.anchors, ...witnessed], signers).filter(
      ({ seq }) => seq <= begins.seq,
    );
    const proof = new Proof(index, { seq: 0, hash: GENESIS }, anchors, begins);
    const count = stepOf(tell, "try", begins.seq * 2);
    for (const _done of proof.run()) count(1000);
    return { index, proof, begins, anchors, ...judge(index, proof, begins, count) };
  } catch (error) {
    index.close();
    throw error;
  }
}

function beginningOf(dataDir: string): Beginning {
  const db = new Database(logPath(dataDir), "read");
  try {
    const begins = readBeginning(db);
    if (!begins) throw new BackupError("notFound", "these books go on from no others");
    return begins;
  } finally {
    db.close();
  }
}

function keysOf({ publicKey }: DamageTask): string[] {
  return publicKey === null ? [] : [publicKey];
}

/** Folders with damaged books beside these, oldest first. */
export function damagedFolders(dataDir: string): string[] {
  return readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && FOLDER.test(entry.name))
    .map(({ name }) => name)
    .toSorted();
}

function readSources(
  index: EventIndex,
  { dataDir, backupFolders }: DamageTask,
  begins: Beginning,
  tell: Tell,
): Anchor[] {
  const folders = damagedFolders(dataDir);
  const backups = [backupsBeside(dataDir), ...backupFolders.map(backupsIn)].flatMap((copies) =>
    copies
      .filter(({ manifest }) => manifest !== null && manifest.facts.head.seq <= begins.seq)
      .slice(0, BACKUPS_READ),
  );
  const total =
    folders.reduce((sum, name) => sum + bytesOf(join(dataDir, name)), 0) +
    backups.reduce((sum, { bytes }) => sum + bytes, 0);
  const count = stepOf(tell, "check", total);
  for (const name of folders) indexFolder(index, name, join(dataDir, name), count);
  for (const { name, path } of backups) index.add(name, path, null, count);
  index.sort();
  return folders.flatMap((name) => readWitness(witnessPath(join(dataDir, name)))?.anchors ?? []);
}

/** Goes through every number once: proved, doubtful, or lost. */
function judge(
  index: EventIndex,
  proof: Proof,
  begins: Beginning,
  count: (done: number) => void,
): Pick<Found, "lost" | "doubtful" | "report"> {
  const sum = createHash("sha256");
  const lost: LostRange[] = [];
  const doubtful: Found["doubtful"] = [];
  const sales = { count: 0, first: null as number | null, last: null as number | null };
  let [events, totalMinor, fromBackups, newestAtMs] = [0, 0, 0, null as number | null];
  for (let seq = 1; seq <= begins.seq; seq += 1) {
    if (seq % 1000 === 0) count(1000);
    const found = proof.at(seq);
    if (found && "event" in found) {
      const { event } = found;
      events += 1;
      sum.update(`${event.seq}|${event.hash}\n`);
      if (!FOLDER.test(event.source)) fromBackups += 1;
      if (event.kind !== EVENT_KIND.saleCompleted) continue;
      sales.count += 1;
      sales.first ??= event.ref;
      sales.last = event.ref;
      newestAtMs = event.atMs;
      totalMinor += Number(readBody(event.body)?.["totalMinor"]) || 0;
      continue;
    }
    const range = lost.at(-1);
    if (range && range[1] === seq - 1) range[1] = seq;
    else lost.push([seq, seq]);
    if (found) doubtful.push(doubtOf(seq, found.doubt, found.found));
  }
  doubtful.push(...beyond(index, begins));
  const report: DamageReport = {
    fingerprint: sum.digest("base64url"),
    events,
    sales: sales.count,
    firstSaleId: sales.first,
    lastSaleId: sales.last,
    newestAtMs,
    totalMinor,
    fromBackups,
    lost: lost.reduce((all, [from, to]) => all + to - from + 1, 0),
    doubtfulCount: doubtful.length,
    doubtful: doubtful.slice(0, SHOWN).map(({ found: _found, ...rest }) => rest),
  };
  return { lost, doubtful, report };
}

/** Entries of damaged files behind the place where these books go on: they have no room in this chain. */
function beyond(index: EventIndex, begins: Beginning): Found["doubtful"] {
  const doubtful: Found["doubtful"] = [];
  for (const seq of index.numbersAbove(begins.seq)) {
    const found = index.candidates(seq).filter(({ source }) => FOLDER.test(source));
    if (found.length > 0) doubtful.push(doubtOf(seq, "beyond", found));
  }
  return doubtful;
}

function doubtOf(
  seq: number,
  reason: Doubtful["reason"],
  found: Candidate[],
): Found["doubtful"][number] {
  const [first] = found;
  const isAboutSale =
    first?.kind === EVENT_KIND.saleCompleted || first?.kind === EVENT_KIND.receipt;
  const total = first && readBody(first.body)?.["totalMinor"];
  return {
    seq,
    reason,
    saleId: isAboutSale ? whole(first.ref) : null,
    atMs: whole(first?.atMs),
    totalMinor: whole(total),
    found,
  };
}

/** A damaged row may hold any number. */
function whole(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}
