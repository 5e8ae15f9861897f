import type { PrinterUnreachable } from "../../transport.ts";

/** What the till and the thread that holds its network links say to each other. A link has the number the till gave it. */
export type ToTcpThread =
  | { type: "open"; link: number; host: string; port: number; withinMs: number | null }
  | { type: "write"; link: number; write: number; bytes: Uint8Array }
  | { type: "close" | "abort"; link: number };

export type FromTcpThread =
  | { type: "opened"; link: number }
  | {
      type: "refused";
      link: number;
      reason: PrinterUnreachable["reason"];
      message: string;
      isRefused: boolean;
    }
  /** `arrivedMs`: no earlier than this, in the time of `sharedMs`; null: it was not watched. */
  | { type: "data"; link: number; bytes: Uint8Array; arrivedMs: number | null }
  /** Its first bytes have been handed to the system no later than this, in the time of `sharedMs`. */
  | { type: "left"; link: number; write: number; atMs: number }
  | { type: "written"; link: number; write: number; isTaken: boolean }
  | { type: "closed"; link: number };

/** Milliseconds that mean the same moment in every thread of this process. */
export function sharedMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
