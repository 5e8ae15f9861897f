import type { Clock } from "../../clock.ts";
import type { ReceiveBuffer } from "./receive-buffer.ts";
import { SerialLine } from "./serial-line.ts";
import { Session, type SessionDevice } from "./session.ts";
import type { PrinterConnection, Wire } from "./types.ts";

/** A full-speed bulk endpoint's packet (USB 2.0, 5.8.3). */
const USB_PACKET_BYTES = 64;

/** A session over this kind of cable: the printer's end, and what the host gets to hold. */
export function openWire(
  wire: Wire,
  device: SessionDevice,
  clock: Clock,
  buffer: Pick<ReceiveBuffer, "used" | "capacity">,
): { session: Session; connection: PrinterConnection } {
  const { answers = true } = wire;
  if (wire.kind === "serial") {
    const overruns = wire.flow !== "hardware";
    const session = new Session(device, { answers, overruns });
    return { session, connection: new SerialLine(session, { clock, buffer, ...wire }) };
  }
  const packetBytes = wire.kind === "usb" ? (wire.packetBytes ?? USB_PACKET_BYTES) : undefined;
  const session = new Session(device, {
    answers,
    ...(packetBytes === undefined ? {} : { packetBytes }),
  });
  return { session, connection: session };
}
