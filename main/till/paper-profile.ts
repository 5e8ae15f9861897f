import { columnsOf } from "../domain/receipt/layout.ts";
import { profileOf, type PaperProfile } from "../printing/escpos/encode.ts";
import type { PrinterStation } from "./printer-station.ts";

/** What this printer can put on paper: as qualified, else what is usual for the width. */
export function paperProfile(station: PrinterStation, widthMm: 58 | 80): PaperProfile {
  const { qualification } = station.memory;
  const usual = profileOf(columnsOf(qualification, widthMm));
  if (!qualification) return usual;
  const { chinese, cutter, drawer } = qualification;
  return { ...usual, chinese, cutter, drawer };
}
