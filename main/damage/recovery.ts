import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import type { DamageReport } from "../contract/damage.ts";
import { BOOKS, readFacts, withDatabase } from "../backup/books.ts";
import { syncFile } from "../backup/files.ts";
import { endOf } from "../backup/planning.ts";
import { BackupError } from "../backup/problem.ts";
import { setAsideName, type RestorePlan } from "../backup/restore.ts";
import { replacing, settingsText, type KeyedStore } from "../backup/restored-books.ts";
import { BackupWorker } from "../backup/worker-client.ts";
import { anchorsAfter } from "../sale-log/anchors.ts";
import { canonicalJson } from "../sale-log/canonical-json.ts";
import { readIdentity } from "../sale-log/log-identity.ts";
import { logPath } from "../sale-log/open-log.ts";
import type { DamageTask } from "./found-events.ts";
import { finishRebuild, workDir, type Rebuilt } from "./rebuild.ts";

/** Ending of books to come, as a restore lays them beside the present ones. */
const COMING = ".restoring";
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

  /** Puts the books together; `placing` then gives them their place. @throws as `inspect`; diskFull */
  rebuild(fingerprint: string): Promise<Rebuilt> {
    return this.work((worker, tell) =>
      worker.run("rebuildBooks", { ...this.task(), fingerprint }, tell),
    );
  }

  /** For a till that is closed meanwhile. `folder`: the damaged books that are merged. */
  placing({ report, lost }: Rebuilt, folder: string, by: string): { make(): void; undo(): void } {
    const { dataDir, store, clock } = this.room;
    return replacing(dataDir, store, () => {
      finishRebuild(dataDir);
      const merged = endOf(withDatabase(join(dataDir, BOOKS), "read", readFacts));
      bring(dataDir);
      const coming = join(dataDir, BOOKS + COMING);
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
        backup: {
          ...endOf(withDatabase(coming, "frozen", readFacts)),
          name: folder,
          atMs,
          tillId: withDatabase(coming, "frozen", readIdentity)?.tillId ?? "",
        },
        before: merged,
        lostSales: 0,
        recovered: {
          setAside: folder,
          merged,
          events: report.events,
          sales: report.sales,
          lost,
          doubtful: report.doubtfulCount,
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
      this.worker = null;
      this.progress(null);
      void worker.end(0);
    }
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

/** Lays the finished books beside the present ones, with the signatures that stand in them as their witness. */
function bring(dataDir: string): void {
  const coming = join(dataDir, BOOKS + COMING);
  renameSync(logPath(workDir(dataDir)), coming);
  const witness = join(dataDir, `slipsure.witness${COMING}`);
  const lines = withDatabase(coming, "frozen", (db) =>
    anchorsAfter(db, null, Number.MAX_SAFE_INTEGER).map((anchor) => `${canonicalJson(anchor)}\n`),
  );
  if (lines.length === 0) throw new BackupError("damaged", "books without a signature");
  writeFileSync(witness, lines.join(""));
  syncFile(witness);
  rmSync(workDir(dataDir), { recursive: true, force: true });
}
