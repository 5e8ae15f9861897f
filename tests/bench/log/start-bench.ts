import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import type { BenchRow } from "../suites.ts";
import { median } from "../table.ts";
import { medianRatio, ms, timed } from "./measure.ts";

const STARTS = 15;
const MEMORY_RUNS = 3;
const MEMORY_GOAL_MB = 60;

/** A start of the log and what it weighs, beside a Node that does nothing. */
export async function benchStart(dir: string, tell: (line: string) => void): Promise<BenchRow[]> {
  const built = mkdtempSync(join(tmpdir(), "slipsure-bench-"));
  try {
    await bundle(built);
    const bare: number[] = [];
    const ours: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      bare.push(timed(() => run(["-e", "0"])));
      ours.push(timed(() => run([join(built, "main", "first-page.js"), dir])));
    }
    const bareMb: number[] = [];
    const oursMb: number[] = [];
    for (let n = 0; n < MEMORY_RUNS; n += 1) {
      bareMb.push(Number(run(["-p", "process.memoryUsage().rss/1e6"])));
      oursMb.push(Number(run([join(built, "main", "memory.js"), dir])));
    }
    tell(`start: open and first page ${ms(median(ours))} ms, bare Node ${ms(median(bare))} ms`);
    tell(
      `memory after 3,000 questions: ${ms(median(oursMb))} MB, bare Node ${ms(median(bareMb))} MB`,
    );
    const ratio = medianRatio(ours, bare);
    const moreMb = median(oursMb) - median(bareMb);
    return [
      {
        name: "start: open and first page / bare Node",
        ratio,
        goal: 1.1,
        atMost: true,
        ok: ratio <= 1.1,
      },
      {
        name: "memory: megabytes beyond bare Node",
        ratio: moreMb,
        goal: MEMORY_GOAL_MB,
        atMost: true,
        ok: moreMb <= MEMORY_GOAL_MB,
      },
    ];
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

function run(args: readonly string[]): string {
  const child = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (child.status !== 0) throw new Error(`${args.join(" ")} failed: ${child.stderr}`);
  return child.stdout;
}

/** As it is shipped: a start must not pay for reading sources. */
async function bundle(outDir: string): Promise<void> {
  const path = (url: URL) => fileURLToPath(url);
  await build({
    configFile: false,
    logLevel: "error",
    root: import.meta.dirname,
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      target: "node24",
      rolldownOptions: {
        input: {
          "first-page": path(new URL("./first-page.ts", import.meta.url)),
          memory: path(new URL("./memory.ts", import.meta.url)),
          "log-reader": path(new URL("../../../main/till/log-reader-main.ts", import.meta.url)),
        },
        // Threads are looked for in this folder, as in `dist`.
        output: {
          format: "es",
          entryFileNames: "main/[name].js",
          chunkFileNames: "main/[name].js",
        },
      },
    },
  });
}
