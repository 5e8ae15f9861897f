import { systemClock, wait } from "../clock.ts";
import type { PrinterConfig, PrinterSlot, Qualification } from "../contract/printers.ts";
import { createPrinter } from "../printing/create-printer.ts";
import type { NativePrinters } from "../printing/native/native-printers.ts";
import type { PrinterMemory, ReceiptPrinter } from "../printing/receipt-printer.ts";
import type { PrinterTransport } from "../printing/transport.ts";
import { PracticeTransport } from "../printing/transports/practice/practice-transport.ts";
import { TcpTransport } from "../printing/transports/tcp/tcp-transport.ts";
import { ThreadedTcpTransport } from "../printing/transports/tcp/tcp-thread.ts";
import { VirtualPrinter } from "../printing/virtual-printer/index.ts";
import type { FeedHub } from "./feed-hub.ts";
import { PaperRoll } from "./paper-roll.ts";
import { readStationMemory, stationKey, type PrinterStation } from "./printer-station.ts";
import { afterCommit, type TillRoom } from "./room.ts";

/** Slips a practice printer keeps before its oldest paper is thrown away. */
const PRACTICE_SLIPS = 300;

/** Longest wait for a receipt under way when another printer is chosen. */
const CHANGING_MS = 5_000;

/** Who wants to know what the printers can't settle alone. */
export interface StationNews {
  /** It could not print and can again. */
  recovered: (slot: PrinterSlot) => void;
  /** Another printer took its place, or it is gone. */
  replaced: (slot: PrinterSlot) => void;
}

interface Ways {
  hub: FeedHub;
  /** Used instead of the receipt printer of the settings. */
  override: PrinterConfig | null;
  native: NativePrinters;
}

/** The printers in use: made from the settings, made anew when those change. */
export class PrinterRoom {
  private readonly room: TillRoom;
  private readonly ways: Ways;
  private readonly told: StationNews;
  private practicePrinter: VirtualPrinter | null = null;
  private stations: Record<PrinterSlot, PrinterStation | null> = { receipt: null, backup: null };

  constructor(room: TillRoom, ways: Ways, told: StationNews) {
    this.room = room;
    this.ways = ways;
    this.told = told;
    for (const slot of ["receipt", "backup"] as const) this.stations[slot] = this.make(slot);
  }

  /** The printer every receipt goes to first. */
  get receipt(): PrinterStation {
    const station = this.stations.receipt;
    if (!station) throw new Error("no receipt printer");
    return station;
  }

  get backup(): PrinterStation | null {
    return this.stations.backup;
  }

  at(slot: PrinterSlot): PrinterStation | null {
    return this.stations[slot];
  }

  /** Both, the receipt printer first. */
  all(): PrinterStation[] {
    return [this.stations.receipt, this.stations.backup].filter((station) => station !== null);
  }

  /** The printer that has this receipt under way. */
  holding(saleId: number): PrinterStation | null {
    const holds = ({ printer }: PrinterStation) => printer.state().current?.label.saleId === saleId;
    return this.all().find(holds) ?? null;
  }

  get practice(): VirtualPrinter | null {
    return this.receipt.config.kind === "practice" ? this.practicePrinter : null;
  }

  /** What else could be chosen. */
  find(): ReturnType<NativePrinters["find"]> {
    return this.ways.native.find();
  }

  remember(slot: PrinterSlot, memory: PrinterMemory): void {
    const station = this.stations[slot];
    if (!station) return;
    Object.assign(station.memory, memory);
    this.keep(station);
  }

  qualify(slot: PrinterSlot, qualification: Qualification): void {
    const station = this.stations[slot];
    if (!station) return;
    station.memory.qualification = qualification;
    this.keep(station);
  }

  /** A person says that there is a new roll in it. */
  rollChanged(slot: PrinterSlot): void {
    const station = this.stations[slot];
    if (!station) return;
    station.roll.changed(this.room.clock.nowMs());
    this.keep(station);
  }

