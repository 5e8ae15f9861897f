import { mkdirSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import type { BooksJob, BooksState } from "../contract/books.ts";
import type { ReportIncident } from "../contract/dispatch.ts";
import type { KeyStore } from "../sale-log/key-store.ts";
import type { SaleLog } from "../sale-log/sale-log.ts";
import { loadTillKey } from "../sale-log/till-key.ts";
import { findingSentence } from "../sale-log/verify/sentences.ts";
import type { VerifyReport } from "../sale-log/verify/verify.ts";
import { stamp } from "../stamp.ts";
import type { ArchiveWish } from "./archive/write.ts";
import { checkDue } from "./check-due.ts";
import { checkResult, damageIn, nameOf, unreadableResult } from "./check-result.ts";
import { recallBooks, rememberBooks, type BooksMemory } from "./memory.ts";
import { BooksError } from "./problem.ts";
import { inThread } from "./thread.ts";
import type { JobName, JobResult, JobTask } from "./thread-jobs.ts";

export { BooksError, type BooksProblem } from "./problem.ts";

/** What work with the books needs of the till. */
export interface BooksRoom {
  dataDir: string;
  clock: Clock;
  log: SaleLog;
  keyStore: KeyStore;
  /** What an archive made now says of the shop. */
  about(): Pick<ArchiveWish, "utcOffsetMin" | "shop" | "appVersion" | "enclosed">;
  /** Somebody else reads the whole books just now. */
  isBusy(): boolean;
  report: ReportIncident;
  /** Told after every change. */
  tell(state: BooksState): void;
}

/** An archive that can be handed over. */
export interface MadeArchive {
  id: string;
  fileName: string;
  bytes: number;
  sales: number;
  owed: number;
}

const LOOK_EVERY_MS = 60_000;
/** After a check that could not be finished. */
const RETRY_MS = 60 * 60_000;
/** Bytes handed over at once. */
const PIECE_BYTES = 1 << 20;
/** Findings an event holds. */
const MOST_RECORDED = 20;
const THE_TILL = "till";

/** Checks the books, by itself and on demand, and makes archives of them; one at a time, in a thread of its own. */
export class Books {
  private readonly room: BooksRoom;
  private readonly openedAtMs: number;
  private readonly keyId: string;
  private memory: BooksMemory;
  private job: BooksJob | null = null;
  private isOwnWish = false;
  private stopJob: () => void = () => {};
  private underWay: Promise<unknown> = Promise.resolve();
  private checking: Promise<void> = Promise.resolve();
  private failedAtMs: number | null = null;
  private archive: (MadeArchive & { requestId: string; path: string }) | null = null;
  private isStopped = false;
  private stopTimer: () => void = () => {};

  constructor(room: BooksRoom) {
    this.room = room;
    this.openedAtMs = room.clock.monotonicMs();
    this.keyId = loadTillKey(room.keyStore).id;
    this.memory = recallBooks(room.log);
  }

  /** Clears away what an earlier run left and begins to look after the books. */
  start(): void {
    try {
      rmSync(this.folder(), { recursive: true, force: true });
    } catch (error) {
      this.room.report("books.start", error);
    }
    this.tell();
    this.lookAgain();
  }

  /** Ends the work under way: a check is due again, an archive has no name yet. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.stopTimer();
    this.end();
    await Promise.all([this.underWay.catch(() => {}), this.checking.catch(() => {})]);
  }

  state(): BooksState {
    const { job, keyId } = this;
    return { ...stamp(), job, lastCheck: this.memory.lastCheck, keyId };
  }

  /**
   * Reads all of the books and works out everything anew; what is wrong is written into the log. Who asks
   * while a check is under way waits for that one.
   * @param by who asked; null: nobody
   * @throws BooksError `busy` or `stopped`
   */
  check(by: string | null): Promise<void> {
    if (this.job?.what !== "check") this.checking = this.checkNow(by);
    else this.isOwnWish ||= by !== null;
    return this.checking;
  }

  /** Ends the check or archive under way, if there is one. */
  end(): void {
    this.stopJob();
  }

  /**
   * Makes an archive of the business days from one date to another, `YYYY-MM-DD`, both included. It lies in
   * the till's folder until the next one, or the next start.
   * @throws BooksError
   */
  async makeArchive(
    wish: { requestId: string; from: string; to: string },
    by: string,
  ): Promise<MadeArchive> {
    if (this.archive?.requestId === wish.requestId) return this.archive;
    // A check nobody asked for can wait: it is due again at once.
    if (this.job?.what === "check" && !this.isOwnWish) {
      this.end();
      await this.underWay.catch(() => {});
    }
    if (this.job || this.isStopped) throw new BooksError("busy");
    const { room } = this;
    const { requestId, from, to } = wish;
    const fileName = `slipsure-archive-${from}--${to}.zip`;
    const path = join(this.folder(), fileName);
    this.archive = null;
    rmSync(this.folder(), { recursive: true, force: true });
    mkdirSync(this.folder(), { recursive: true });
    // The archive ends with a signature over everything in it.
    room.log.anchorNow("archive");
    const { bytes, sales, owed } = await this.work(
      "archive",
      {
        dataDir: room.dataDir,
        path,
        wish: { ...room.about(), from, to, by, atMs: room.clock.nowMs() },
        pem: room.keyStore.read() ?? "",
      },
      true,
    );
    this.archive = { id: requestId, requestId, path, fileName, bytes, sales, owed };
    return this.archive;
  }

  /** A piece of the newest archive; null when it is not that one. */
  async readArchive(
    id: string,
    offset: number,
  ): Promise<{ bytes: Buffer; next: number | null } | null> {
    const { archive } = this;
    if (archive?.id !== id) return null;
    const file = await open(archive.path);
    try {
      const buffer = Buffer.alloc(PIECE_BYTES);
      const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES, offset);
      const next = offset + bytesRead;
      return {
        bytes: buffer.subarray(0, bytesRead),
        next: next < archive.bytes && bytesRead > 0 ? next : null,
      };
    } finally {
      await file.close();
    }
  }

  /** Checks when it is due. Cheap: may be called after every change. */
  look(): void {
    if (this.isStopped || this.job || this.room.isBusy()) return;
    const { clock, log } = this.room;
    const nowRunMs = clock.monotonicMs();
    if (this.failedAtMs !== null && nowRunMs - this.failedAtMs < RETRY_MS) return;
    const [day, before] = log.days.list(2);
    const isDue = checkDue({
      nowMs: clock.nowMs(),
      openForMs: nowRunMs - this.openedAtMs,
      lastCheckAtMs: this.memory.lastCheck?.atMs ?? null,
      lastSaleAtMs: log.newestSaleAtMs(),
      dayClosedAtMs: day?.closedAtMs ?? before?.closedAtMs ?? null,
    });
    if (!isDue) return;
    this.check(null).catch((error: unknown) => {
      if (!(error instanceof BooksError)) this.room.report("books.check", error);
    });
  }

  private async checkNow(by: string | null): Promise<void> {
    const { clock, log, dataDir, report } = this.room;
    const startMs = clock.monotonicMs();
    const about = () => ({
      atMs: clock.nowMs(),
      tookMs: Math.round(clock.monotonicMs() - startMs),
      by,
    });
    try {
      const found = await this.work("check", { dataDir }, by !== null);
      this.note(found);
      this.memory = { ...this.memory, lastCheck: checkResult(found, about()) };
      this.failedAtMs = null;
    } catch (error) {
      if (error instanceof BooksError && ["busy", "stopped"].includes(error.problem)) throw error;
      report("books.check", error);
      this.failedAtMs = clock.monotonicMs();
      this.memory = { ...this.memory, lastCheck: unreadableResult(about()) };
    }
    rememberBooks(log, this.memory);
    this.tell();
  }

  /** Writes damage nobody has written down yet into the log, as a start of the till does. */
  private note(found: VerifyReport): void {
    const { log, clock, report } = this.room;
    const known = new Set(this.memory.recorded);
    const damage = damageIn(found);
    const fresh = damage.filter((finding) => !known.has(nameOf(finding)));
    this.memory = { ...this.memory, recorded: damage.map(nameOf) };
    if (fresh.length === 0) return;
    for (const finding of fresh)
      report("sale-log", new Error(findingSentence(finding, "en", found.utcOffsetMin)));
    const findings = fresh
      .slice(0, MOST_RECORDED)
      .map(({ code, seq, row, expected, found: is }) => ({
        code,
        seq,
        detail: [row, expected, is].filter((part) => part !== null).join(" / "),
      }));
    log.transaction(() => {
      log.append(clock.nowMs(), THE_TILL, {
        kind: "damageFound",
        ref: null,
        body: { v: 1, findings },
      });
      log.anchorNow("damage");
    });
  }

  /** @throws BooksError `busy` when something else is under way; else what the work throws. */
  private async work<N extends JobName>(
    what: N,
    task: JobTask<N>,
    isOwnWish: boolean,
  ): Promise<JobResult<N>> {
    if (this.job || this.isStopped) throw new BooksError("busy");
    const ending = new AbortController();
    this.stopJob = () => ending.abort();
    this.isOwnWish = isOwnWish;
    this.job = { what, step: "structure", done: 0, of: 0 };
    this.tell();
    const done = inThread(what, task, ending.signal, (progress) => {
      this.job = { what, ...progress };
      this.tell();
    }).finally(() => {
      this.job = null;
      this.stopJob = () => {};
      this.tell();
    });
    this.underWay = done;
    return done;
  }

  private folder(): string {
    return join(this.room.dataDir, "archives");
  }

  private tell(): void {
    if (this.isStopped) return;
    this.room.tell(this.state());
  }

  private lookAgain(): void {
    this.stopTimer = this.room.clock.setTimer(LOOK_EVERY_MS, () => {
      try {
        this.look();
      } catch (error) {
        this.room.report("books.look", error);
      }
      this.lookAgain();
    });
  }
}
