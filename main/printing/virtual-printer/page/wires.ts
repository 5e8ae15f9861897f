import type { Wire } from "../types.ts";

/** The cables the page and the command line offer, by the name they are chosen with. */
export const WIRES = {
  lan: { kind: "direct" },
  usb: { kind: "usb" },
  usbOneWay: { kind: "usb", answers: false },
  serial: { kind: "serial", baudRate: 9600, flow: "hardware" },
  serialFast: { kind: "serial", baudRate: 115_200, flow: "hardware" },
  serialXon: { kind: "serial", baudRate: 9600, flow: "software" },
  serialNoFlow: { kind: "serial", baudRate: 9600, flow: "none" },
  serialOneWay: { kind: "serial", baudRate: 9600, flow: "hardware", answers: false },
} as const satisfies Record<string, Wire>;

export type WireName = keyof typeof WIRES;
export const WIRE_NAMES = Object.keys(WIRES) as [WireName, ...WireName[]];

/** The name of a wire; undefined for one that is not on offer. */
export function wireName(wire: Wire): WireName | undefined {
  const key = (one: Wire) =>
    JSON.stringify([
      one.kind,
      one.answers ?? true,
      one.kind === "serial" && [one.baudRate, one.flow],
    ]);
  return WIRE_NAMES.find((name) => key(WIRES[name]) === key(wire));
}
