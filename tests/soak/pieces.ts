import { readReceipts } from "./paper-reader.ts";
import type { Station } from "./station.ts";

/** Pieces of paper as customers take them: each has receipts of one sale, or it is somebody else's, too. */
export class Pieces {
  private readonly station: Station;
  /** Pieces that a printer without a cutter left in one. */
  private readonly uncut = new Set<number>();

  constructor(station: Station) {
    this.station = station;
    const { device } = station;
    device.on((event) => {
      const isWithout = device.faults.noCutter !== undefined;
      const isEnding = event.kind === "fault" && event.fault === "noCutter";
      const hanging = device.paper.slips().at(-1);
      if (hanging && !hanging.cut && (isWithout || isEnding)) this.uncut.add(hanging.id);
    });
  }

  /** Those with receipts of several sales, by what stands on them. */
  shared(): { saleIds: number[]; text: string }[] {
    return this.station.device.paper
      .slips()
      .filter(({ id }) => !this.uncut.has(id))
      .map((slip) => ({
        saleIds: [...new Set(readReceipts([slip]).map(({ saleId }) => saleId))],
        text: slip.text(),
      }))
      .filter(({ saleIds }) => saleIds.length > 1);
  }
}
