import type { SettingsWarning } from "../contract/warnings.ts";
import type { FoundPrinter, PrinterConfig } from "../contract/printers.ts";
import type { PrinterRoom } from "./printer-room.ts";
import {
  paperWidthOf,
  stationKey,
  stationWidthMm,
  type PrinterStation,
} from "./printer-station.ts";
import type { TillRoom } from "./room.ts";

/** A clock this far behind the newest entry of the log was set back. */
const CLOCK_BEHIND_MS = 2 * 60_000;
/** How often the system is asked which printers and queues it has. */
const LOOK_EVERY_MS = 10 * 60_000;
/** A roll this short may not last until somebody has time for it. */
const SHORT_ROLL_MM = 3_000;

/**
 * Looks for settings that will cost a receipt, so that they are seen when the shop opens and not
 * when a customer waits. Everything here can be worked out at any moment; nothing is stored.
 */
export class SettingsWatchdog {
  private readonly room: TillRoom;
  private readonly printers: PrinterRoom;
  private found: FoundPrinter[] | null = null;
  private stopTimer: () => void = () => {};

  constructor(room: TillRoom, printers: PrinterRoom) {
    this.room = room;
    this.printers = printers;
  }

  /** Asks the system now and from time to time for the queues that are in use. */
  start(): void {
    this.stopTimer();
    this.stopTimer = this.room.clock.setTimer(LOOK_EVERY_MS, () => this.start());
    const usesSystem = this.printers.all().some(({ config }) => isOfTheSystem(config));
    if (!usesSystem) return;
    this.printers.find().then(
      (found) => {
        this.found = found;
        this.room.changed();
      },
      (error: unknown) => this.room.report("watchdog", error),
    );
  }

  stop(): void {
    this.stopTimer();
  }

  /** What should be put right, most urgent first. */
  warnings(): SettingsWarning[] {
    const { ready, autoPrint } = this.room.settings.get();
    if (!ready) return [];
    const warnings: SettingsWarning[] = [];
    if (this.clockIsBehind()) warnings.push({ code: "clockBehind", slot: null });
    if (!autoPrint) warnings.push({ code: "autoPrintOff", slot: null });
    for (const station of this.printers.all()) warnings.push(...this.ofStation(station));
    return warnings;
  }

  private ofStation(station: PrinterStation): SettingsWarning[] {
    const { slot, config, memory, printer } = station;
    const { widthMm } = this.room.settings.get();
    const codes: SettingsWarning["code"][] = [];
    if (config.kind === "practice" && slot === "receipt") codes.push("practicePrinter");
    const seen = this.found?.find((one) => stationKey(one.config) === stationKey(config));
    if (this.found && !seen && isOfTheSystem(config)) codes.push("noPrinter");
    if (seen?.hint === "paused") codes.push("queuePaused");
    if (seen?.hint === "notAPaperPrinter") codes.push("notAPaperPrinter");
    const { qualification } = memory;
    // Each printer is laid out for by its own width; only the receipt printer's says what the shop set wrong.
    const tried = slot === "receipt" ? qualification : null;
    if (tried && paperWidthOf(tried.columns) !== widthMm) codes.push("wrongWidth");
    if (!qualification && config.kind !== "practice") codes.push("notQualified");
    if (slot === "receipt" && printer.state().paper === "nearEnd") codes.push("paperNearEnd");
    const leftMm = station.roll.leftMm(stationWidthMm(station, widthMm));
    if (leftMm !== null && leftMm < SHORT_ROLL_MM && !codes.includes("paperNearEnd"))
      codes.push("paperNearEnd");
    return codes.map((code) => ({ code, slot }));
  }

  private clockIsBehind(): boolean {
    const newestMs = this.room.log.newestSaleAtMs();
    return newestMs !== null && this.room.clock.nowMs() < newestMs - CLOCK_BEHIND_MS;
  }
}

/** True for printers that the system lists, so that one that is not there can be noticed. */
function isOfTheSystem(config: PrinterConfig): boolean {
  return config.kind !== "practice" && config.kind !== "tcp";
}
