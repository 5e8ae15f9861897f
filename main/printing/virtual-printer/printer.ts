import { wait, type Clock } from "../../clock.ts";
import { BackChannel } from "./back-channel.ts";
import { FaultBoard, type MovementFaultKind } from "./fault-board.ts";
import { Hardware } from "./hardware.ts";
import { Interpreter } from "./interpreter.ts";
import { PaperPath } from "./paper-path.ts";
import { PrintEngine } from "./print-engine.ts";
import { DEFAULT_LINE_SPACING_MM } from "./print-settings.ts";
import type { RealtimeCommand } from "./realtime-scanner.ts";
import { ReceiveBuffer } from "./receive-buffer.ts";
import { Reception } from "./reception.ts";
import { openWire } from "./open-wire.ts";
import { Session } from "./session.ts";
import {
  PrinterConnectionError,
  printWidthDots,
  type Fault,
  type FaultKind,
  type FaultSwitches,
  type Paper,
  type PrinterConnection,
  type PrinterStateSnapshot,
  type UnknownCommand,
  type VirtualPrinterEvent,
  type VirtualPrinterOptions,
  type Wire,
} from "./types.ts";

const FULL_ROLL_MM = 60_000;
/** Enough to find out what went wrong; noise on the line can hold any number of them. */
const MOST_UNKNOWN = 1_000;

/**
 * A receipt printer without the hardware: takes ESC/POS, moves paper in the clock's time, answers like the
 * real thing, and fails in the ways real ones fail.
 */
export class VirtualPrinter {
  readonly widthMm: 58 | 80;
  readonly #clock: Clock;
  readonly #speedMmPerS: number;
  readonly #buffer: ReceiveBuffer;
  readonly #hardware: Hardware;
  readonly #faults = new FaultBoard();
  readonly #path = new PaperPath();
  readonly #backChannel: BackChannel;
  readonly #reception: Reception;
  readonly #engine: PrintEngine;
  readonly #interpreter: Interpreter;
  readonly #listeners = new Set<(event: VirtualPrinterEvent) => void>();
  readonly #unknown: UnknownCommand[] = [];
  #session: Session | undefined;
  #wire: Wire;
  #cancelPowerOn: (() => void) | undefined;
  #lastStateKey: string;
  #working = false;
  #workAgain = false;
  #idle = true;

