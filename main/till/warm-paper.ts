import { warmUp } from "../printing/escpos/warm-up.ts";
import { paperProfile } from "./paper-profile.ts";
import type { PrinterRoom } from "./printer-room.ts";
import type { TillRoom } from "./room.ts";

/** Drawing begins when nobody is selling yet. */
const AFTER_MS = 2_500;

/**
 * Draws beforehand what this shop's receipts will need drawn, so that no customer waits for fonts
 * to be read. Does so again when what is printed may have changed.
 */
export class WarmPaper {
  private readonly room: TillRoom;
  private readonly printers: PrinterRoom;
  private isStopped = false;
  private cancel: () => void = () => {};

  constructor(room: TillRoom, printers: PrinterRoom) {
    this.room = room;
    this.printers = printers;
  }

  /** Some time from now; asked again meanwhile, later. */
  soon(): void {
    this.cancel();
    this.cancel = this.room.clock.setTimer(AFTER_MS, () => {
      const profile = paperProfile(this.printers.receipt, this.room.settings.get().widthMm);
      this.texts()
        .then((texts) => warmUp(profile, texts))
        .catch((error: unknown) => {
          // The books may have been closed while they were read.
          if (!this.isStopped) this.room.report("fonts", error);
        });
    });
  }

  stop(): void {
    this.isStopped = true;
    this.cancel();
  }

  private async texts(): Promise<string[]> {
    const { shop, template, cashiers } = this.room.settings.get();
    const products = await this.room.log.products.allInSlices();
    const goods = products.flatMap(({ nameZh, nameEn }) => [nameZh, nameEn]);
    const { header, returns, notes, qrCaption } = template;
    const own = [shop.name, shop.address, shop.footer, header, returns, notes, qrCaption];
    return [...own, ...cashiers, ...goods];
  }
}