  /**
   * Settings changed: an old printer is left alone, whatever it still holds is asked about. A
   * stopped one is not waited for; it may be the reason for the change.
   */
  async renew(slots: readonly PrinterSlot[] = ["receipt", "backup"]): Promise<void> {
    for (const slot of slots) {
      const old = this.stations[slot];
      if (old?.printer.state().state === "printing")
        await Promise.race([old.printer.settled(), wait(this.room.clock, CHANGING_MS)]);
      old?.printer.close();
    }
    // Only now: two printers may change places, and what is known of each is kept by the one that ends.
    for (const slot of slots) this.stations[slot] = this.make(slot);
    for (const slot of slots) this.told.replaced(slot);
    this.room.changed();
  }

  /** Resolves when no printer has anything under way, but not later than `withinMs`. */
  async settled(withinMs: number): Promise<void> {
    const busy = this.all().filter(({ printer }) => printer.state().state === "printing");
    const settled = Promise.all(busy.map(({ printer }) => printer.settled()));
    if (busy.length > 0) await Promise.race([settled, wait(this.room.clock, withinMs)]);
  }

  /** The computer was asleep: each is looked at now, not at its next turn. */
  wake(): void {
    for (const { printer } of this.all()) printer.wake();
  }

  close(): void {
    for (const { printer } of this.all()) printer.close();
    this.ways.native.close();
  }

  private keep(station: PrinterStation): void {
    this.room.log.keep(stationKey(station.config), JSON.stringify(station.memory));
    this.room.changed();
  }

  private make(slot: PrinterSlot): PrinterStation | null {
    const { printer: first, backupPrinter } = this.room.settings.get();
    const config = slot === "backup" ? backupPrinter : (this.ways.override ?? first);
    if (!config) return null;
    const memory = readStationMemory(this.room.log.kept(stationKey(config)));
    const transport = this.transport(config);
    const roll = new PaperRoll(memory.roll);
    const base = { slot, config, transport, memory, roll };
    const station: PrinterStation = { ...base, printer: this.printer(base) };
    return station;
  }

  private printer(base: Omit<PrinterStation, "printer">): ReceiptPrinter {
    const { slot, transport, memory, roll } = base;
    const { room } = this;
    const keep = () => {
      const station = this.stations[slot];
      if (station?.memory === memory) this.keep(station);
    };
    // Called from the middle of printing: how much is on the roll must not stop the paper.
    const keepRoll = () => afterCommit(room, "printing", keep);
    const printer: ReceiptPrinter = createPrinter({
      transport,
      clock: room.clock,
      memory,
      remember: keep,
      changed: () => {
        if (roll.observe(printer.state().paper, room.clock.nowMs())) keepRoll();
        room.changed();
      },
      recovered: () => this.told.recovered(slot),
      incident: (error) => room.report("printing", error),
      paperUsed: (paperMm) => {
        if (roll.used(paperMm)) keepRoll();
      },
    });
    return printer;
  }

  private transport(config: PrinterConfig): PrinterTransport {
    const { widthMm } = this.room.settings.get();
    switch (config.kind) {
      case "practice":
        return new PracticeTransport(this.practiceOf(widthMm));
      case "tcp":
        // The thread lives in the computer's own time; a till under another clock reads by itself.
        return this.room.clock === systemClock
          ? new ThreadedTcpTransport(config.host, config.port)
          : new TcpTransport(config.host, config.port, this.room.clock);
      default:
        return this.ways.native.transport(config);
    }
  }

  private practiceOf(widthMm: 58 | 80): VirtualPrinter {
    if (this.practicePrinter?.state().widthMm === widthMm) return this.practicePrinter;
    const printer = new VirtualPrinter({ clock: this.room.clock, widthMm, speedMmPerS: 150 });
    printer.on((event) => {
      if (event.kind === "state") this.room.changed();
      if (event.kind !== "line" && event.kind !== "cut") return;
      const slips = printer.paper.slips().length;
      if (event.kind === "cut" && slips > PRACTICE_SLIPS) printer.paper.clear();
      this.ways.hub.send("paper", { slips, totalMm: printer.paper.totalMm });
    });
    this.practicePrinter = printer;
    return printer;
  }
}
