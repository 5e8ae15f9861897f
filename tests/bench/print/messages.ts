/** What the one who measures says to the printer's process, and hears from it. Times: `process.hrtime.bigint`. */

/** Take the time of what comes next. */
export interface ToPrinter {
  type: "arm";
}

export type FromPrinter =
  | { type: "ready"; printerPort: number; sinkPort: number }
  /** `totalMm`: paper moved so far. */
  | { type: "armed"; totalMm: number }
  /** The first bytes of anything, and of a receipt; `bytes`: that chunk, base64. */
  | { type: "receipt"; firstNs: bigint; documentNs: bigint; bytes: string }
  | { type: "bare"; firstNs: bigint };
