import { join } from "node:path";
import type { Clock } from "../clock.ts";
import type {
  BackupHealth,
  BackupJob,
  BackupPreview,
  BackupReason,
  BackupState,
  FoundBackup,
} from "../contract/backup.ts";
import type { ReportIncident } from "../contract/dispatch.ts";
import { DamagedLogError } from "../sale-log/damaged-log.ts";
import type { KeyStore } from "../sale-log/key-store.ts";
import { readIdentity } from "../sale-log/log-identity.ts";
import type { SaleLog } from "../sale-log/sale-log.ts";
import { loadTillKey } from "../sale-log/till-key.ts";
import { stamp } from "../stamp.ts";
import { BOOKS, withDatabase } from "./books.ts";
import { copyDue, drillDue, isAway, isLate, type Progress } from "./due.ts";
import { foldersToSearch } from "./find.ts";
import { removePartsLater } from "./inventory.ts";
import { bringToSecond, demandRoomForCopy, isSendDue, makeCopy, type CopyAbout } from "./making.ts";
import { BackupError, problemOf } from "./problem.ts";
import { planRestore, previewOf, type PlannedRestore, type RestoreWish } from "./planning.ts";
import { sendBooksAway } from "./restore.ts";
import { Shelf } from "./shelf.ts";
import type { Tell } from "./tell.ts";
import { BackupWorker } from "./worker-client.ts";

export { completeRestore } from "./restore.ts";
export { finishRestore, restoring, settingsText, type RestoreRoom } from "./restored-books.ts";
export { BackupError } from "./problem.ts";

/** What backups need of the till. */
export interface BackupRoom {
  dataDir: string;
  clock: Clock;
  log: SaleLog;
  keyStore: KeyStore;
  /** What a copy made now says of the shop. */
  about(): Omit<CopyAbout, "atMs" | "reason" | "by">;
  report: ReportIncident;
  /** Told after every change. */
  tell(health: BackupHealth): void;
}

/** Who acts when nobody pressed a key. */
const BY_ITSELF = "till";
const LOOK_EVERY_MS = 60_000;
/** After the first paint. */
const FIRST_LOOK_MS = 3_000;
/** How often a second place that is away is looked for. */
const SECOND_EVERY_MS = 5 * 60_000;
/** A drill that could not even be finished is tried again after this. */
const DRILL_EVERY_MS = 6 * 3_600_000;
/** How long a person's wish waits for work under way. */
const PATIENCE_MS = 30_000;
/** The longest step that says nothing reads some millions of sales. */
const STALL_MS = 10 * 60_000;
/** A step SQLite has begun is waited for when the till closes; a disk that hangs is not. */
const CLOSING_MS = 10_000;

/**
 * Copies of the books, made and tried by themselves. One piece of work at a time, in a thread of its own:
 * the till goes on selling.
 */
export class Backups {
  private readonly room: BackupRoom;
  private readonly shelf: Shelf;
  private readonly openedAtMs: number;
  private worker: BackupWorker | null = null;
  private job: BackupJob | null = null;
  private underWay: Promise<unknown> = Promise.resolve();
  /** What a crash left half written is gone: no copy is begun before. */
  private cleared: Promise<void> = Promise.resolve();
  private listRevision = stamp().revision;
  private told = "";
  private isStopped = false;
  private secondTriedAtMs: number | null = null;
  private drillTriedAtMs: number | null = null;
  private stopTimer: () => void = () => {};

  constructor(room: BackupRoom) {
    this.room = room;
    this.openedAtMs = room.clock.monotonicMs();
    const tillId = withDatabase(join(room.dataDir, BOOKS), "read", readIdentity)?.tillId;
    if (tillId === undefined) throw new Error("the books do not say whose they are");
    this.shelf = new Shelf(room.dataDir, tillId, room.log);
  }

  /** Clears away what a crash left, and begins to look after the copies. */
  start(): void {
    // Selling comes first: that copies can't be made will be told when the next one is tried.
    const failed = (error: unknown) => void this.room.report("backup.start", error);
    try {
      this.cleared = removePartsLater(this.shelf.folder).catch(failed);
      sendBooksAway(this.room.dataDir);
    } catch (error) {
      failed(error);
    }
    this.tell();
    this.lookIn(FIRST_LOOK_MS);
  }

  /** Ends the work under way; a half-made copy has no name and counts for nothing. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.stopTimer();
    await this.worker?.end(CLOSING_MS);
    await this.underWay.catch(() => {});
    await this.cleared;
  }

  get tillId(): string {
    return this.shelf.tillId;
  }

  /** Whether a copy on this PC, read back and found true, has these sales and closed days, all of them. */
  holdsAll({ newestSaleId, closedDays }: Progress): boolean {
    const newest = this.shelf.newest(this.room.clock.nowMs());
    if (!newest?.manifest || this.shelf.stateOf(newest) !== "verified") return false;
    const { facts } = newest.manifest;
    return facts.newestSaleId === newestSaleId && facts.closedDays === closedDays;
  }

