import type { Clock } from "../clock.ts";
import type { ReportIncident } from "../contract/dispatch.ts";
import { MOST } from "../contract/limits.ts";
import type { UpdateProblem, UpdateState, UpdateWait } from "../contract/updates.ts";
import { stamp } from "../stamp.ts";
import { earlierInstallers, forgetOldInstallers, keepInstaller } from "./installers.ts";
import { recall, remember, type UpdateMemory } from "./memory.ts";
import { plainNotes } from "./notes.ts";
import { waitsFor, type TillMoment, type UpdatePlan } from "./policy.ts";
import { isForTill } from "./rollout.ts";
import { UpdateFailure, type UpdateSource } from "./source.ts";

/** What updates need of the till. */
export interface UpdateRoom {
  dataDir: string;
  tillId: string;
  version: string;
  clock: Clock;
  /** null: this program was not installed, or knows no server; `looks` says which. */
  source: UpdateSource | null;
  looks: UpdateState["looks"];
  /** Keeps small texts from one run to the next. */
  keeper: { kept(key: string): string | null; keep(key: string, value: string): void };
  moment(): Omit<TillMoment, "nowMs">;
  /** Other work with copies is under way; its end is told by `look`. */
  isBackupBusy(): boolean;
  /** Makes a copy of the books and reads it back. Rejects when there is no true copy. */
  backUp(): Promise<void>;
  report: ReportIncident;
  /** Told after every change. */
  tell(state: UpdateState): void;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** After the rush of opening a shop. */
const FIRST_CHECK_MS = 3 * 60_000;
const CHECK_EVERY_MS = 6 * HOUR_MS;
const RETRY_MS = HOUR_MS;
const LOOK_EVERY_MS = 30_000;
/** Whoever closes the day is told this long before the window goes. */
const COUNTDOWN_MS = 60_000;
/** A copy that could not be made is tried again after this. */
const BACKUP_RETRY_MS = 10 * 60_000;

/**
 * New versions: looked for and fetched while the shop sells, put in place when the day is closed and its
 * books are copied. Everything that stops an update is asked again at the very moment it begins.
 */
export class Updates {
  private readonly room: UpdateRoom;
  private memory: UpdateMemory;
  private offered: UpdateState["offered"] = null;
  private phase: "none" | "checking" | "downloading" | "fetched" | "installing" = "none";
  private share: number | null = null;
  private problem: UpdateProblem | null = null;
  private copiedAt: UpdatePlan["copiedAt"] = null;
  private backupTriedMs: number | null = null;
  private copying: Promise<void> | null = null;
  private beginsAtMs: number | null = null;
  private told = "";
  private isStopped = false;
  private underWay: Promise<void> | null = null;
  private stopCheck: () => void = () => {};
  private stopLook: () => void = () => {};
  private stopCountdown: () => void = () => {};

  constructor(room: UpdateRoom) {
    this.room = room;
    this.memory = recall(room.keeper);
  }

  start(): void {
    const { source, clock, version, dataDir } = this.room;
    this.tell();
    if (source === null) return;
    this.guard(() => {
      const own = source.currentInstaller();
      if (own !== null) keepInstaller(dataDir, version, own);
      forgetOldInstallers(dataDir, version);
    });
    this.stopCheck = clock.setTimer(FIRST_CHECK_MS, () => void this.check());
    this.lookAgain();
  }

  stop(): void {
    this.isStopped = true;
    this.stopCheck();
    this.stopLook();
    this.stopCountdown();
  }

  state(): UpdateState {
    const { version, source, looks, dataDir } = this.room;
    const wait = this.waitsFor();
    return {
      ...stamp(),
      version,
      looks,
      phase: this.shownPhase(),
      offered: this.offered,
      share: this.share,
      waitsFor: this.phase === "fetched" && this.beginsAtMs === null ? wait : null,
      postponedUntilMs: wait === "postponed" ? this.memory.postponedUntilMs : null,
      installsAtMs: this.beginsAtMs,
      checkedAtMs: this.memory.checkedAtMs,
      problem: this.problem,
      earlier: source === null ? [] : earlierInstallers(dataDir, version).slice(0, MOST.installers),
    };
  }

