import { join } from "node:path";
import type { BackupCopy, BackupProblem, BackupState } from "../contract/backup.ts";
import { firstOf, MOST } from "../contract/limits.ts";
import type { Reread } from "./drill.ts";
import type { BackupManifest } from "./backup-file.ts";
import { damageOf } from "../damage/damage-record.ts";
import { listBackups, OPEN_END, SEALED_END, type Listed } from "./inventory.ts";
import { recall, remember, type BackupMemory } from "./memory.ts";
import { ownerKeyCode } from "./owner-key.ts";
import { copiesToRemove, KEPT, type Kept } from "./rotation.ts";

/** A copy from further ahead than this was made while the clock was wrong. */
const AHEAD_MS = 10 * 60_000;

export type Failure = { atMs: number; problem: BackupProblem } | null;

/** Keeps small texts; the log's working memory. */
interface Keeper {
  kept(key: string): string | null;
  keep(key: string, value: string): void;
}

/** What is known of all copies of one till. Only verified ones ever get a name, so what is listed was good once. */
export class Shelf {
  readonly folder: string;
  readonly tillId: string;
  first: Listed[] = [];
  /** As it was when the second place was last reached in this run. */
  second: Listed[] = [];
  isSecondReachable = false;
  firstFailure: Failure = null;
  secondFailure: Failure = null;
  memory: BackupMemory;
  private readonly keeper: Keeper;

  constructor(dataDir: string, tillId: string, keeper: Keeper) {
    this.folder = join(dataDir, "backups");
    this.tillId = tillId;
    this.keeper = keeper;
    this.memory = recall(keeper);
    this.rescan();
  }

  /** Looks at the folder beside the books anew. One that can't be read holds nothing that counts. */
  rescan(): void {
    this.first = foundIn(this.folder).filter(
      ({ tillId, problem }) => tillId === this.tillId || problem !== null,
    );
  }

  change(patch: Partial<BackupMemory>): void {
    this.memory = { ...this.memory, ...patch };
    remember(this.keeper, this.memory);
  }

  /** Keeps what was found out about files, and forgets files that are gone. */
  noteFiles(found: BackupMemory["files"]): void {
    const known = { ...this.memory.files, ...found };
    const paths = new Set([...this.first, ...this.second].map(({ path }) => path));
    // Of a place that is away nothing is known to be gone.
    const isThere = (path: string) =>
      paths.has(path) || (!this.isSecondReachable && !path.startsWith(this.folder));
    const files = Object.fromEntries(Object.entries(known).filter(([path]) => isThere(path)));
    this.change({ files });
  }

  stateOf(copy: Listed): BackupCopy["state"] {
    const isWhole = copy.problem === null && this.memory.files[copy.path]?.isWhole !== false;
    if (!isWhole) return "damaged";
    return (this.manifestOf(copy)?.findings.length ?? 0) > 0 ? "flagged" : "verified";
  }

  /** The newest copy beside the books that is as it was made. */
  newest(nowMs: number): Listed | null {
    return this.newestOf(this.first, nowMs);
  }

  newestInSecond(nowMs: number): Listed | null {
    return this.newestOf(this.second, nowMs);
  }

  /** Names that may go from one place. Copies of books that were not in order never push out a good one. */
  old(listed: readonly Listed[], nowMs: number, utcOffsetMin: number, kept: Kept = KEPT): string[] {
    // Until damaged books are put back, copies of them may be all there is.
    const damage = damageOf(this.keeper);
    const neededUntilMs = damage && !damage.recovered && !damage.isSettled ? damage.foundAtMs : 0;
    const needed = new Set(
      listed.filter(({ atMs }) => atMs <= neededUntilMs).map(({ name }) => name),
    );
    const old = this.rotated(listed, nowMs, utcOffsetMin, kept);
    return old.filter((name) => !needed.has(name));
  }

  private rotated(
    listed: readonly Listed[],
    nowMs: number,
    utcOffsetMin: number,
    kept: Kept,
  ): string[] {
    const rotate = (copies: readonly Listed[]) => {
      const rotated = copies.map((copy) => ({
        name: copy.name,
        atMs: copy.atMs,
        isVerified: this.stateOf(copy) !== "damaged",
      }));
      return copiesToRemove(rotated, nowMs, utcOffsetMin, kept);
    };
    const flagged = listed.filter((copy) => this.stateOf(copy) === "flagged");
    return [...rotate(listed.filter((copy) => !flagged.includes(copy))), ...rotate(flagged)];
  }

  /** Everything a drill reads again; a sealed file only when its check sum is known. */
  toReread(except: string): Reread[] {
    return [...this.first, ...this.second].flatMap(({ path, isSealed }) => {
      const sha256 = this.memory.files[path]?.sha256 ?? null;
      if (path === except || (isSealed && sha256 === null)) return [];
      return [{ path, sha256 }];
    });
  }

  private copiesIn(place: BackupCopy["place"]): BackupCopy[] {
    const open = new Map(
      this.first.map((each) => [each.name.replace(/\.\w+$/, ""), each.manifest]),
    );
    return this[place].map((each) => {
      // A sealed copy has the name of the open one it was made from.
      const manifest = each.manifest ?? open.get(each.name.replace(/\.\w+$/, "")) ?? null;
      return {
        name: each.name,
        path: each.path,
        place,
        atMs: each.atMs,
        bytes: each.bytes,
        isSealed: each.isSealed,
        state: this.stateOf(each),
        checkedAtMs: this.memory.files[each.path]?.checkedAtMs ?? null,
        sales: manifest?.facts.sales ?? null,
        reason: manifest?.reason ?? null,
      };
    });
  }

  /** What the page shows, without what is happening now. */
  state(
    nowMs: number,
  ): Pick<BackupState, "first" | "second" | "copies" | "copiesMore" | "seal" | "drill"> {
    const { second, owner, drill } = this.memory;
    const inFirst = firstOf(this.copiesIn("first"), MOST.copies / 2);
    const inSecond = firstOf(this.copiesIn("second"), MOST.copies / 2);
    return {
      first: { folder: this.folder, failure: this.firstFailure },
      second: second && {
        folder: second.folder,
        isSameDisk: second.isSameDisk,
        isReachable: this.isSecondReachable,
        reachedAtMs: second.reachedAtMs,
        newestAtMs: this.newestInSecond(nowMs)?.atMs ?? second.newestAtMs,
        failure: this.secondFailure,
      },
      copies: [...inFirst.shown, ...inSecond.shown],
      copiesMore: inFirst.more + inSecond.more,
      seal: owner && { sinceMs: owner.sinceMs, code: ownerKeyCode(owner.key) },
      drill,
    };
  }

  private newestOf(listed: readonly Listed[], nowMs: number): Listed | null {
    const isGood = (copy: Listed) =>
      copy.atMs <= nowMs + AHEAD_MS && this.stateOf(copy) !== "damaged";
    return listed.find(isGood) ?? null;
  }

  /** A sealed copy has the name of the open one it was made from; null when that one is gone. */
  private manifestOf({ name, manifest }: Listed): BackupManifest | null {
    if (manifest) return manifest;
    const twin = name.replace(SEALED_END, OPEN_END);
    return this.first.find((each) => each.name === twin)?.manifest ?? null;
  }
}

function foundIn(folder: string): Listed[] {
  try {
    return listBackups(folder);
  } catch {
    return [];
  }
}
