import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { Backups } from "../../../main/backup/backups.ts";
import type { BackupHealth } from "../../../main/contract/backup.ts";
import { FileKeyStore } from "../../../main/sale-log/key-store.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { addSale } from "../support/log-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { TestClock } from "../support/test-clock.ts";

export const SETTINGS = JSON.stringify({
  settings: { shop: { name: "街角便利店" } },
  managerPin: "s.h",
});
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** Books and the backups of them, without a till around. */
export class BackupBench {
  readonly dataDir: string;
  readonly clock: TestClock;
  readonly incidents: unknown[] = [];
  readonly told: BackupHealth[] = [];
  log: SaleLog;
  backups: Backups;
  private isOpen = true;
  private readonly watchers = new Set<() => void>();

  constructor(options: { dataDir?: string; clock?: TestClock; sales?: number } = {}) {
    this.dataDir = options.dataDir ?? tempDir();
    this.clock = options.clock ?? new TestClock(1);
    this.log = new SaleLog(this.dataDir);
    this.backups = this.open();
    for (let n = 0; n < (options.sales ?? 0); n += 1) addSale(this.log);
    onTestFinished(() => this.close().catch(() => {}));
  }

  /** What a till does when it starts again on the same books. */
  async restart(): Promise<void> {
    await this.close();
    this.reopen();
  }

  reopen(): void {
    this.isOpen = true;
    this.log = new SaleLog(this.dataDir);
    this.backups = this.open();
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await this.backups.stop();
    this.log.close();
  }

  /** Resolves when `check` holds; looked at after every change of the backups. */
  until(check: (health: BackupHealth) => boolean): Promise<BackupHealth> {
    return new Promise((resolve) => {
      const look = () => {
        const health = this.backups.health();
        if (!check(health)) return;
        this.watchers.delete(look);
        resolve(health);
      };
      this.watchers.add(look);
      look();
    });
  }

  /** Resolves when nothing is under way. */
  untilIdle(): Promise<BackupHealth> {
    return this.until(({ job }) => job === null);
  }

  /** Paths of the copies beside the books, newest first. */
  copies(): string[] {
    return filesIn(join(this.dataDir, "backups"));
  }

  /** The newest copy, made by hand. */
  async copy(): Promise<string> {
    // Copies carry their second in their name.
    this.clock.jump(1000);
    await this.backups.make("hand", "小王");
    const newest = this.backups.state().copies.find(({ place }) => place === "first");
    if (!newest) throw new Error("no copy was made");
    return newest.path;
  }

  private open(): Backups {
    return new Backups({
      dataDir: this.dataDir,
      clock: this.clock,
      log: this.log,
      keyStore: new FileKeyStore(this.dataDir),
      about: () => ({
        utcOffsetMin: 480,
        shop: "街角便利店",
        currency: "CNY",
        appVersion: "0.1.0",
        settings: SETTINGS,
      }),
      report: (where, error) => {
        this.incidents.push([where, error]);
        return "incident";
      },
      tell: (health) => {
        this.told.push(health);
        for (const watcher of [...this.watchers]) watcher();
      },
    });
  }
}

/** Paths of the files in a folder, newest name first; none when there is no such folder. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .toReversed()
    .map((name) => join(folder, name));
}
