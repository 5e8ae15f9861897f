import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const memorySchema = z.object({
  /** How large the pages are shown; 1 is as they were drawn. */
  zoom: z.number().min(0.25).max(5).catch(1),
  /** When the graphics process ended by itself, wall clock. */
  gpuEndsMs: z.array(z.number()).catch([]),
  /** The version of this program that draws without the graphics card; a newer one tries it again. */
  noGpuVersion: z.string().nullable().catch(null),
});
type Memory = z.infer<typeof memorySchema>;

/** More ends than this within `WINDOW_MS` are the driver's fault. */
const MAX_GPU_ENDS = 3;
const WINDOW_MS = 24 * 60 * 60_000;

/** What the shell keeps for this PC, in `shell.json`: nothing a till needs, so a file that is lost is no loss. */
export class ShellMemory {
  private readonly path: string;
  private value: Memory;

  constructor(dataDir: string) {
    this.path = join(dataDir, "shell.json");
    this.value = memorySchema.parse(readObject(this.path));
  }

  get zoom(): number {
    return this.value.zoom;
  }

  setZoom(zoom: number): void {
    this.keep({ zoom });
  }

  drawsWithoutGpu(version: string): boolean {
    return this.value.noGpuVersion === version;
  }

  /** The graphics process ended by itself. @returns whether the next start goes without the graphics card */
  gpuEnded(nowMs: number, version: string): boolean {
    const gpuEndsMs = [...this.value.gpuEndsMs, nowMs].filter((atMs) => nowMs - atMs < WINDOW_MS);
    const isTooMuch = gpuEndsMs.length >= MAX_GPU_ENDS;
    this.keep(isTooMuch ? { gpuEndsMs: [], noGpuVersion: version } : { gpuEndsMs });
    return isTooMuch;
  }

  private keep(change: Partial<Memory>): void {
    this.value = { ...this.value, ...change };
    try {
      writeFileSync(this.path, JSON.stringify(this.value));
    } catch {
      // A full disk must not keep anybody from making the screen larger.
    }
  }
}

function readObject(path: string): object {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
