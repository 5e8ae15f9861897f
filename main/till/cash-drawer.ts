import { drawerPulse, realTimeDrawerPulse } from "../printing/escpos/commands.ts";
import { Printer } from "../printing/printer.ts";
import type { PrinterRoom } from "./printer-room.ts";
import type { TillRoom } from "./room.ts";

/**
 * The cash drawer hangs on the receipt printer's connector, and that is all they share: it opens
 * whether or not paper comes.
 */
export class CashDrawer {
  private readonly room: TillRoom;
  private readonly printers: PrinterRoom;

  constructor(room: TillRoom, printers: PrinterRoom) {
    this.room = room;
    this.printers = printers;
  }

  /** Opens it after a cash sale where the printer was found to have one. Never holds the sale up. */
  openForSale(): void {
    const drawer = this.printers.receipt.memory.qualification?.drawer ?? "none";
    if (drawer === "none") return;
    // The cashier has a key for the drawer, and the receipt will say what is wrong with the printer.
    this.open().catch(() => {});
  }

  /** @throws PrinterUnreachable */
  async open(): Promise<void> {
    const { printer, transport, memory } = this.printers.receipt;
    const pin = memory.qualification?.drawer === "pin5" ? "pin5" : "pin2";
    if (!(printer instanceof Printer)) {
      if (transport.path === "spool") await transport.submit("Slipsure", drawerPulse(pin));
      return;
    }
    // A printer that stands still carries out nothing from its buffer, but real-time commands at once.
    const isStopped = printer.state().cause !== null;
    const session = await printer.openSession();
    session
      .write(isStopped ? realTimeDrawerPulse(pin) : drawerPulse(pin))
      .catch((error: unknown) => {
        this.room.report("drawer", error);
      });
  }
}
