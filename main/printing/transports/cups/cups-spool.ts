import { mkdtemp, open, rm, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CauseCode } from "../../../domain/receipt/cause.ts";
import { messageOf } from "../../native/host-error.ts";
import {
  PrinterUnreachable,
  type SpoolJob,
  type SpoolStatus,
  type SpoolTransport,
} from "../../transport.ts";
import { CommandNotStarted, runCommand } from "./command.ts";
import { readSpooler, type Queue, type Spooler } from "./queues.ts";

const LOOK_TIMEOUT_MS = 2_500;
const SUBMIT_TIMEOUT_MS = 10_000;
/** CUPS keeps 255 bytes of a job's name, three for most Chinese characters. */
const LONGEST_TITLE = 80;

/** A CUPS queue, given ready-made printer commands that it passes on as they are. */
export class CupsSpool implements SpoolTransport {
  readonly path = "spool";
  readonly kind = "cups";
  readonly address: string;

  constructor(queue: string) {
    this.address = queue;
  }

  async check(): Promise<CauseCode | null> {
    const queue = queueIn(await look(), this.address);
    if (!queue) throw new PrinterUnreachable("noPrinter", `no queue "${this.address}"`);
    // Not its alerts: they are as old as its last job.
    return takesJobs(queue) ? null : "queuePaused";
  }

  async submit(title: string, bytes: Uint8Array): Promise<SpoolJob> {
    const before = await look().then(
      (spooler) => queueIn(spooler, this.address),
      () => null, // then a later cancel proves nothing
    );
    const args = ["-d", this.address, "-o", "raw", "-t", plainTitle(title)];
    const input = await fileOf(bytes).catch((error: unknown) => {
      throw new PrinterUnreachable("unreachable", `the job can't be written: ${messageOf(error)}`);
    });
    try {
      // A title may be Chinese; what is read of the answer is the same in this locale.
      const options = { timeoutMs: SUBMIT_TIMEOUT_MS, locale: "C.UTF-8", input };
      const { exitCode, stdout, stderr } = await runCommand("lp", args, options).catch(notStarted);
      const id = /^request id is \S+-(\d+) /m.exec(stdout)?.[1];
      if (id !== undefined) return new CupsJob(this.address, Number(id), before);
      // `lp` takes the job back itself before it ends with a code.
      if (exitCode !== null && exitCode !== 0)
        throw new PrinterUnreachable(await this.reasonNow(), stderr.trim());
      throw new Error(`lp ended (${exitCode ?? "killed"}) without a job number: ${stderr.trim()}`);
    } finally {
      await input.close();
    }
  }

  /** Why the queue has just refused. */
  private async reasonNow(): Promise<PrinterUnreachable["reason"]> {
    try {
      return (await this.check()) === null ? "unreachable" : "queuePaused";
    } catch (error) {
      return error instanceof PrinterUnreachable ? error.reason : "unreachable";
    }
  }
}

class CupsJob implements SpoolJob {
  private readonly queue: string;
  private readonly id: number;
  private readonly before: Queue | null;

  /** @param before how the queue stood before it got the job; null: nobody knows. */
  constructor(queue: string, id: number, before: Queue | null) {
    this.queue = queue;
    this.id = id;
    this.before = before;
  }

  async status(): Promise<SpoolStatus> {
    const spooler = await look();
    const job = spooler.jobs.find((other) => other.id === this.id);
    if (!job) return { state: "gone", cause: null };
    const queue = queueIn(spooler, job.queue);
    const isHeld = job.alerts.some((alert) => alert.startsWith("job-hold"));
    if (isHeld || queue?.state === "disabled") return { state: "stopped", cause: "queuePaused" };
    const cause = queue?.state === "printing" ? causeOf(queue.alerts) : null;
    return cause === null ? { state: "waiting", cause } : { state: "stopped", cause };
  }

  async cancel(): Promise<boolean> {
    // The bare number: `NAME-12` would mean another queue where one of that name exists.
    await runCommand("cancel", [String(this.id)], { timeoutMs: LOOK_TIMEOUT_MS });
    const spooler = await look();
    if (spooler.jobs.some((job) => job.id === this.id)) return false;
    const after = queueIn(spooler, this.queue);
    return this.before !== null && after !== null && this.neverStarted(this.before, after);
  }

  /**
   * CUPS gives a printer one job at a time. One that stood still from before it got this job until it
   * had lost it, or was busy with the same other job, has sent nothing of this one. `idle` proves
   * nothing: it may have printed within the second that `since` is exact to.
   */
  private neverStarted(before: Queue, after: Queue): boolean {
    if (before.state !== after.state || before.since !== after.since) return false;
    if (before.state === "disabled") return true;
    const other = before.printingJob;
    return other !== null && other === after.printingJob && other !== this.id;
  }
}

/** Everything CUPS knows of queues and jobs. @throws PrinterUnreachable */
export async function look(timeoutMs: number = LOOK_TIMEOUT_MS): Promise<Spooler> {
  const args = ["-l", "-v", "-a", "-p", "-o"];
  const { exitCode, stdout, stderr } = await runCommand("lpstat", args, { timeoutMs }).catch(
    notStarted,
  );
  // Without any queue it ends with a code too.
  if (exitCode !== 0 && !stderr.includes("No destinations"))
    throw new PrinterUnreachable("unreachable", `CUPS does not answer: ${stderr.trim()}`);
  return readSpooler(stdout);
}

export function takesJobs(queue: Queue): boolean {
  return queue.accepts && queue.state !== "disabled" && queue.state !== "holding";
}

/** CUPS does not tell names apart by case (lpstat.c, match_list). */
function queueIn(spooler: Spooler, name: string): Queue | null {
  const wanted = name.toLowerCase();
  return spooler.queues.find((queue) => queue.name.toLowerCase() === wanted) ?? null;
}

/** IPP printer-state-reasons (RFC 8011, 5.4.12) with their -report, -warning and -error endings. */
function causeOf(alerts: readonly string[]): CauseCode | null {
  const has = (...reasons: string[]) =>
    alerts.some((alert) => reasons.includes(alert.replace(/-(report|warning|error)$/, "")));
  if (has("cover-open", "door-open", "interlock-open")) return "coverOpen";
  if (has("media-empty", "media-needed")) return "paperOut";
  if (has("media-jam")) return "printerError";
  return has("offline", "shutdown") ? "unreachable" : null;
}

/**
 * The document as a file that has no name any more: `lp` gets it whole or not at all, whatever
 * becomes of this process, and nothing of a sale stays behind.
 */
async function fileOf(bytes: Uint8Array): Promise<FileHandle> {
  const dir = await mkdtemp(join(tmpdir(), "slipsure-job-"));
  try {
    const file = await open(join(dir, "job"), "wx+", 0o600);
    // At a position, so that the file itself still stands at its beginning.
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, done);
      done += bytesWritten;
    }
    return file;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Names the user sees in the queue; never part of an option, whatever it begins with. */
function plainTitle(title: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what must not be in it
  const plain = title.replaceAll(/[\u0000-\u001f\u007f]/g, " ").trim();
  return Array.from(plain).slice(0, LONGEST_TITLE).join("") || "Slipsure";
}

function notStarted(error: unknown): never {
  if (error instanceof CommandNotStarted) {
    const reason = error.code === "ENOENT" ? "noPrinter" : "unreachable";
    throw new PrinterUnreachable(reason, `CUPS is not installed: ${error.message}`);
  }
  throw error;
}
