import type { Clock } from "../../clock.ts";
import type { ReportIncident } from "../../contract/dispatch.ts";
import type { FoundPrinter } from "../../contract/printers.ts";
import { PrinterUnreachable, type PrinterTransport, type WireTransport } from "../transport.ts";
import type { NativePrinterKind } from "./driver.ts";
import { findPrinters } from "./finder.ts";
import { HostConnection } from "./host-connection.ts";
import type { PrinterHostGone } from "./host-error.ts";
import type { NativePrinterConfig, NativePrinters } from "./native-printers.ts";
import type { SpawnPrinterHost } from "./printer-host-process.ts";
import { RemoteSpool, type SpoolConfig } from "./remote-spool.ts";

/** First pause after a host ended by itself; it doubles with every end that follows. */
const RESTART_AFTER_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** One that lived this long did not end because of how it was started. */
const STEADY_AFTER_MS = 60_000;
const WHERE = "printer host";

/** The host of one kind of printer, and when it may be started again. */
interface KindHost {
  current: HostConnection | null;
  /** Ends in a row, none of them far apart. */
  ends: number;
  restartAtMs: number;
}

export interface NativeHostClientOptions {
  spawn: SpawnPrinterHost;
  /** The computer's own: the host lives in real time. */
  clock: Clock;
  report: ReportIncident;
}

/**
 * The way to printers that need native code, all of it in other processes: one host for each kind of
 * printer, so that a driver that crashes costs the printers of its own kind only. A host is started
 * when it is first needed and again after it ended, with a pause that grows as long as it keeps ending.
 */
export class NativeHostClient implements NativePrinters {
  private readonly options: NativeHostClientOptions;
  private readonly hosts = new Map<NativePrinterKind, KindHost>();
  private readonly finders = new Set<HostConnection>();
  private finding: Promise<FoundPrinter[]> | null = null;
  private readonly told = new Set<string>();
  private isClosed = false;

  constructor(options: NativeHostClientOptions) {
    this.options = options;
  }

  transport(config: NativePrinterConfig): PrinterTransport {
    if (config.kind === "cups" || config.kind === "spooler")
      return new RemoteSpool(config, () => this.host(config.kind));
    return this.wire(config);
  }

  /** Two who look at the same time share what is found. */
  find(): Promise<FoundPrinter[]> {
    if (this.isClosed) return Promise.resolve([]);
    this.finding ??= findPrinters(
      () => this.findHost(),
      (error) => this.problem(error),
    ).finally(() => {
      this.finding = null;
    });
    return this.finding;
  }

  close(): void {
    this.isClosed = true;
    for (const { current } of this.hosts.values()) current?.close();
    for (const finder of this.finders) finder.close();
  }

  private wire(config: Exclude<NativePrinterConfig, SpoolConfig>): WireTransport {
    return {
      path: "wire",
      kind: config.kind,
      address: addressOf(config),
      // A host that can't be had rejects, as everything else that goes wrong here does.
      open: async () => this.host(config.kind).open(config),
    };
  }

  /** @throws PrinterUnreachable while it is not tried again. */
  private host(kind: NativePrinterKind): HostConnection {
    const host = this.hosts.get(kind) ?? { current: null, ends: 0, restartAtMs: -Infinity };
    this.hosts.set(kind, host);
    if (host.current) return host.current;
    if (this.isClosed) throw new PrinterUnreachable("unreachable", "the till is closing");
    const startedMs = this.options.clock.monotonicMs();
    if (startedMs < host.restartAtMs) {
      const waitMs = Math.ceil(host.restartAtMs - startedMs);
      throw new PrinterUnreachable("unreachable", `the printer host ended; back in ${waitMs} ms`);
    }
    host.current = this.connect((why) => {
      host.current = null;
      if (why) this.ended(host, why, startedMs);
    });
    return host.current;
  }

  private ended(host: KindHost, why: PrinterHostGone, startedMs: number): void {
    this.options.report(WHERE, why);
    // One that was given up for a single printer's sake is no host that keeps ending.
    if (why.isLateAnswer) return;
    const nowMs = this.options.clock.monotonicMs();
    if (nowMs - startedMs >= STEADY_AFTER_MS) host.ends = 0;
    host.restartAtMs = nowMs + Math.min(LONGEST_PAUSE_MS, RESTART_AFTER_MS * 2 ** host.ends);
    host.ends += 1;
  }

  private findHost() {
    const connection = this.connect(() => this.finders.delete(connection));
    this.finders.add(connection);
    return { connection, close: () => connection.close() };
  }

  private connect(ended: (why: PrinterHostGone | null) => void): HostConnection {
    const { spawn, clock } = this.options;
    return new HostConnection({ spawn, clock, problem: (error) => this.problem(error), ended });
  }

  /** Once each: a driver that can't be loaded can't be loaded at the next look either. */
  private problem(error: Error): void {
    if (this.isClosed || this.told.has(error.message)) return;
    this.told.add(error.message);
    this.options.report(WHERE, error);
  }
}

function addressOf(config: Exclude<NativePrinterConfig, SpoolConfig>): string {
  switch (config.kind) {
    case "usb":
      return config.name || `${hex(config.vendorId)}:${hex(config.productId)}`;
    case "usbprint":
      return config.name || config.path;
    case "lp":
    case "serial":
      return config.path;
  }
}

function hex(id: number): string {
  return id.toString(16).padStart(4, "0");
}
