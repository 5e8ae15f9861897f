import { randomBytes } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";

/** Enough for some ten thousand sales, or for closing the day many times over. */
export const BALLAST_BYTES = 64 * 1024 * 1024;
const BLOCK_BYTES = 1024 * 1024;

/** Name of the file in the data folder. It holds nothing; whoever deletes it only takes the reserve away. */
export const BALLAST_FILE = "ballast.bin";

/** A file that is only there to be deleted when the disk is full. */
export class Ballast {
  readonly bytes: number;
  /** It was let go in this run. */
  wasReleased = false;
  private readonly path: string;
  private making: Promise<void> | null = null;
  private isCancelled = false;

  constructor(dataDir: string, bytes: number) {
    this.path = join(dataDir, BALLAST_FILE);
    this.bytes = bytes;
    // Cut off while it was made.
    this.remove(this.part());
  }

  exists(): boolean {
    return this.bytes === 0 || existsSync(this.path);
  }

  /**
   * Writes it, a block at a time beside the selling. Resolves when it is on the disk or was cancelled.
   * Rejects with the system's error, and leaves nothing behind then.
   */
  make(): Promise<void> {
    this.making ??= this.write().finally(() => {
      this.making = null;
    });
    return this.making;
  }

  /** Deletes it. True when that gave room. */
  release(): boolean {
    this.isCancelled = this.making !== null;
    const hadPart = this.remove(this.part());
    const isReleased = this.remove(this.path) || hadPart;
    this.wasReleased ||= isReleased;
    return isReleased;
  }

  async stop(): Promise<void> {
    this.isCancelled = true;
    await this.making?.catch(() => {});
  }

  private async write(): Promise<void> {
    this.isCancelled = false;
    const part = this.part();
    // Random: a disk that packs its files would keep zeros in no room at all.
    const block = randomBytes(Math.min(BLOCK_BYTES, this.bytes));
    try {
      const file = await open(part, "w", 0o600);
      try {
        for (let left = this.bytes; left > 0 && !this.isCancelled; left -= block.length)
          // oxlint-disable-next-line no-await-in-loop -- one block after the other, so that selling comes between
          await file.write(block, 0, Math.min(block.length, left));
        await file.sync();
      } finally {
        await file.close();
      }
      if (!this.isCancelled) return await rename(part, this.path);
    } catch (error) {
      this.remove(part);
      // Released while it was being written: the name was gone already.
      if (this.isCancelled) return;
      throw error;
    }
    this.remove(part);
  }

  private part(): string {
    return `${this.path}.part`;
  }

  private remove(path: string): boolean {
    if (!existsSync(path)) return false;
    try {
      rmSync(path, { force: true });
      return true;
    } catch {
      // A disk that can't be written at all: there is nothing to be won.
      return false;
    }
  }
}