  health(): BackupHealth {
    const { shelf } = this;
    const nowMs = this.room.clock.nowMs();
    const inSecond = shelf.newestInSecond(nowMs)?.atMs ?? null;
    const inFirst = shelf.newest(nowMs)?.atMs ?? null;
    const newestAtMs = inFirst === null ? inSecond : Math.max(inFirst, inSecond ?? 0);
    return {
      ...stamp(),
      listRevision: this.listRevision,
      newestAtMs,
      alarm: this.alarm(nowMs, newestAtMs),
      problem: shelf.firstFailure?.problem ?? null,
      job: this.job,
    };
  }

  state(): BackupState {
    return { ...this.health(), ...this.shelf.state(this.room.clock.nowMs()) };
  }

  /** Makes what is due. Cheap: may be called after every change. */
  look(): void {
    if (this.isStopped || this.job) return;
    const { clock, log } = this.room;
    const nowMs = clock.nowMs();
    const books = this.booksNow();
    const newest = this.shelf.newest(nowMs);
    const reason = copyDue({
      nowMs,
      books,
      newest: newest?.manifest ? { atMs: newest.atMs, ...newest.manifest.facts } : null,
      failedAtMs: this.shelf.firstFailure?.atMs ?? null,
    });
    if (reason) return this.inBackground(this.make(reason, BY_ITSELF));
    if (this.isSecondDue(nowMs)) return this.inBackground(this.send());
    const due = drillDue({
      nowMs,
      utcOffsetMin: this.room.about().utcOffsetMin,
      newestCopyAtMs: newest?.atMs ?? null,
      lastDrillAtMs: this.shelf.memory.drill?.atMs ?? null,
      lastSaleAtMs: log.newestSaleAtMs(),
    });
    const nowRunMs = clock.monotonicMs();
    const rests = this.drillTriedAtMs !== null && nowRunMs - this.drillTriedAtMs < DRILL_EVERY_MS;
    if (due && !rests) this.inBackground(this.drill());
  }

  /** Makes a copy now, and brings it to the second place. @throws BackupError */
  make(reason: BackupReason, by: string): Promise<void> {
    return this.work("copy", async (worker, tell) => {
      const { room, shelf } = this;
      const atMs = room.clock.nowMs();
      try {
        demandRoomForCopy(shelf, room.dataDir, { atMs, utcOffsetMin: room.about().utcOffsetMin });
        // The copy ends with a signature over everything in it.
        room.log.anchorNow("backup");
        const about = { ...room.about(), atMs, reason, by };
        await makeCopy(shelf, room.dataDir, about, this.key(), worker, tell);
        shelf.firstFailure = null;
      } catch (error) {
        if (problemOf(error) !== "interrupted")
          shelf.firstFailure = { atMs, problem: problemOf(error) };
        // Found in a copy of the very same pages: whoever watches over the books must hear of it.
        if (problemOf(error) === "booksDamaged")
          room.report("backup", new DamagedLogError(this.books(), "pages", error));
        throw error;
      }
      await this.sendWith(worker, this.teller("second"));
    });
  }

  /** Restores the newest copy into a scratch folder and reads all others again. @throws BackupError */
  drill(): Promise<void> {
    return this.work("drill", async (worker, tell) => {
      const { shelf, room } = this;
      this.drillTriedAtMs = room.clock.monotonicMs();
      const atMs = room.clock.nowMs();
      const newest = shelf.newest(atMs);
      if (!newest) throw new BackupError("notFound");
      const others = shelf.toReread(newest.path);
      const scratch = join(room.dataDir, "drill-scratch");
      const result = await worker.run("drill", { path: newest.path, scratch, others }, tell);
      const { sales, problem, damaged } = result;
      const found = [newest.path, ...others.map(({ path }) => path)].map((path) => {
        const sha256 = shelf.memory.files[path]?.sha256 ?? null;
        return [path, { checkedAtMs: atMs, isWhole: !damaged.includes(path), sha256 }] as const;
      });
      shelf.noteFiles(Object.fromEntries(found));
      const copyAtMs = newest.atMs;
      shelf.change({ drill: { atMs, copyAtMs, sales, problem, damaged: damaged.length } });
      if (problem !== null) room.report("backup.drill", new BackupError(problem, result.detail));
    });
  }

