import type { NativeDriver, NativePrinterKind } from "./driver.ts";
import {
  PrinterUnreachable,
  type PrinterLink,
  type SpoolJob,
  type SpoolTransport,
} from "../transport.ts";
import { messageOf } from "./host-error.ts";
import type { NativePrinterConfig } from "./native-printers.ts";
import type { FromHost, ToHost } from "./protocol.ts";

/** A driver that has not found anything by now is left out; the others are not held up. */
const FIND_LIMIT_MS = 4_000;
/** How long a port that is being closed may keep the next one who opens it waiting. */
const CLOSING_LIMIT_MS = 2_000;
const END_LIMIT_MS = 500;
/** Less than the till waits for a check (remote-spool.ts): it hears which printer it is, not just that it is late. */
const BUSY_LIMIT_MS = 2_500;
/** Older jobs of a queue are not asked about any more. */
const JOBS_KEPT = 1_000;

/** The host's end of the line to the till. */
export interface HostPort {
  send(message: FromHost): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Every link is closed: end the process. */
  end(): void;
}

/** How to get each driver; asked when it is first needed, so that one that can't be loaded hurts no other. */
export type DriverLoaders = ReadonlyMap<NativePrinterKind, () => Promise<NativeDriver>>;

/**
 * Serves the till's calls until it says `end`.
 * @returns ends it from this side, when the till has gone: closes every link in order, then calls `port.end`.
 */
export function servePrinterHost(port: HostPort, drivers: DriverLoaders): () => void {
  const host = new PrinterHost(port, drivers);
  // The process that started this one speaks the same version.
  port.onMessage((message) => host.take(message as ToHost));
  port.send({ type: "ready", kinds: [...drivers.keys()] });
  return () => host.end();
}

interface OpenLink {
  kind: NativePrinterKind;
  link: PrinterLink;
  closed: Promise<void>;
}

class PrinterHost {
  private readonly port: HostPort;
  private readonly loaders: DriverLoaders;
  private readonly drivers = new Map<NativePrinterKind, Promise<NativeDriver>>();
  private readonly links = new Map<number, OpenLink>();
  private readonly closing = new Set<OpenLink>();
  private readonly looking = new Set<NativePrinterKind>();
  private readonly jobs = new Map<number, { config: NativePrinterConfig; job: SpoolJob }>();
  /** The call under way for each printer or queue, by its configuration. */
  private readonly underWay = new Map<string, Promise<unknown>>();
  private readonly opening = new Set<number>();
  /** Links being opened that nobody waits for any more. */
  private readonly abandoned = new Set<number>();
  private lastJob = 0;
  private isEnding = false;

  constructor(port: HostPort, loaders: DriverLoaders) {
    this.port = port;
    this.loaders = loaders;
  }

  take(message: ToHost): void {
    switch (message.type) {
      case "ping":
        this.port.send({ type: "pong" });
        return;
      case "end":
        this.end();
        return;
      case "close":
        this.close(message.link);
        return;
      case "find":
        this.answer(message.call, () => this.find(message.call, message.kinds));
        return;
      case "open":
        this.answer(message.call, () =>
          this.alone(message.config, () => this.open(message.link, message.config)),
        );
        return;
      case "write":
        this.answer(message.call, () => this.write(message.link, message.bytes));
        return;
      case "portStatus":
        this.answer(
          message.call,
          async () => (await this.links.get(message.link)?.link.portStatus?.()) ?? null,
        );
        return;
      case "check":
        this.answer(message.call, () =>
          this.alone(message.config, async () => (await this.spool(message.config)).check()),
        );
        return;
      case "submit":
        this.answer(message.call, () =>
          this.alone(message.config, async () => {
            const spool = await this.spool(message.config);
            return this.keep(message.config, await spool.submit(message.title, message.bytes));
          }),
        );
        return;
      case "jobStatus":
        this.answer(message.call, () => this.ofJob(message.job, (job) => job.status()));
        return;
      case "cancelJob":
        this.answer(message.call, () => this.ofJob(message.job, (job) => job.cancel()));
    }
  }

  end(): void {
    if (this.isEnding) return;
    this.isEnding = true;
    for (const number of this.links.keys()) this.close(number);
    const closed = [...this.closing].map((open) => open.closed);
    void within(END_LIMIT_MS, Promise.all(closed)).finally(() => this.port.end());
  }

  private answer(call: number, work: () => Promise<unknown>): void {
    const refuse = (error: unknown) => {
      const reason = error instanceof PrinterUnreachable ? error.reason : null;
      this.port.send({ type: "refused", call, reason, message: messageOf(error) });
    };
    // Started at once: what was asked first must reach the driver first.
    try {
      work().then((value) => this.port.send({ type: "answer", call, value }), refuse);
    } catch (error) {
      refuse(error);
    }
  }

