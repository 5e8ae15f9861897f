import { wait } from "../clock.ts";
import type { PrinterConfig } from "../contract/values.ts";
import { Printer, type PrinterMemory } from "../printing/printer.ts";
import type { PrinterTransport } from "../printing/transport.ts";
import { PracticeTransport } from "../printing/transports/practice/practice-transport.ts";
import { TcpTransport } from "../printing/transports/tcp/tcp-transport.ts";
import { VirtualPrinter } from "../printing/virtual-printer/index.ts";
import type { FeedHub } from "./feed-hub.ts";
import type { TillRoom } from "./room.ts";

/** Slips a practice printer keeps before its oldest paper is thrown away. */
const PRACTICE_SLIPS = 300;

/** Longest wait for a receipt under way when another printer is chosen. */
const CHANGING_MS = 5_000;

/** Who wants to know what the printer can't settle alone. */
export interface PrinterNews {
  /** It could not print and can again. */
  recovered: () => void;
  /** Another printer took its place. */
  replaced: () => void;
}

/** The printer in use: made from the settings, made anew when they change. */
export class PrinterRoom {
  private readonly room: TillRoom;
  private readonly hub: FeedHub;
  private readonly override: PrinterConfig | null;
  private readonly told: PrinterNews;
  private practicePrinter: VirtualPrinter | null = null;
  private key = "";
  private now: { printer: Printer; memory: PrinterMemory; transport: PrinterTransport };

  constructor(room: TillRoom, hub: FeedHub, override: PrinterConfig | null, told: PrinterNews) {
    this.room = room;
    this.hub = hub;
    this.override = override;
    this.told = told;
    this.now = this.make();
  }

  get printer(): Printer {
    return this.now.printer;
  }

  get memory(): PrinterMemory {
    return this.now.memory;
  }

  get transport(): PrinterTransport {
    return this.now.transport;
  }

  get practice(): VirtualPrinter | null {
    return this.now.transport.kind === "practice" ? this.practicePrinter : null;
  }

  /** How a person would name it in the paper trail. */
  name(): string {
    return this.transport.address ?? "practice";
  }

  remember(memory: PrinterMemory): void {
    Object.assign(this.now.memory, memory);
    this.room.log.keep(this.key, JSON.stringify(memory));
    this.room.changed();
  }

  /**
   * Settings changed: the old printer is left alone, whatever it still holds is asked about. A
   * stopped one is not waited for; it may be the reason for the change.
   */
  async renew(): Promise<void> {
    const { printer } = this.now;
    if (printer.state().state === "printing")
      await Promise.race([printer.settled(), wait(this.room.clock, CHANGING_MS)]);
    printer.close();
    this.now = this.make();
    this.told.replaced();
    this.room.changed();
  }

  close(): void {
    this.now.printer.close();
  }

  private make() {
    const { widthMm, printer: configured } = this.room.settings.get();
    const config = this.override ?? configured;
    this.key = config.kind === "tcp" ? `printer:${config.host}:${config.port}` : "printer:practice";
    const transport =
      config.kind === "tcp"
        ? new TcpTransport(config.host, config.port, this.room.clock)
        : new PracticeTransport(this.practiceOf(widthMm));
    const memory = this.memoryOf(this.key);
    const printer = new Printer({
      transport,
      clock: this.room.clock,
      memory,
      remember: (value) => this.remember(value),
      changed: this.room.changed,
      recovered: this.told.recovered,
      incident: (error) => this.room.report("printing", error),
    });
    return { printer, memory, transport };
  }

  private practiceOf(widthMm: 58 | 80): VirtualPrinter {
    if (this.practicePrinter?.state().widthMm === widthMm) return this.practicePrinter;
    const printer = new VirtualPrinter({ clock: this.room.clock, widthMm, speedMmPerS: 150 });
    printer.on((event) => {
      if (event.kind === "state") this.room.changed();
      if (event.kind !== "line" && event.kind !== "cut") return;
      const slips = printer.paper.slips().length;
      if (event.kind === "cut" && slips > PRACTICE_SLIPS) printer.paper.clear();
      this.hub.send("paper", { slips, totalMm: printer.paper.totalMm });
    });
    this.practicePrinter = printer;
    return printer;
  }

  private memoryOf(key: string): PrinterMemory {
    const kept = this.room.log.kept(key);
    return kept === null ? { answers: false, fence: null } : (JSON.parse(kept) as PrinterMemory);
  }
}