  /** Asks the server, and fetches what it offers. Ends when it has answered; fetching goes on. */
  check(): Promise<void> {
    this.underWay ??= this.askServer().finally(() => {
      this.underWay = null;
    });
    return this.underWay;
  }

  /** To be called whenever the till has changed: a sale, a closed day, a paper that is out. */
  look(): void {
    if (this.isStopped || this.phase !== "fetched") return;
    const wait = this.waitsFor();
    if (wait === "backup") this.backUp();
    if (wait === null) this.countDown();
    else this.stopCounting();
    this.tell();
  }

  /** @returns false: there is nothing to put off */
  postpone(until: "dayEnd" | "week" | null): boolean {
    if (this.phase !== "fetched") return false;
    const { closedDays, isDayOpen } = this.room.moment();
    this.change({
      postponedUntilMs: until === "week" ? this.room.clock.nowMs() + WEEK_MS : null,
      // At a closed day: this one; while selling: the day end that comes next.
      postponedAtDay: until === "dayEnd" ? closedDays + (isDayOpen ? 1 : 0) : null,
    });
    this.look();
    return true;
  }

  /**
   * Begins at once where nothing stands in the way; a person who presses the key overrules what was put
   * off and what failed before. @returns what stands in the way, or null: it has begun.
   */
  async installNow(): Promise<UpdateWait | "noUpdate" | null> {
    if (this.phase !== "fetched") return "noUpdate";
    this.change({ postponedUntilMs: null, postponedAtDay: null, tried: null });
    if (this.waitsFor() === "backup") await this.makeCopy();
    const wait = this.waitsFor();
    if (wait === null) void this.install();
    else this.look();
    return wait;
  }

  private async askServer(): Promise<void> {
    const { source, clock, tillId, report } = this.room;
    if (source === null || this.phase === "installing") return;
    this.stopCheck();
    let nextMs = CHECK_EVERY_MS;
    const before = this.phase;
    this.phase = "checking";
    this.tell();
    try {
      const found = await source.check((rollout) => isForTill(tillId, rollout));
      this.change({ checkedAtMs: clock.nowMs() });
      this.problem = null;
      const isSame = before === "fetched" && found?.version === this.offered?.version;
      this.phase = isSame ? "fetched" : "none";
      if (!isSame) this.offered = null;
      if (found !== null && !isSame) {
        const atMs = Date.parse(found.releaseDate ?? "");
        this.offered = {
          version: found.version,
          notes: plainNotes(found.notes),
          releasedAtMs: Number.isNaN(atMs) ? null : atMs,
        };
        void this.fetch(source, found.version);
      }
    } catch (error) {
      this.phase = before;
      nextMs = RETRY_MS;
      this.fail(error);
    }
    if (this.isStopped) return;
    this.stopCheck = clock.setTimer(nextMs, () => {
      this.check().catch((error: unknown) => report("updates", error));
    });
    this.look();
    this.tell();
  }

  private async fetch(source: UpdateSource, version: string): Promise<void> {
    const { clock, dataDir } = this.room;
    this.phase = "downloading";
    this.share = 0;
    this.copiedAt = null;
    this.tell();
    try {
      const file = await source.download((share) => {
        // Whole per cents: the feed goes to every page.
        this.share = Math.floor(Math.min(1, Math.max(0, share)) * 100) / 100;
        this.tell();
      });
      keepInstaller(dataDir, version, file);
      this.phase = "fetched";
    } catch (error) {
      this.phase = "none";
      this.offered = null;
      this.fail(error);
      this.stopCheck();
      if (!this.isStopped) this.stopCheck = clock.setTimer(RETRY_MS, () => void this.check());
    }
    this.share = null;
    this.look();
    this.tell();
  }

