import { drawerPulse, realTimeDrawerPulse } from "../printing/escpos/commands.ts";
import { Printer } from "../printing/printer.ts";
import type { DrawerConnector, DrawerOpening } from "../sale-log/event.ts";
import type { PrinterRoom } from "./printer-room.ts";
import { stationName, type PrinterStation } from "./printer-station.ts";
import type { TillRoom } from "./room.ts";

/** One opening that stands in the log and is still to be carried out. */
export interface Opening {
  station: PrinterStation;
  connector: DrawerConnector;
}

interface Why extends Pick<DrawerOpening, "why" | "reason"> {
  by: string;
  /** The sale whose cash opens it. */
  saleId?: number;
}

/**
 * The cash drawer hangs on the receipt printer's connector, and that is all they share: it opens
 * whether or not paper comes. No other part of the till sends the pulse, and none is sent that does not
 * stand in the log with a name.
 */
export class CashDrawer {
  private readonly room: TillRoom;
  private readonly printers: PrinterRoom;

  constructor(room: TillRoom, printers: PrinterRoom) {
    this.room = room;
    this.printers = printers;
  }

  /**
   * Writes down that cash opens it; `carryOut` once that is committed. Inside a transaction.
   * @returns whether the printer was found to have a drawer at all.
   */
  noteCash(saleId: number, by: string): boolean {
    const station = this.printers.receipt;
    if ((station.memory.qualification?.drawer ?? "none") === "none") return false;
    this.note(this.usual(), { why: "cash", reason: "", by, saleId });
    return true;
  }

  /** After `noteCash`. Never holds the sale up. */
  openForSale(): void {
    // The cashier has a key for the drawer, and the receipt will say what is wrong with the printer.
    this.carryOut(this.usual()).catch(() => {});
  }

  /** The receipt printer's drawer, on the wire it was tried out with. */
  usual(): Opening {
    const station = this.printers.receipt;
    const isOnPin5 = station.memory.qualification?.drawer === "pin5";
    return { station, connector: isOnPin5 ? "pin5" : "pin2" };
  }

  /** Writes an opening down with who wanted it and why. Inside a transaction. */
  note({ station, connector }: Opening, { by, saleId, why, reason }: Why): void {
    const { log, clock } = this.room;
    log.append(clock.nowMs(), by, {
      kind: "drawerOpened",
      ref: saleId ?? null,
      body: { v: 2, why, reason, connector, printer: stationName(station) },
    });
  }

  /** Sends the pulse of an opening that is in the log. @throws PrinterUnreachable */
  async carryOut({ station, connector }: Opening): Promise<void> {
    const { printer, transport } = station;
    if (!(printer instanceof Printer)) {
      if (transport.path === "spool") await transport.submit("Slipsure", drawerPulse(connector));
      return;
    }
    // A printer that stands still carries out nothing from its buffer, but real-time commands at once.
    const isStopped = printer.state().cause !== null;
    const session = await printer.openSession();
    session
      .write(isStopped ? realTimeDrawerPulse(connector) : drawerPulse(connector))
      .catch((error: unknown) => {
        this.room.report("drawer", error);
      });
  }
}
