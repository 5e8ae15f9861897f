import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OfferedUpdate, Rollout, UpdateSource } from "../../../main/updates/source.ts";

/** A server and an installer as the till sees them; a test turns the knobs. */
export class FakeSource implements UpdateSource {
  offer: (OfferedUpdate & Pick<Rollout, "stagingPercentage">) | null = null;
  /** What the next check, or download, ends with. */
  checkError: Error | null = null;
  downloadError: Error | null = null;
  installError: Error | null = null;
  readonly done: string[] = [];
  private readonly dir: string;

  /** @param dir where its installers are */
  constructor(dir: string) {
    this.dir = dir;
  }

  check(isForUs: (rollout: Rollout) => boolean): Promise<OfferedUpdate | null> {
    this.done.push("check");
    if (this.checkError) return Promise.reject(this.checkError);
    return Promise.resolve(this.offer && isForUs(this.offer) ? this.offer : null);
  }

  download(onShare: (share: number) => void): Promise<string> {
    this.done.push("download");
    onShare(0.5);
    if (this.downloadError) return Promise.reject(this.downloadError);
    return Promise.resolve(this.file("new"));
  }

  currentInstaller(): string | null {
    return this.file("current");
  }

  install(): Promise<void> {
    this.done.push("install");
    return this.installError ? Promise.reject(this.installError) : Promise.resolve();
  }

  private file(text: string): string {
    const path = join(this.dir, `${text}-setup.exe`);
    writeFileSync(path, text);
    return path;
  }
}
