import type { FoundPrinter } from "../../../contract/printers.ts";

/** What is known of a serial port without opening it. */
export interface PortFacts {
  /** /dev/ttyUSB0 or COM3. */
  path: string;
  /** As its maker or the system calls it; null when neither does. */
  name: string | null;
  /**
   * `uart`: a socket of the PC. `adapter`: USB, with a real serial wire behind it. `usb`: a printer
   * that only looks like a port. `bluetooth`: a paired one.
   */
  wire: "uart" | "adapter" | "usb" | "bluetooth";
  /** This user may not open it. */
  isDenied: boolean;
}

/** The slowest rate printers are shipped with; it means nothing where no serial wire is. */
const BAUD_RATE = 9_600;

/**
 * The port as a printer to choose. Where a real wire is, it starts with handshake: without one, a
 * printer whose buffer is full loses lines and still answers what stands behind them.
 */
export function asPrinter({ path, name, wire, isDenied }: PortFacts): FoundPrinter {
  const flow = wire === "uart" || wire === "adapter" ? "hardware" : "none";
  const label = wire === "bluetooth" ? "Bluetooth" : name;
  return {
    config: { kind: "serial", path, baudRate: BAUD_RATE, flow },
    name: wire === "bluetooth" && name !== null ? name : (label ?? path),
    detail: path,
    hint: isDenied ? "noPermission" : null,
  };
}
