import type { Clock } from "../../clock.ts";
import type { ReportIncident } from "../../contract/dispatch.ts";
import type { FoundPrinter } from "../../contract/printers.ts";
import { PrinterUnreachable, type PrinterTransport, type WireTransport } from "../transport.ts";
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

export interface NativeHostClientOptions {
  spawn: SpawnPrinterHost;
  /** The computer's own: the host lives in real time. */
  clock: Clock;
  report: ReportIncident;
}

/**
 * The way to printers that need native code, all of it in another process. The host is started when
 * it is first needed and again after it ended, with a pause that grows as long as it keeps ending.
 */
export class NativeHostClient implements NativePrinters {
  private readonly options: NativeHostClientOptions;
  private current: HostConnection | null = null;
  private readonly finders = new Set<HostConnection>();
  private finding: Promise<FoundPrinter[]> | null = null;
  /** Ends in a row, none of them far apart. */
  private ends = 0;
  private restartAtMs = -Infinity;
  private readonly told = new Set<string>();
  private isClosed = false;

  constructor(options: NativeHostClientOptions) {
    this.options = options;
  }

  transport(config: NativePrinterConfig): PrinterTransport {
    if (config.kind === "cups" || config.kind === "spooler")
      return new RemoteSpool(config, () => this.host());
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
    this.current?.close();
    for (const finder of this.finders) finder.close();
  }

  private wire(config: Exclude<NativePrinterConfig, SpoolConfig>): WireTransport {
    return {
      path: "wire",
      kind: config.kind,
      address: addressOf(config),
      // A host that can't be had rejects, as everything else that goes wrong here does.
      open: async () => this.host().open(config),
    };
  }

  /** @throws PrinterUnreachable while it is not tried again. */
  private host(): HostConnection {
    if (this.current) return this.current;
    if (this.isClosed) throw new PrinterUnreachable("unreachable", "the till is closing");
    const startedMs = this.options.clock.monotonicMs();
    if (startedMs < this.restartAtMs) {
      const waitMs = Math.ceil(this.restartAtMs - startedMs);
      throw new PrinterUnreachable("unreachable", `the printer host ended; back in ${waitMs} ms`);
    }
    const host = this.connect((why) => {
      this.current = null;
      if (why) this.ended(why, startedMs);
    });
    this.current = host;
    return host;
  }

  private ended(why: PrinterHostGone, startedMs: number): void {
    const nowMs = this.options.clock.monotonicMs();
    if (nowMs - startedMs >= STEADY_AFTER_MS) this.ends = 0;
    this.restartAtMs = nowMs + Math.min(LONGEST_PAUSE_MS, RESTART_AFTER_MS * 2 ** this.ends);
    this.ends += 1;
    this.options.report(WHERE, why);
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