  constructor(o: VirtualPrinterOptions) {
    this.widthMm = o.widthMm;
    this.#clock = o.clock;
    this.#speedMmPerS = o.speedMmPerS ?? 200;
    this.#wire = o.wire ?? { kind: "direct" };
    this.#buffer = new ReceiveBuffer(o.bufferBytes ?? 16_384);
    this.#hardware = new Hardware({
      paperMm: o.paperMm ?? FULL_ROLL_MM,
      nearEndMm: o.nearEndMm ?? 3000,
    });
    this.#backChannel = new BackChannel({
      clock: o.clock,
      faults: this.#faults,
      hardware: this.#hardware,
      widthMm: o.widthMm,
      deliver: (bytes) => {
        if (this.#session === undefined) return;
        this.#session.deliver(bytes);
        this.#emit({ kind: "reply", bytes: bytes.slice() });
      },
    });
    this.#reception = new Reception({
      buffer: this.#buffer,
      faults: this.#faults,
      backChannel: this.#backChannel,
      execute: (command) => this.#execute(command),
      resetSession: () => {
        this.#struck("reset");
        this.#killSession("the printer reset the connection");
      },
    });
    this.#engine = this.#buildEngine(o.cutMs ?? 300);
    this.#interpreter = new Interpreter({
      printWidthDots: printWidthDots(o.widthMm),
      gb18030: o.gb18030 ?? false,
      hasChinese: () => !this.#faults.has("noChinese"),
      mechanism: this.#engine,
    });
    this.#lastStateKey = this.#stateKey();
  }

  /**
   * Opens the one session the printer has.
   * Throws PrinterConnectionError: `ECONNREFUSED` (no power, fault refuse), `ETIMEDOUT` (fault unreachable),
   * `EBUSY` with a message starting `busy` (another session is open).
   */
  connect(): PrinterConnection {
    if (this.#faults.has("unreachable")) {
      throw new PrinterConnectionError("ETIMEDOUT", "the printer cannot be reached");
    }
    if (!this.#hardware.powerOn || this.#faults.has("refuse")) {
      throw new PrinterConnectionError("ECONNREFUSED", "the printer refuses connections");
    }
    if (this.#session !== undefined) {
      throw new PrinterConnectionError("EBUSY", "busy: another session is open");
    }
    this.#reception.newSession();
    if (this.#faults.has("clearsOnConnect")) this.#act(() => this.#dropJob());
    const device = {
      pump: () => this.#work(),
      hostClosed: () => {
        this.#session = undefined;
        this.#announce();
      },
    };
    const { session, connection } = openWire(this.#wire, device, this.#clock, this.#buffer);
    this.#session = session;
    this.#announce();
    return connection;
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  /** Resolves when so much of this printer's time has passed. */
  pass(ms: number): Promise<void> {
    return ms > 0 ? wait(this.#clock, ms) : Promise.resolve();
  }

  get wire(): Wire {
    return this.#wire;
  }

  /** Another cable, from the next connection on; one that is open now is cut off. */
  setWire(wire: Wire): void {
    this.#wire = wire;
    this.#killSession("another cable was plugged in");
    this.#changed();
  }

  /** The faults set now; one-shot faults are gone once they have struck. */
  get faults(): FaultSwitches {
    return this.#faults.switches;
  }

  /** Sets a fault; setting the same kind again replaces it. Lengths and byte counts start now. */
  setFault(fault: Fault): void {
    this.#faults.set(fault, this.#engine.movedMm);
    this.#emit({ kind: "fault", fault: fault.kind, change: "set" });
    // A roll that has ended and an open lid are seen at once; losing power or data needs a job under way.
    const atOnce = fault.kind === "paperOut" || fault.kind === "coverOpen";
    if (atOnce && (fault.afterMm ?? 0) <= 0) {
      this.#act(() => {
        this.#engine.interrupt();
        this.#strike(fault.kind);
      });
    } else {
      this.#engine.replan();
      this.#changed();
    }
  }

  clearFault(kind: FaultKind): void {
    if (!this.#faults.clear(kind)) return;
    this.#emit({ kind: "fault", fault: kind, change: "cleared" });
    this.#changed();
  }

  clearAllFaults(): void {
    for (const kind of this.#faults.kinds()) this.clearFault(kind);
  }

  /** Puts a roll in. What was left of one that had run out comes out as a slip of its own. */
  loadPaper(mm: number = FULL_ROLL_MM): void {
    if (this.#hardware.paper === "out") this.#path.tearOff(this.#clock.nowMs());
    this.#hardware.paperLeftMm = mm;
    this.#changed();
  }

  openCover(): void {
    this.#act(() => {
      this.#engine.interrupt();
      this.#hardware.coverOpen = true;
    });
  }

  closeCover(): void {
    this.#hardware.coverOpen = false;
    this.#changed();
  }

  /** Frees the blade and clears the error; the cut that failed is done then. */
  clearCutter(): void {
    this.#hardware.bladeStuck = false;
    this.#hardware.cutterError = false;
    this.#changed();
  }

  /** Buffer, settings and the session are lost; the paper stays as it is. */
  powerOff(): void {
    this.#cancelPowerOn?.();
    this.#cancelPowerOn = undefined;
    if (!this.#hardware.powerOn) return;
    this.#act(() => {
      this.#dropJob();
      this.#hardware.powerOn = false;
      this.#hardware.cutterError = false;
      this.#hardware.stopSensors = 0;
      this.#interpreter.reset();
      this.#backChannel.reset();
      this.#killSession("the printer lost power");
    });
  }

  powerOn(): void {
    this.#cancelPowerOn?.();
    this.#cancelPowerOn = undefined;
    this.#hardware.powerOn = true;
    this.#changed();
  }

  /** Off now, on again `offMs` later on the printer's clock. */
  powerCycle(offMs: number = 1000): void {
    this.powerOff();
    this.#cancelPowerOn = this.#clock.setTimer(offMs, () => this.powerOn());
  }

  /** The feed button: one blank line when the printer is ready and has nothing to print. */
  pressFeed(): void {
    if (this.#hardware.stopped || this.#engine.hasTasks || this.#buffer.length > 0) return;
    this.#engine.feed(DEFAULT_LINE_SPACING_MM);
    this.#work();
  }

  get paper(): Paper {
    return this.#path;
  }

  /** Commands that were not understood, oldest first. */
  get unknownCommands(): readonly UnknownCommand[] {
    return this.#unknown;
  }

  state(): PrinterStateSnapshot {
    const hardware = this.#hardware;
    return {
      power: hardware.powerOn ? "on" : "off",
      cover: hardware.coverOpen ? "open" : "closed",
      paper: hardware.paper,
      paperLeftMm: Math.max(0, hardware.paperLeftMm),
      cutter: hardware.bladeStuck ? "jammed" : "ok",
      error: hardware.cutterError ? "cutter" : "none",
      online: !hardware.stopped,
      bufferUsed: this.#buffer.used,
      bufferBytes: this.#buffer.capacity,
      printing: this.#engine.moving,
      widthMm: this.widthMm,
      speedMmPerS: this.#speedMmPerS,
      drawerOpens: hardware.drawerOpens,
      beeps: hardware.beeps,
      sessions: this.#session === undefined ? 0 : 1,
    };
  }

  on(listener: (event: VirtualPrinterEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #buildEngine(cutMs: number): PrintEngine {
    return new PrintEngine({
      clock: this.#clock,
      hardware: this.#hardware,
      faults: this.#faults,
      path: this.#path,
      backChannel: this.#backChannel,
      cutMs,
      speedMmPerS: this.#speedMmPerS,
      emit: (event) => this.#emit(event),
      strike: (kind) => this.#strike(kind),
      hardwareChanged: () => this.#changed(),
      act: (change) => this.#act(change),
      recordUnknown: (bytes) => {
        if (this.#unknown.length < MOST_UNKNOWN)
          this.#unknown.push({ bytes, atMs: this.#clock.nowMs() });
      },
    });
  }

  /** Real-time commands: executed on arrival, whatever the printer is doing. */
  #execute(command: RealtimeCommand): void {
    const hardware = this.#hardware;
    switch (command.kind) {
      case "status":
        this.#backChannel.realtimeStatus(command.n);
        return;
      case "drawer":
        hardware.drawerOpens += 1;
        this.#changed();
        return;
      case "recover":
        // Only for recoverable errors; with the lid open or without paper it is ignored (Epson TM-L90, TM-T88III).
        if (!hardware.cutterError) return;
        if (command.clearBuffers) this.#dropJob();
        hardware.cutterError = false;
        this.#changed();
        return;
      case "clear":
        if (this.#faults.has("ignoresClear")) return;
        this.#dropJob();
        hardware.cutterError = false;
        this.#backChannel.clearResponse();
        this.#changed();
    }
  }

  #strike(kind: MovementFaultKind | "cutterJam"): void {
    const offMs = this.#faults.get("powerCycle")?.offMs ?? 0;
    this.#struck(kind);
    switch (kind) {
      case "paperOut":
        this.#hardware.paperLeftMm = 0;
        break;
      case "coverOpen":
        this.#hardware.coverOpen = true;
        break;
      case "cutterJam":
        this.#hardware.bladeStuck = true;
        break;
      case "halfPrint":
        this.#dropJob();
        break;
      case "powerCycle":
        this.powerCycle(offMs);
    }
    this.#changed();
  }

  #struck(kind: FaultKind): void {
    this.#faults.clear(kind);
    this.#emit({ kind: "fault", fault: kind, change: "struck" });
  }

  /** Receive and print buffer are emptied. */
  #dropJob(): void {
    this.#engine.clear();
    this.#buffer.clear();
    this.#interpreter.clearBuffers();
    this.#backChannel.forgetWaiting();
  }

  #killSession(reason: string): void {
    const session = this.#session;
    this.#session = undefined;
    session?.kill(reason);
    this.#announce();
  }

  #changed(): void {
    this.#backChannel.hardwareChanged();
    this.#announce();
    this.#work();
  }

  /** Changes several things before the printer goes on working with them. */
  #act(change: () => void): void {
    const nested = this.#working;
    this.#working = true;
    try {
      change();
    } finally {
      this.#working = nested;
    }
    this.#changed();
  }

  /** Receives and prints as far as possible now; the engine calls again when a movement ends. */
  #work(): void {
    this.#workAgain = true;
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#workAgain) {
        this.#workAgain = false;
        this.#workOn();
      }
    } finally {
      this.#working = false;
    }
    this.#announce();
    this.#noticeIdle();
  }

  #workOn(): void {
    for (;;) {
      if (this.#session !== undefined && this.#hardware.powerOn)
        this.#reception.pump(this.#session);
      if (!this.#engine.proceed()) return;
      const position = this.#buffer.startPosition;
      const byte = this.#buffer.shift();
      if (byte === undefined) return;
      this.#interpreter.accept(byte, position);
    }
  }

  #noticeIdle(): void {
    const idle = !this.#engine.moving && !this.#engine.hasTasks && this.#buffer.length === 0;
    if (idle) this.#engine.rest();
    if (idle && !this.#idle) {
      this.#idle = true;
      this.#emit({ kind: "idle" });
    } else {
      this.#idle = idle;
    }
  }

  #announce(): void {
    const key = this.#stateKey();
    if (key === this.#lastStateKey) return;
    this.#lastStateKey = key;
    this.#emit({ kind: "state", state: this.state() });
  }

  /** The parts of the state worth an event; buffer level and paper length change with every line. */
  #stateKey(): string {
    const { bufferUsed: _used, paperLeftMm: _left, ...rest } = this.state();
    return JSON.stringify(rest);
  }

  #emit(event: VirtualPrinterEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
