import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { DamageReport } from "../contract/damage.ts";
import { setAsideName, type RestorePlan } from "../backup/restore.ts";
import {
  replacing,
  settingsText,
  type FolderChange,
  type KeyedStore,
} from "../backup/restored-books.ts";
import { BackupWorker } from "../backup/worker-client.ts";
import type { DamageTask } from "./found-events.ts";
import type { Rebuilt } from "./rebuild.ts";

/** A step SQLite has begun is waited for when the till closes. */
const CLOSING_MS = 10_000;

/** Where the books are and who is asking. */
export interface RecoveryRoom {
  dataDir: string;
  clock: Clock;
  store: KeyedStore;
  publicKey(): string | null;
  utcOffsetMin(): number;
  /** Folders with more backups. */
  backupFolders(): string[];
  /** Told when the progress is another one. */
  changed(): void;
}

/** Looks into damaged books, and puts what is proved before those that went on. One thing at a time. */
export class Recovery {
  private readonly room: RecoveryRoom;
  private worker: BackupWorker | null = null;
  /** How far reading is, 0 to 1 in steps of a hundredth; null: nothing is read. */
  share: number | null = null;

  constructor(room: RecoveryRoom) {
    this.room = room;
  }

  /** @throws BackupError notFound, and what else reading may meet */
  inspect(): Promise<DamageReport> {
    return this.work((worker, tell) => worker.run("inspectDamage", this.task(), tell));
  }

  /** What could not be proved, a line of JSON each. @throws as `inspect` */
  doubtful(): Promise<string> {
    return this.work((worker, tell) => worker.run("exportDoubtful", this.task(), tell));
  }

  /**
   * Puts the books together, and gives them their place while the till is closed by `reopen`: one thread for both.
   * @param agreed what somebody agreed to, and the folder with the damaged books that are merged
   * @throws as `inspect`; diskFull
   */
  recover(
    { fingerprint, ...agreed }: { fingerprint: string; folder: string; by: string },
    reopen: (change: FolderChange) => Promise<void>,
  ): Promise<DamageReport> {
    return this.work(async (worker, tell) => {
      const task = { ...this.task(), fingerprint };
      const rebuilt = await worker.run("rebuildBooks", task, tell);
      // The till that is closed now must not end the thread that finishes for it.
      this.letGo(worker);
      await reopen(this.placing(worker, rebuilt, agreed));
      return rebuilt.report;
    });
  }

  private placing(
    worker: BackupWorker,
    { report, lost }: Rebuilt,
    { folder, by }: { folder: string; by: string },
  ): FolderChange {
    const { dataDir, store, clock } = this.room;
    return replacing({ dataDir, store }, async () => {
      const { merged, brought, tillId, numbers } = await worker.run("finishRebuild", { dataDir });
      const atMs = clock.nowMs();
      const plan: RestorePlan = {
        v: 1,
        id: randomUUID(),
        atMs,
        by,
        setAside: setAsideName(dataDir, atMs, this.room.utcOffsetMin()),
        key: "keep",
        coming: ["slipsure.witness"],
        settings: settingsText(store),
        backup: { ...brought, name: folder, atMs, tillId },
        before: merged,
        lostSales: 0,
        recovered: {
          setAside: folder,
          merged,
          events: report.events,
          sales: report.sales,
          lost,
          doubtful: report.doubtfulCount,
          numbers,
        },
      };
      return plan;
    });
  }

  async stop(): Promise<void> {
    await this.worker?.end(CLOSING_MS);
  }

  private task(): DamageTask {
    const { dataDir } = this.room;
    return {
      dataDir,
      backupFolders: this.room.backupFolders(),
      publicKey: this.room.publicKey(),
    };
  }

  private async work<T>(
    run: (worker: BackupWorker, tell: Parameters<BackupWorker["run"]>[2]) => Promise<T>,
  ): Promise<T> {
    if (this.worker) throw new RecoveryBusyError();
    const worker = new BackupWorker();
    this.worker = worker;
    this.progress(0);
    try {
      return await run(worker, ({ doneBytes, totalBytes }) =>
        this.progress(totalBytes === 0 ? 0 : Math.min(1, doneBytes / totalBytes)),
      );
    } finally {
      this.letGo(worker);
      void worker.end(0);
    }
  }

  private letGo(worker: BackupWorker): void {
    // Another piece of work may have begun meanwhile.
    if (this.worker !== worker) return;
    this.worker = null;
    this.progress(null);
  }

  private progress(share: number | null): void {
    const rounded = share === null ? null : Math.floor(share * 100) / 100;
    if (rounded === this.share) return;
    this.share = rounded;
    this.room.changed();
  }
}

/** Damaged books are being read already. */
export class RecoveryBusyError extends Error {
  constructor() {
    super("damaged books are being read already");
    this.name = "RecoveryBusyError";
  }
}