  private backUp(): void {
    const { clock } = this.room;
    const now = clock.monotonicMs();
    if (this.copying || this.room.isBackupBusy()) return;
    if (this.backupTriedMs !== null && now - this.backupTriedMs < BACKUP_RETRY_MS) return;
    void this.makeCopy().then(() => this.look());
  }

  /** One copy at a time; whoever asks meanwhile waits for it too. */
  private makeCopy(): Promise<void> {
    this.copying ??= this.copyBooks().finally(() => {
      this.copying = null;
    });
    return this.copying;
  }

  private async copyBooks(): Promise<void> {
    this.backupTriedMs = this.room.clock.monotonicMs();
    const { closedDays, newestSaleId } = this.room.moment();
    try {
      await this.room.backUp();
      this.copiedAt = { closedDays, newestSaleId };
      this.backupTriedMs = null;
      if (this.problem === "backupFailed") this.problem = null;
    } catch {
      // What the matter is with the copy is told by the backups themselves.
      this.problem = "backupFailed";
    }
  }

  private countDown(): void {
    if (this.beginsAtMs !== null) return;
    const { clock } = this.room;
    this.beginsAtMs = clock.nowMs() + COUNTDOWN_MS;
    this.stopCountdown = clock.setTimer(COUNTDOWN_MS, () => {
      this.beginsAtMs = null;
      if (this.waitsFor() === null) void this.install();
      else this.look();
    });
  }

  private stopCounting(): void {
    this.stopCountdown();
    this.beginsAtMs = null;
  }

  private async install(): Promise<void> {
    const { source, version, report } = this.room;
    const offered = this.offered?.version;
    if (source === null || offered === undefined || this.isStopped) return;
    this.stopCounting();
    this.phase = "installing";
    // Before the installer: should this program be the one that starts next, it did not succeed.
    this.change({ tried: { from: version, to: offered } });
    try {
      await source.install();
    } catch (error) {
      this.phase = "fetched";
      this.problem = problemOf(error);
      report("updates.install", error);
    }
    this.tell();
  }

  private waitsFor(): UpdateWait | null {
    const { tried, postponedUntilMs, postponedAtDay } = this.memory;
    const hasFailedBefore =
      tried !== null && tried.from === this.room.version && tried.to === this.offered?.version;
    const plan = { postponedUntilMs, postponedAtDay, hasFailedBefore, copiedAt: this.copiedAt };
    return waitsFor(plan, { ...this.room.moment(), nowMs: this.room.clock.nowMs() });
  }

  private shownPhase(): UpdateState["phase"] {
    if (this.phase !== "fetched") return this.phase;
    return this.beginsAtMs === null ? "waiting" : "counting";
  }

  private fail(error: unknown): void {
    this.problem = problemOf(error);
    // A network that is away is shown, and is nothing to look into.
    if (this.problem !== "offline") this.room.report("updates", error);
  }

  private guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }

  private lookAgain(): void {
    this.stopLook = this.room.clock.setTimer(LOOK_EVERY_MS, () => {
      this.look();
      this.lookAgain();
    });
  }

  private change(patch: Partial<UpdateMemory>): void {
    this.memory = { ...this.memory, ...patch };
    if (!this.isStopped) remember(this.room.keeper, this.memory);
    this.tell();
  }

  private tell(): void {
    if (this.isStopped) return;
    const state = this.state();
    const text = JSON.stringify({ ...state, revision: 0 });
    if (text === this.told) return;
    this.told = text;
    this.room.tell(state);
  }
}

function problemOf(error: unknown): UpdateProblem {
  if (error instanceof UpdateFailure) return error.problem;
  const code = error instanceof Error && "code" in error ? error.code : "";
  return code === "ENOSPC" ? "diskFull" : "unexpected";
}