  /** Chooses the second place; null: none. @throws BackupError placeAbsent, placeNotWritable */
  async setPlace(folder: string | null): Promise<void> {
    const { shelf, room } = this;
    if (folder === null) {
      shelf.change({ second: null });
      shelf.second = [];
      shelf.isSecondReachable = false;
      shelf.secondFailure = null;
      return this.changed();
    }
    await this.work("look", async (worker) => {
      const place = await worker.run("preparePlace", { folder, notUnder: room.dataDir });
      shelf.change({ second: { ...place, reachedAtMs: room.clock.nowMs(), newestAtMs: null } });
      shelf.second = [];
      await this.sendWith(worker, this.teller("second"));
    });
  }

  /** Seals from now on what leaves this PC; null: no longer. @throws BackupError */
  async setPassphrase(passphrase: string | null): Promise<void> {
    const { shelf, room } = this;
    if (passphrase === null) {
      shelf.change({ owner: null });
      return this.changed();
    }
    await this.work("look", async (worker) => {
      const key = await worker.run("ownerKey", { passphrase });
      shelf.change({ owner: { key, sinceMs: room.clock.nowMs() } });
    });
  }

  /** Backup files in the usual places. @throws BackupError */
  find(): Promise<FoundBackup[]> {
    return this.work("look", (worker) => {
      const { folder, memory } = this.shelf;
      const own = [folder, ...(memory.second ? [memory.second.folder] : [])];
      return worker.run("find", { folders: [...own, ...foldersToSearch()] });
    });
  }

  /** Reads a whole backup; changes nothing. @throws BackupError */
  preview(path: string, passphrase: string | null): Promise<BackupPreview> {
    return this.work("inspect", async (worker, tell) => {
      const task = { path, passphrase, workDir: this.workDir(), books: this.books() };
      const found = await worker.run("inspect", { ...task, bringTo: null }, tell);
      return previewOf(path, found, { tillId: this.shelf.tillId, shop: this.room.about().shop });
    });
  }

  /**
   * Reads it again and lays its books beside these; `placeBooks` then gives them their place.
   * @throws BackupError; changed when something else would be given up by now
   */
  prepareRestore(wish: RestoreWish, by: string): Promise<PlannedRestore> {
    return this.work("restore", async (worker, tell) => {
      const { room } = this;
      const { path, passphrase, head, givenUp } = wish;
      const task = { path, passphrase, workDir: this.workDir(), books: this.books() };
      const found = await worker.run("inspect", { ...task, bringTo: room.dataDir }, tell);
      const isAgreed = (found.here?.givenUp.fingerprint ?? null) === givenUp;
      if (found.facts.head.hash !== head) {
        sendBooksAway(room.dataDir);
        throw new BackupError("damaged", "not the backup that was shown");
      }
      if (!isAgreed) sendBooksAway(room.dataDir);
      if (!isAgreed) throw new BackupError("changed", "something else would be given up");
      const { utcOffsetMin } = room.about();
      const now = { atMs: room.clock.nowMs(), utcOffsetMin, by };
      return planRestore(wish, found, room.dataDir, room.keyStore.read(), now);
    });
  }

  private send(): Promise<void> {
    return this.work("second", (worker, tell) => this.sendWith(worker, tell));
  }

  private async sendWith(worker: BackupWorker, tell: Tell): Promise<void> {
    const { room } = this;
    this.secondTriedAtMs = room.clock.monotonicMs();
    const now = { nowMs: room.clock.nowMs(), utcOffsetMin: room.about().utcOffsetMin };
    const unexpected = await bringToSecond(this.shelf, now, worker, tell);
    if (unexpected !== null) room.report("backup.second", unexpected);
  }

  private isSecondDue(nowMs: number): boolean {
    const { shelf, secondTriedAtMs } = this;
    if (!shelf.memory.second) return false;
    const isNew = secondTriedAtMs === null;
    const hasRested = !isNew && this.room.clock.monotonicMs() - secondTriedAtMs >= SECOND_EVERY_MS;
    return isNew || (hasRested && (shelf.secondFailure !== null || isSendDue(shelf, nowMs)));
  }

  private booksNow(): Progress {
    const { log } = this.room;
    const [day] = log.days.list(1);
    const closedDays = day ? day.id - (day.closedAtMs === null ? 1 : 0) : 0;
    return { newestSaleId: log.sales.newestSoldId(), closedDays };
  }

