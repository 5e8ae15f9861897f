import type { BackChannel } from "./back-channel.ts";
import type { FaultBoard } from "./fault-board.ts";
import { FenceWatch } from "./fence-watch.ts";
import { RealtimeScanner, type RealtimeCommand } from "./realtime-scanner.ts";
import type { ReceiveBuffer } from "./receive-buffer.ts";
import type { Session } from "./session.ts";

/** Room kept beyond the buffer so that a real-time command gets through to a full printer. */
const REALTIME_RESERVE_BYTES = 16;

/** The interface board: takes bytes off the wire while there is room, and acts on real-time commands. */
export class Reception {
  readonly #buffer: ReceiveBuffer;
  readonly #faults: FaultBoard;
  readonly #backChannel: BackChannel;
  readonly #execute: (command: RealtimeCommand) => void;
  readonly #resetSession: () => void;
  readonly #scanner = new RealtimeScanner();
  readonly #fences = new FenceWatch();

  constructor(o: {
    buffer: ReceiveBuffer;
    faults: FaultBoard;
    backChannel: BackChannel;
    execute: (command: RealtimeCommand) => void;
    resetSession: () => void;
  }) {
    this.#buffer = o.buffer;
    this.#faults = o.faults;
    this.#backChannel = o.backChannel;
    this.#execute = o.execute;
    this.#resetSession = o.resetSession;
  }

  /** A command half received in one session does not go on in the next. */
  newSession(): void {
    this.#scanner.reset();
    this.#fences.reset();
    this.#backChannel.newSession();
  }

  /** Takes what fits. True when at least one byte came in. */
  pump(session: Session): boolean {
    let received = false;
    session.settle();
    for (let byte = session.peek(); byte !== undefined; byte = session.peek()) {
      if (this.#faults.resetDue) {
        this.#resetSession();
        break;
      }
      const deaf = this.#faults.has("deaf");
      const fits = deaf || this.#hasRoom(byte, session.roomNeeded);
      if (!fits && !session.overruns) break;
      session.take();
      received = true;
      if (fits && !deaf) this.#admit(byte);
      this.#faults.countByte();
    }
    if (received && this.#faults.resetDue) this.#resetSession();
    return received;
  }

  #hasRoom(byte: number, needed: number): boolean {
    const { used, capacity } = this.#buffer;
    if (used + needed <= capacity) return true;
    return used + needed <= capacity + REALTIME_RESERVE_BYTES && this.#scanner.fits(byte);
  }

  #admit(byte: number): void {
    this.#buffer.push(byte);
    const found = this.#scanner.accept(byte);
    if (found !== undefined) {
      this.#buffer.releaseLast(found.length);
      this.#execute(found.command);
    }
    const fence = this.#fences.accept(byte);
    if (fence !== undefined) {
      this.#backChannel.arrived({ ...fence, endPosition: this.#buffer.endPosition });
    }
  }
}
