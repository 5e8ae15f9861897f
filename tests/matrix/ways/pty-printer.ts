import { rmSync, symlinkSync } from "node:fs";
import type {
  PrinterConnection,
  VirtualPrinter,
} from "../../../main/printing/virtual-printer/index.ts";
import { openPty, type Pty } from "../../unit/support/pty.ts";

/** A printer at the far end of a pseudo terminal, under a name that stays the same whichever terminal it is. */
export interface PtyPrinter {
  path: string;
  /** What comes from the program is lost, and so is what the printer says; nobody hears of it. */
  cut: () => void;
  mend: () => void;
  /** The device file is gone, with everybody who has it open. */
  vanish: () => void;
  appear: () => void;
}

/** What lies on the wire when it is cut goes no further. */
const PIECE_BYTES = 32;

/** @param path where the device file is to be; it is a link to whatever terminal stands behind it */
export function ptyPrinter(path: string, device: VirtualPrinter): PtyPrinter {
  let served: ServedPty | null = null;
  let isCut = false;
  const appear = () => {
    if (served) return;
    const pty = openPty();
    rmSync(path, { force: true });
    symlinkSync(pty.path, path);
    served = new ServedPty(pty, device, () => isCut);
  };
  appear();
  return {
    path,
    cut: () => {
      isCut = true;
    },
    mend: () => {
      isCut = false;
    },
    vanish: () => {
      rmSync(path, { force: true });
      served?.hangUp();
      served = null;
    },
    appear,
  };
}

/** Passes on as fast as the printer takes it. A printer without power hears nothing; one that is back listens again. */
class ServedPty {
  private readonly pty: Pty;
  private readonly device: VirtualPrinter;
  private readonly isCut: () => boolean;
  private connection: PrinterConnection | null = null;
  private isUp = true;

  constructor(pty: Pty, device: VirtualPrinter, isCut: () => boolean) {
    this.pty = pty;
    this.device = device;
    this.isCut = isCut;
    void this.passOn();
  }

  hangUp(): void {
    this.isUp = false;
    this.connection?.close();
    this.pty.hangUp();
  }

  private async passOn(): Promise<void> {
    try {
      for await (const chunk of this.pty.master)
        if (chunk instanceof Uint8Array) await this.passPieces(chunk);
    } catch {
      // hung up
    }
    this.hangUp();
  }

  private async passPieces(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      if (!this.isUp || this.isCut()) continue;
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      // A printer that loses power while it takes them loses them.
      await this.connect()
        ?.write(piece)
        .catch(() => {});
    }
  }

  /** null: it has no power. */
  private connect(): PrinterConnection | null {
    if (this.connection) return this.connection;
    try {
      const connection = this.device.connect();
      this.connection = connection;
      connection.onData((bytes) => {
        if (this.isUp && !this.isCut()) this.pty.master.write(bytes);
      });
      connection.onClose(() => {
        if (this.connection === connection) this.connection = null;
      });
      return connection;
    } catch {
      return null;
    }
  }
}