  /**
   * One call under way for each printer: a queue on a computer that is off would otherwise take one worker
   * thread with every question, and the others' printers stand still when none is left.
   * @throws PrinterUnreachable when the call before does not end; nothing was asked or handed over then
   */
  private async alone<Value>(
    config: NativePrinterConfig,
    work: () => Promise<Value>,
  ): Promise<Value> {
    const printer = JSON.stringify(config);
    for (;;) {
      const before = this.underWay.get(printer);
      if (!before) break;
      if ((await within(BUSY_LIMIT_MS, before)) === TOO_LATE)
        throw new PrinterUnreachable("unreachable", "it still has not answered the call before");
    }
    const call = work();
    const done = call.then(
      () => {},
      () => {},
    );
    this.underWay.set(printer, done);
    try {
      return await call;
    } finally {
      this.underWay.delete(printer);
    }
  }

  private async find(call: number, kinds: NativePrinterKind[]): Promise<void> {
    await Promise.all(
      kinds.map(async (kind) => {
        const printers = await this.findKind(kind).catch((error: unknown) => {
          this.problem(kind, error);
          return [];
        });
        this.port.send({ type: "found", call, kind, printers });
      }),
    );
  }

  private problem(kind: NativePrinterKind, error: unknown): void {
    this.port.send({ type: "problem", message: `${kind}: ${messageOf(error)}` });
  }

  private async findKind(kind: NativePrinterKind) {
    if (this.looking.has(kind)) throw new Error("still looking for printers since the last time");
    this.looking.add(kind);
    const look = this.driver(kind).then((driver) =>
      driver.find((error) => this.problem(kind, error)),
    );
    const done = () => this.looking.delete(kind);
    look.then(done, done);
    const found = await within(FIND_LIMIT_MS, look);
    if (found === TOO_LATE) throw new Error(`nothing found within ${FIND_LIMIT_MS} ms`);
    return found;
  }

  private async open(number: number, config: NativePrinterConfig): Promise<void> {
    const { kind } = config;
    const driver = await this.driver(kind);
    if (!driver.openLink) throw new PrinterUnreachable("noPrinter", `${kind} opens no links`);
    const before = [...this.closing].filter((open) => open.kind === kind);
    // Closing takes a moment, and most ports let nobody else in until then.
    await within(CLOSING_LIMIT_MS, Promise.all(before.map((open) => open.closed)));
    this.opening.add(number);
    const link = await driver.openLink(config).finally(() => this.opening.delete(number));
    if (this.isEnding || this.abandoned.delete(number)) {
      link.close();
      throw new PrinterUnreachable("unreachable", "nobody waits for it any more");
    }
    const closed = new Promise<void>((resolve) => link.onClose(() => resolve()));
    const open: OpenLink = { kind, link, closed };
    this.links.set(number, open);
    link.onData((bytes) => this.port.send({ type: "data", link: number, bytes: plain(bytes) }));
    void closed.then(() => {
      this.closing.delete(open);
      // Closed by its own end: the till has to be told.
      if (this.links.delete(number)) this.port.send({ type: "closed", link: number });
    });
  }

  private async write(number: number, bytes: Uint8Array): Promise<void> {
    const open = this.links.get(number);
    if (!open) throw new Error("the link is closed");
    const gone = open.closed.then(() => {
      throw new Error("the link was closed before it took every byte");
    });
    await Promise.race([open.link.write(bytes), gone]);
  }

  private close(number: number): void {
    const open = this.links.get(number);
    if (!open) {
      if (this.opening.has(number)) this.abandoned.add(number);
      return;
    }
    this.links.delete(number);
    this.closing.add(open);
    open.link.close();
  }

  private async spool(config: NativePrinterConfig): Promise<SpoolTransport> {
    const driver = await this.driver(config.kind);
    if (!driver.spool) throw new PrinterUnreachable("noPrinter", `${config.kind} has no queues`);
    return driver.spool(config);
  }

  private keep(config: NativePrinterConfig, job: SpoolJob): number {
    this.lastJob += 1;
    this.jobs.set(this.lastJob, { config, job });
    this.jobs.delete(this.lastJob - JOBS_KEPT);
    return this.lastJob;
  }

  private async ofJob<Value>(
    number: number,
    ask: (job: SpoolJob) => Promise<Value>,
  ): Promise<Value> {
    const kept = this.jobs.get(number);
    if (!kept) throw new Error("the job is too old to be asked about");
    return this.alone(kept.config, () => ask(kept.job));
  }

  /** @throws PrinterUnreachable saying why this kind can't be served here. */
  private driver(kind: NativePrinterKind): Promise<NativeDriver> {
    const known = this.drivers.get(kind);
    if (known) return known;
    const load = this.loaders.get(kind);
    const driver = (load ? load() : Promise.reject(new Error("not on this system"))).catch(
      (error: unknown) => {
        this.drivers.delete(kind);
        throw new PrinterUnreachable("unreachable", `no driver: ${messageOf(error)}`);
      },
    );
    this.drivers.set(kind, driver);
    return driver;
  }
}

const TOO_LATE = Symbol("too late");

/** Settles with `work`, or with TOO_LATE when that takes longer. */
async function within<Value>(
  limitMs: number,
  work: Promise<Value>,
): Promise<Value | typeof TOO_LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof TOO_LATE>((resolve) => {
    timer = setTimeout(() => resolve(TOO_LATE), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Without the rest of the buffer a view may stand on. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
