import type { Fault, Wire } from "../../main/printing/virtual-printer/index.ts";

/**
 * The ways a till of the soak prints. `tcp` is real TCP; `sensor` the same to a printer without ids, whose proof is
 * `GS r 1`; `usb` and `usbprint` are the till's own drivers over
 * fakes of what lies below them; `serial` and `oneway` a slow line with and without a way back; `spool` a
 * queue of the system; `cups` the till's own driver over fakes of the commands.
 */
export const BEHAVIOURS = [
  "tcp",
  "sensor",
  "usb",
  "usbprint",
  "serial",
  "oneway",
  "spool",
  "cups",
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

export const BAUD_RATE = 38_400;

export function wireOf(behaviour: Behaviour): Wire {
  switch (behaviour) {
    case "tcp":
    case "sensor":
      return { kind: "direct" };
    case "serial":
      return { kind: "serial", baudRate: BAUD_RATE, flow: "hardware" };
    case "oneway":
      return { kind: "serial", baudRate: BAUD_RATE, flow: "hardware", answers: false };
    case "usb":
    case "usbprint":
      // The fakes make packets of their own.
      return { kind: "direct" };
    case "spool":
    case "cups":
      return { kind: "usb" };
  }
}

/** What a printer of this kind is like, whatever else happens to it. */
export function traitsOf(behaviour: Behaviour): readonly Fault[] {
  return behaviour === "sensor" ? [{ kind: "noIds" }] : [];
}

/** Sending takes a good part of the time the paper does. */
export function isSlowLine(behaviour: Behaviour): boolean {
  return behaviour === "serial" || behaviour === "oneway";
}
