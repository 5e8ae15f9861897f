/**
 * What a printer says back, told apart by the fixed bits of each answer.
 * Source: Epson TM-T88III specification, appendix G, and Epson's ESC/POS reference, GS ( H.
 */
export type PrinterReply =
  /** Answer to DLE EOT n; which n only the asker knows, so one is asked at a time. */
  | { type: "status"; byte: number }
  /** Automatic status: 4 bytes, sent at every change. */
  | { type: "automatic"; bytes: readonly [number, number, number, number] }
  /** GS ( H fn 48: everything before the id is on paper. */
  | { type: "id"; id: string }
  /** GS r 1: paper sensors, sent when the printer got that far in its buffer. */
  | { type: "paperSensor"; byte: number }
  /** GS I 65-67: what the printer calls itself. */
  | { type: "about"; text: string }
  /** DLE DC4 fn 8: the buffers are empty. */
  | { type: "cleared" }
  /** A byte that is no answer to anything. */
  | { type: "noise"; byte: number };

/** Longer than any answer we ask for; what is longer is noise. */
const LONGEST_BLOCK = 80;

/** Cuts the stream of a printer into replies, across packets of any size. */
export class ReplyReader {
  private block: number[] | null = null;
  private automatic: number[] | null = null;

  /** Takes the next bytes and returns the replies they complete, in order. */
  push(bytes: Uint8Array): PrinterReply[] {
    const replies: PrinterReply[] = [];
    for (const byte of bytes) {
      const reply = this.take(byte);
      if (reply) replies.push(reply);
    }
    return replies;
  }

  private take(byte: number): PrinterReply | null {
    if (this.block) return this.takeBlock(this.block, byte);
    if (this.automatic) {
      if ((byte & 0x90) === 0) return this.takeAutomatic(this.automatic, byte);
      this.automatic = null; // cut short: read this byte afresh
    }
    // XON and XOFF may stand anywhere on a serial line.
    if (byte === 0x11 || byte === 0x13) return null;
    if (byte === 0x37 || byte === 0x3d || byte === 0x5f) {
      this.block = [byte];
      return null;
    }
    if ((byte & 0x93) === 0x12) return { type: "status", byte };
    if ((byte & 0x93) === 0x10) {
      this.automatic = [byte];
      return null;
    }
    return (byte & 0x90) === 0 ? { type: "paperSensor", byte } : { type: "noise", byte };
  }

  private takeBlock(block: number[], byte: number): PrinterReply | null {
    if (byte !== 0) {
      // What is too long is dropped up to its end: byte by byte it would look like sensor answers.
      if (block.length <= LONGEST_BLOCK) block.push(byte);
      return null;
    }
    this.block = null;
    const [head, kind, ...rest] = block;
    if (head === 0x37 && kind === 0x22 && rest.length === 4)
      return { type: "id", id: String.fromCharCode(...rest) };
    if (head === 0x5f)
      return { type: "about", text: Buffer.from(block.slice(1)).toString("latin1") };
    if (head === 0x37 && kind === 0x25) return { type: "cleared" };
    return null;
  }

  private takeAutomatic(automatic: number[], byte: number): PrinterReply | null {
    automatic.push(byte);
    const [first, second, third, fourth] = automatic;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined)
      return null;
    this.automatic = null;
    return { type: "automatic", bytes: [first, second, third, fourth] };
  }
}
