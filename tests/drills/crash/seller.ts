import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Acknowledged } from "./books-watch.ts";

const SCRIPT = fileURLToPath(new URL("./seller-child.ts", import.meta.url));

/** What a seller has said until it ended. */
export interface Said {
  acknowledged: Acknowledged[];
  /** It came as far as an open log. */
  isOpen: boolean;
  /** Found wrong by the till when it opened the log; empty when all was well. */
  damage: string[];
  /** Sales that a repeated request would have made twice. */
  twice: string[];
  /** How it ended, when nobody killed it. */
  diedOf: string | null;
}

/** A process that sells flat out; started beforehand, so that a kill does not wait for its start. */
export class Seller {
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown[]>;
  private readonly waiting = new Set<() => void>();
  private text = "";
  private errors = "";

  /** @param cacheDir keeps compiled modules from one start to the next */
  constructor(cacheDir: string) {
    this.child = spawn(process.execPath, ["--no-warnings", SCRIPT], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, NODE_COMPILE_CACHE: cacheDir },
    });
    this.exited = once(this.child, "close");
    this.child.stdin?.on("error", () => {});
    this.child.stdout?.setEncoding("utf8").on("data", (chunk: string) => this.heard(chunk));
    this.child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (this.errors += chunk));
  }

  /** Fills the cache of compiled modules: a start then costs a third. */
  static warmUp(cacheDir: string): void {
    const env = { ...process.env, NODE_COMPILE_CACHE: cacheDir };
    const { status } = spawnSync(process.execPath, ["--no-warnings", SCRIPT], { input: "", env });
    if (status !== 0) throw new Error(`the seller does not start: ${String(status)}`);
  }

  sellIn(dir: string, seed: number): void {
    this.child.stdin?.write(`${JSON.stringify({ dir, seed })}\n`);
  }

  /** Resolves with the first sale that is acknowledged after opening, or when it has ended. */
  async hasSold(): Promise<void> {
    const first = new Promise<void>((resolve) => {
      const look = () => {
        if (this.said().acknowledged.length < 2) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
    await Promise.race([first, this.exited]);
  }

  /** True when it has ended, whoever ended it. */
  hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** What it has said so far. */
  soFar(): Acknowledged[] {
    return this.said().acknowledged;
  }

  /** kill -9; resolves when it is gone. */
  async kill(): Promise<Said> {
    this.child.kill("SIGKILL");
    return this.ended();
  }

  /** Resolves when it has ended, by a kill or by itself. */
  async ended(): Promise<Said> {
    const [code, signal] = await this.exited;
    const diedOf = signal === "SIGKILL" ? null : `exit ${String(code)}: ${this.errors.trim()}`;
    return { ...this.said(), diedOf };
  }

  private heard(chunk: string): void {
    this.text += chunk;
    for (const look of [...this.waiting]) look();
  }

  private said(): Omit<Said, "diedOf"> {
    // What stands after the last line break was cut off.
    const lines = this.text.split("\n").slice(0, -1);
    const said: Omit<Said, "diedOf"> = { acknowledged: [], isOpen: false, damage: [], twice: [] };
    for (const line of lines) {
      const [first = "", second = "", hash = "", , damage = "-"] = line.split(" ");
      if (first === "twice") said.twice.push(second);
      else if (first === "open") {
        said.isOpen = true;
        if (damage !== "-") said.damage.push(damage);
        said.acknowledged.push({ seq: Number(second), hash });
      } else said.acknowledged.push({ seq: Number(first), hash: second });
    }
    return said;
  }
}