  private alarm(nowMs: number, newestAtMs: number | null): BackupHealth["alarm"] {
    const { shelf, room } = this;
    const openForMs = room.clock.monotonicMs() - this.openedAtMs;
    const hasFailed = shelf.firstFailure !== null;
    // Only asked while there is no copy at all.
    const firstSaleAtMs = newestAtMs === null ? (room.log.sales.record(1)?.atMs ?? null) : null;
    if (isLate(nowMs, openForMs, { newestAtMs, firstSaleAtMs, hasFailed })) return "late";
    const newest = shelf.newest(nowMs);
    const isFlagged = newest !== null && shelf.stateOf(newest) === "flagged";
    if (isFlagged || shelf.firstFailure?.problem === "booksDamaged") return "booksDamaged";
    if ((shelf.memory.drill?.problem ?? null) !== null) return "drillFailed";
    const { second } = shelf.memory;
    const { isSecondReachable: isReachable } = shelf;
    if (second && isAway(nowMs, openForMs, { ...second, isReachable })) return "secondAway";
    return null;
  }

  private key() {
    const { keyStore } = this.room;
    const key = loadTillKey(keyStore);
    return {
      publicKey: key.publicKey,
      sign: (text: string) => key.sign(text),
      pem: keyStore.read() ?? "",
    };
  }

  private books(): string {
    return join(this.room.dataDir, BOOKS);
  }

  private workDir(): string {
    return join(this.room.dataDir, "restore-work");
  }

  /**
   * One piece of work after the other. Waits its turn for a while.
   * @throws BackupBusyError when its turn does not come; else what `run` throws.
   */
  private async work<T>(
    what: BackupJob["what"],
    run: (worker: BackupWorker, tell: Tell) => Promise<T>,
  ): Promise<T> {
    const { clock } = this.room;
    const untilMs = clock.monotonicMs() + PATIENCE_MS;
    while (this.job && !this.isStopped) {
      const leftMs = untilMs - clock.monotonicMs();
      if (leftMs <= 0) break;
      // oxlint-disable-next-line no-await-in-loop -- somebody else may be quicker
      await this.orAfter(leftMs, this.underWay);
    }
    if (this.job || this.isStopped) throw new BackupBusyError();
    this.teller(what)({ step: "copy", doneBytes: 0, totalBytes: 0 });
    const done = this.withWorker(what, run);
    this.underWay = done;
    return done;
  }

  private async withWorker<T>(
    what: BackupJob["what"],
    run: (worker: BackupWorker, tell: Tell) => Promise<T>,
  ): Promise<T> {
    await this.cleared;
    if (this.isStopped) {
      this.job = null;
      throw new BackupBusyError();
    }
    const worker = new BackupWorker();
    this.worker = worker;
    const stopWatch = this.watchStall(worker);
    try {
      return await run(worker, this.teller(what));
    } finally {
      stopWatch();
      this.worker = null;
      this.job = null;
      void worker.end(0);
      this.changed();
    }
  }

  /** A disk or a share that hangs holds its thread for ever; the till lets go of both. */
  private watchStall(worker: BackupWorker): () => void {
    const { clock } = this.room;
    let stop = () => {};
    const look = () => {
      if (worker.silentForMs() < STALL_MS) stop = clock.setTimer(STALL_MS, look);
      else void worker.end(0);
    };
    stop = clock.setTimer(STALL_MS, look);
    return () => stop();
  }

  /** Resolves when `work` has ended somehow, or after `delayMs`. */
  private orAfter(delayMs: number, work: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.room.clock.setTimer(delayMs, resolve);
      const ended = () => {
        stop();
        resolve();
      };
      work.then(ended, ended);
    });
  }

  private teller(what: BackupJob["what"]): Tell {
    return (progress) => {
      this.job = { what, ...progress };
      this.tell();
    };
  }

  private inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      // Everything that can happen to a disk is shown; only a fault of ours is an incident.
      if (problemOf(error) === "unexpected" && !(error instanceof BackupBusyError))
        this.room.report("backup", error);
    });
  }

  private changed(): void {
    this.listRevision = stamp().revision;
    this.tell();
  }

  private tell(): void {
    if (this.isStopped) return;
    this.attempt(() => {
      const health = this.health();
      const text = JSON.stringify({ ...health, revision: 0 });
      if (text === this.told) return;
      this.told = text;
      this.room.tell(health);
    });
  }

  /** Damaged books must not end the till from inside a timer. */
  private attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.room.report("backup", error);
    }
  }

  private lookIn(delayMs: number): void {
    this.stopTimer = this.room.clock.setTimer(delayMs, () => {
      this.lookIn(LOOK_EVERY_MS);
      this.tell();
      this.attempt(() => this.look());
    });
  }
}

/** Another piece of work with backups is under way. */
export class BackupBusyError extends Error {
  constructor() {
    super("another piece of work with backups is under way");
    this.name = "BackupBusyError";
  }
}
