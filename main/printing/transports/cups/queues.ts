/**
 * What `lpstat -l -v -a -p -o` prints in the C locale (CUPS 2.4, systemv/lpstat.c), read line by line;
 * lines nobody needs here are passed over.
 */

export interface Queue {
  name: string;
  state: "idle" | "printing" | "disabled" | "holding";
  /** When the state last changed, as the system writes it. */
  since: string;
  /** Number of the job it prints now; null: none. */
  printingJob: number | null;
  accepts: boolean;
  /** IPP printer-state-reasons, such as media-empty-warning. */
  alerts: string[];
  /** Where it sends to; null when it does not say. */
  deviceUri: string | null;
}

export interface QueuedJob {
  queue: string;
  id: number;
  /** IPP job-state-reasons, such as job-hold-until-specified. */
  alerts: string[];
}

export interface Spooler {
  queues: Queue[];
  /** Those that are not done. */
  jobs: QueuedJob[];
}

const DEVICE = /^device for ([^\s/]+): (.*)$/;
const PRINTER =
  /^printer ([^\s/]+) (?:(is idle|is holding new jobs|now printing \S+-(\d+))\.\s+enabled|(disabled)) since (.*?)(?: -)?$/;
const REFUSES = /^([^\s/]+) not accepting requests since /;
const JOB = /^(\S+)-(\d+)\s+\S+\s+\d+\s/;
const ALERTS = /^\tAlerts: (.*)$/;

export function readSpooler(lpstat: string): Spooler {
  const queues: Queue[] = [];
  const jobs: QueuedJob[] = [];
  const devices = new Map<string, string>();
  const refusing = new Set<string>();
  /** Whom the indented lines are about. */
  let about: { alerts: string[] } | null = null;
  for (const line of lpstat.split("\n")) {
    const alerts = ALERTS.exec(line)?.[1];
    if (alerts !== undefined) about?.alerts.push(...alerts.split(" ").filter(isAlert));
    if (line.startsWith("\t")) continue;
    const [, deviceOf, uri] = DEVICE.exec(line) ?? [];
    if (deviceOf !== undefined && uri !== undefined) devices.set(deviceOf, uri);
    const refuses = REFUSES.exec(line)?.[1];
    if (refuses !== undefined) refusing.add(refuses);
    const queue = queueOf(line);
    const job = queue ? null : jobOf(line);
    if (queue) queues.push(queue);
    if (job) jobs.push(job);
    about = queue ?? job;
  }
  for (const queue of queues) {
    queue.accepts = !refusing.has(queue.name);
    queue.deviceUri = devices.get(queue.name) ?? null;
  }
  return { queues, jobs };
}

function jobOf(line: string): QueuedJob | null {
  const [, queue, id] = JOB.exec(line) ?? [];
  return queue === undefined ? null : { queue, id: Number(id), alerts: [] };
}

function queueOf(line: string): Queue | null {
  const [, name, working, job, disabled, since] = PRINTER.exec(line) ?? [];
  if (name === undefined || since === undefined) return null;
  const state = ((): Queue["state"] => {
    if (disabled !== undefined) return "disabled";
    if (job !== undefined) return "printing";
    return working === "is idle" ? "idle" : "holding";
  })();
  // 0: it prints, and by now nobody knows what.
  const printingJob = Number(job ?? 0) || null;
  return { name, state, since, printingJob, accepts: true, alerts: [], deviceUri: null };
}

const isAlert = (alert: string) => alert !== "" && alert !== "none";
