import type { Slip } from "../../main/printing/virtual-printer/index.ts";

/** One receipt as somebody who picks the paper up would read it. */
export interface ReceiptOnPaper {
  saleId: number;
  /** Carries a copy or replacement mark at its head. */
  marked: boolean;
  /** Its last line is there. */
  whole: boolean;
  /** The total as printed, in minor units; null when the line is missing. */
  totalMinor: number | null;
  /** Every row from its number to its last one. */
  rows: string[];
}

/** Every receipt on the newest slips of each printer. */
export function readRecent(
  stations: readonly { device: { paper: { slips(): Slip[] } } }[],
  slips: number,
): ReceiptOnPaper[] {
  return stations.flatMap(({ device }) => readReceipts(device.paper.slips().slice(-slips)));
}

/** Reads every receipt off the paper, in order, knowing only what stands on it. */
export function readReceipts(slips: readonly Slip[]): ReceiptOnPaper[] {
  const found: ReceiptOnPaper[] = [];
  let current: ReceiptOnPaper | null = null;
  for (const slip of slips) {
    // A mark belongs to what stands on the same piece of paper.
    let marked = false;
    for (const line of slip.text().split("\n")) {
      const text = line.trim();
      // The line under the mark at the head; the mark at the foot has none.
      if (text.startsWith("补打时间")) marked = true;
      const head = /^单号 (\d+)\b/.exec(text);
      if (head) {
        current = { saleId: Number(head[1]), marked, whole: false, totalMinor: null, rows: [] };
        found.push(current);
        marked = false;
      }
      current?.rows.push(text);
      const total = /^(?:合计|应收)\s+￥(\d+)\.(\d\d)$/.exec(text);
      if (total && current) current.totalMinor = Number(`${total[1]}${total[2]}`);
      const end = /^- (\d+) 小票完 -$/.exec(text);
      if (end && current && Number(end[1]) === current.saleId) {
        current.whole = true;
        current = null;
      }
    }
  }
  return found;
}
