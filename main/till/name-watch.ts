import { nameOf } from "../domain/receipt/basket-lines.ts";
import type { BasketLine } from "../domain/sale.ts";
import { nameCheck } from "../printing/escpos/unprintable.ts";
import { paperProfile } from "./paper-profile.ts";
import type { PrinterRoom } from "./printer-room.ts";
import type { TillRoom } from "./room.ts";

/** Says at the first sale of an article, once until the next start, that its name can't be printed whole. */
export class NameWatch {
  private readonly room: TillRoom;
  private readonly printers: PrinterRoom;
  private readonly looked = new Set<string>();

  constructor(room: TillRoom, printers: PrinterRoom) {
    this.room = room;
    this.printers = printers;
  }

  /** Never holds a sale up: what is found is told later, and what goes wrong is an incident. */
  sold(lines: readonly BasketLine[]): void {
    const { receiptLocale, widthMm } = this.room.settings.get();
    const names = lines.map((line) => nameOf(line, receiptLocale));
    const fresh = names.filter((name) => name !== "" && !this.looked.has(name));
    if (fresh.length === 0) return;
    for (const name of fresh) this.looked.add(name);
    const { chinese } = paperProfile(this.printers.receipt, widthMm);
    void this.look(fresh, chinese).catch((error: unknown) => this.room.report("fonts", error));
  }

  private async look(names: readonly string[], chinese: "font" | "raster"): Promise<void> {
    const check = await nameCheck(names, chinese);
    for (const name of names) {
      const found = check(name);
      if (found === null) continue;
      this.room.shell.tell("unprintableName", { article: { name, printed: found.printed } });
      // The line on screen has room for one; the next is told at its next sale.
      for (const other of names) if (other !== name) this.looked.delete(other);
      return;
    }
  }
}
