import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock, type Clock } from "../../../main/clock.ts";
import { NativeHostClient } from "../../../main/printing/native/client.ts";
import {
  forkPrinterHost,
  type ForkedPrinterHost,
} from "../../../main/printing/native/fork-host.ts";
import type { NativePrinters } from "../../../main/printing/native/native-printers.ts";
import {
  VirtualPrintQueue,
  type VirtualPrinter,
} from "../../../main/printing/virtual-printer/index.ts";

const SINCE = "Mon Nov 23 09:00:00 2026";

/** Takes what stands in standard input into the queue of that name, and says its number. */
const LP = `#!/bin/sh
queue="\${0%/*}/queues/$2"
[ -f "$queue/state" ] || { echo "lp: Error - The printer or class does not exist." >&2; exit 1; }
read -r last < "$queue/last"; id=$((last + 1)); echo "$id" > "$queue/last"
cat > "$queue/incoming"; mv "$queue/incoming" "$queue/jobs/$id"
echo "request id is $2-$id (0 file(s))"
`;

/** Says of every queue what its file says, then lists its jobs. */
const LPSTAT = `#!/bin/sh
for queue in "\${0%/*}"/queues/*; do
  [ -f "$queue/state" ] || continue
  while IFS= read -r line; do printf '%s\\n' "$line"; done < "$queue/state"
  for job in "$queue"/jobs/*; do
    [ -f "$job" ] || continue
    printf '%s-%s  till  1024   ${SINCE}\\n\\tAlerts: none\\n' "\${queue##*/}" "\${job##*/}"
  done
done
`;

const CANCEL = `#!/bin/sh
rm -f "\${0%/*}"/queues/*/jobs/"$1"
`;

/** CUPS as three commands and a folder for each queue; nothing of the real one is touched. */
export class CupsCommands {
  private readonly dir: string;
  private readonly pathBefore = process.env["PATH"];
  private shared: CupsHost | null = null;
  private count = 0;

  /** @param dir an empty folder; comes first in PATH until `close`. */
  constructor(dir: string) {
    this.dir = dir;
    mkdirSync(join(dir, "queues"));
    for (const [name, script] of [
      ["lp", LP],
      ["lpstat", LPSTAT],
      ["cancel", CANCEL],
    ] as const) {
      writeFileSync(join(dir, name), script);
      chmodSync(join(dir, name), 0o755);
    }
    process.env["PATH"] = `${dir}${delimiter}${this.pathBefore ?? ""}`;
  }

  addQueue(device: VirtualPrinter, clock: Clock): CupsQueue {
    this.count += 1;
    // CUPS numbers jobs over all queues.
    return new CupsQueue(
      join(this.dir, "queues", `q${this.count}`),
      this.count * 1000,
      device,
      clock,
    );
  }

  /**
   * The till's way to the commands: the real printer host, because starting a program from this process,
   * with everything a test runner has loaded, takes ten times as long. All tills share one, but for one
   * that is going to crash.
   */
  host(isOwn: boolean): { native: NativePrinters; crash: () => void } {
    if (isOwn) {
      const host = new CupsHost();
      return { native: host.client, crash: () => host.kill() };
    }
    this.shared ??= new CupsHost();
    const { client } = this.shared;
    const native: NativePrinters = {
      transport: (config) => client.transport(config),
      find: () => client.find(),
      close: () => {},
    };
    return { native, crash: () => {} };
  }

  close(): void {
    this.shared?.client.close();
    process.env["PATH"] = this.pathBefore;
  }
}

class CupsHost {
  readonly client: NativeHostClient;
  private process: ForkedPrinterHost | null = null;

  constructor() {
    const fork = forkPrinterHost(fileURLToPath(HOST_MAIN));
    this.client = new NativeHostClient({
      spawn: () => (this.process = fork()),
      clock: systemClock,
      report: (where, error) => `${where} ${String(error)}`,
    });
  }

  kill(): void {
    this.process?.kill();
  }
}
const HOST_MAIN = new URL("../../../main/printing/native/host-main.ts", import.meta.url);

/** The scheduler's part for one queue: what the commands left in its folder goes to the printer. */
export class CupsQueue {
  readonly name: string;
  readonly queue: VirtualPrintQueue;
  private readonly dir: string;
  private readonly stopWatch: () => void;
  /** CUPS' number of a job to the queue's own. */
  private readonly numbers = new Map<number, number>();
  /** The state has a time of its own: something changed then. */
  private changes = 0;
  private lastState = "";

  constructor(dir: string, firstNumber: number, device: VirtualPrinter, clock: Clock) {
    this.dir = dir;
    this.name = dir.slice(dir.lastIndexOf("/") + 1);
    this.queue = new VirtualPrintQueue(device, { clock });
    mkdirSync(join(dir, "jobs"), { recursive: true });
    writeFileSync(join(dir, "last"), `${firstNumber}\n`);
    this.writeState();
    this.queue.on(() => this.follow());
    const watcher = watch(join(dir, "jobs"), () => this.takeIn());
    this.stopWatch = () => watcher.close();
  }

  close(): void {
    this.stopWatch();
    this.queue.close();
  }

  /** New files are documents; files that are gone were cancelled. */
  private takeIn(): void {
    const files = new Set(readdirSync(join(this.dir, "jobs")).map(Number));
    for (const [number, id] of this.numbers) {
      if (files.has(number)) continue;
      this.numbers.delete(number);
      this.queue.delete(id);
    }
    for (const number of files) {
      if (this.numbers.has(number)) continue;
      const bytes = readFileSync(join(this.dir, "jobs", String(number)));
      // Known before it is taken: taking it in tells of a change.
      this.numbers.set(number, this.queue.nextId);
      this.queue.submit(String(number), bytes);
    }
  }

  /** What the queue has let go of is done. */
  private follow(): void {
    for (const [number, id] of this.numbers) {
      if (this.queue.job(id) !== undefined || id >= this.queue.nextId) continue;
      this.numbers.delete(number);
      rmSync(join(this.dir, "jobs", String(number)), { force: true });
    }
    this.writeState();
  }

  private writeState(): void {
    const first = this.queue.jobs[0];
    const number = [...this.numbers].find(([, id]) => id === first?.id)?.[0];
    const state = ((): string => {
      // A job that failed stops the queue, as CUPS' own error policy has it.
      if (this.queue.paused || first?.state === "broken") return "disabled";
      return first?.state === "sending"
        ? `now printing ${this.name}-${number}.  enabled`
        : "is idle.  enabled";
    })();
    if (state === this.lastState) return;
    this.lastState = state;
    this.changes += 1;
    const since = SINCE.replace("00:00", `00:${String(this.changes).padStart(2, "0")}`);
    // Renamed into its place: lpstat may be reading.
    const fresh = join(this.dir, "state.new");
    writeFileSync(
      fresh,
      [
        `device for ${this.name}: usb://Nowhere/N58`,
        `${this.name} accepting requests since ${SINCE}`,
        `printer ${this.name} ${state} since ${since}`,
        "\tAlerts: none",
        "",
      ].join("\n"),
    );
    renameSync(fresh, join(this.dir, "state"));
  }
}
