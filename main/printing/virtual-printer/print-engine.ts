import type { Clock } from "../../clock.ts";
import type { BackChannel } from "./back-channel.ts";
import { EPSILON_MM, type FaultBoard, type MovementFaultKind } from "./fault-board.ts";
import type { Hardware } from "./hardware.ts";
import type { LineContent } from "./line-layout.ts";
import type { PrintMechanism } from "./mechanism.ts";
import { HEAD_TO_CUTTER_MM, type PaperPath } from "./paper-path.ts";
import { splitRaster } from "./split-raster.ts";
import type { VirtualPrinterEvent } from "./types.ts";

type Task =
  | { kind: "move"; mm: number; content?: LineContent; toCutter?: boolean }
  | { kind: "cut" }
  | { kind: "do"; run: () => void };

interface Movement {
  /** Zero while the cutter runs. */
  limitMm: number;
  startMs: number;
  endMs: number;
  cancel: () => void;
}

export interface EngineParts {
  clock: Clock;
  hardware: Hardware;
  faults: FaultBoard;
  path: PaperPath;
  backChannel: BackChannel;
  cutMs: number;
  speedMmPerS: number;
  emit: (event: VirtualPrinterEvent) => void;
  /** A fault that was waiting for this length of paper strikes now. */
  strike: (kind: MovementFaultKind | "cutterJam") => void;
  hardwareChanged: () => void;
  /** Makes a change and then goes on working. */
  act: (change: () => void) => void;
  recordUnknown: (bytes: Uint8Array) => void;
}

/** Motor, head and cutter: does one thing after the other, each in its own time on the clock. */
export class PrintEngine implements PrintMechanism {
  readonly #parts: EngineParts;
  #tasks: Task[] = [];
  #movement: Movement | undefined;
  /** End of the last movement while work goes on without a pause, so timers that fire late do not add up. */
  #freeAtMs: number | undefined;
  #movedMm = 0;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  get moving(): boolean {
    return this.#movement !== undefined;
  }

  get hasTasks(): boolean {
    return this.#tasks.length > 0;
  }

  /** Paper moved up to this moment, a movement under way included. */
  get movedMm(): number {
    return this.#movedMm + this.#travelledMm();
  }

  print(content: LineContent, mm: number): void {
    this.#tasks.push({ kind: "move", mm, content });
  }

  feed(mm: number): void {
    if (mm > 0) this.#tasks.push({ kind: "move", mm });
  }

  cut(extraMm?: number): void {
    if (this.#parts.faults.has("noCutter")) {
      this.feed(extraMm === undefined ? 0 : HEAD_TO_CUTTER_MM + extraMm);
      return;
    }
    if (extraMm !== undefined) {
      this.#tasks.push({ kind: "move", mm: HEAD_TO_CUTTER_MM + extraMm, toCutter: true });
    }
    this.#tasks.push({ kind: "cut" });
  }

  answer(request: Parameters<PrintMechanism["answer"]>[0]): void {
    this.#do(() => this.#parts.backChannel.answer(request));
  }

  openDrawer(): void {
    this.#do(() => {
      this.#parts.hardware.drawerOpens += 1;
      this.#parts.hardwareChanged();
    });
  }

  beep(): void {
    this.#do(() => {
      this.#parts.hardware.beeps += 1;
      this.#parts.hardwareChanged();
    });
  }

  setAutomaticStatus(mask: number): void {
    this.#do(() => this.#parts.backChannel.setAutomaticStatus(mask));
  }

  setOfflineResponse(mode: 0 | 1 | 2): void {
    this.#do(() => this.#parts.backChannel.setOfflineResponse(mode));
  }

  setStopSensors(mask: number): void {
    this.#do(() => {
      this.#parts.hardware.stopSensors = mask;
      this.#parts.hardwareChanged();
    });
  }

  unknownCommand(bytes: Uint8Array): void {
    this.#parts.recordUnknown(bytes);
  }

  /** Works on what is queued. True when nothing is left and the next byte may be read. */
  proceed(): boolean {
    while (!this.#parts.hardware.stopped && this.#movement === undefined) {
      const task = this.#tasks[0];
      if (task === undefined) return true;
      this.#begin(task);
    }
    return false;
  }

  /** Nothing to do: the next movement starts from a standstill. */
  rest(): void {
    this.#freeAtMs = undefined;
  }

  /** Stops a movement half-way; what was not printed stays queued. */
  interrupt(): void {
    const movement = this.#movement;
    if (movement === undefined) return;
    movement.cancel();
    const travelledMm = this.#travelledMm();
    this.#movement = undefined;
    this.rest();
    if (travelledMm > 0) this.#moved(travelledMm);
  }

  /** Drops everything that is queued. */
  clear(): void {
    this.interrupt();
    this.#tasks = [];
  }

  /** A fault was set while paper moves: end the movement where it strikes. */
  replan(): void {
    const movement = this.#movement;
    if (movement === undefined || movement.limitMm === 0) return;
    const limitMm = Math.max(0, this.#parts.faults.distanceMm(this.#movedMm));
    if (limitMm >= movement.limitMm) return;
    const { clock } = this.#parts;
    movement.cancel();
    const duration = movement.endMs - movement.startMs;
    movement.endMs = movement.startMs + (duration * limitMm) / movement.limitMm;
    movement.limitMm = limitMm;
    const delayMs = Math.max(0, movement.endMs - clock.monotonicMs());
    movement.cancel = clock.setTimer(delayMs, () => this.#timerFired());
  }

  #do(run: () => void): void {
    this.#tasks.push({ kind: "do", run });
  }

  #begin(task: Task): void {
    if (task.kind === "do") {
      this.#tasks.shift();
      task.run();
    } else if (task.kind === "cut") {
      this.#beginCut();
    } else {
      this.#beginMove(task.mm);
    }
  }

  #beginCut(): void {
    const { faults, hardware, strike, hardwareChanged, cutMs } = this.#parts;
    if (faults.has("cutterJam")) strike("cutterJam");
    if (hardware.bladeStuck) {
      hardware.cutterError = true;
      this.rest();
      hardwareChanged();
    } else {
      this.#start(0, cutMs);
    }
  }

  #beginMove(mm: number): void {
    const { faults, hardware, speedMmPerS } = this.#parts;
    if (this.#strikeDue()) return;
    const limitMm = Math.min(mm, hardware.paperLeftMm, faults.distanceMm(this.#movedMm));
    const factor = faults.get("slow")?.factor ?? 1;
    this.#start(limitMm, (limitMm / speedMmPerS) * 1000 * factor);
  }

  #start(limitMm: number, durationMs: number): void {
    const { clock } = this.#parts;
    const nowMs = clock.monotonicMs();
    const startMs = this.#freeAtMs ?? nowMs;
    const endMs = startMs + durationMs;
    this.#movement = { limitMm, startMs, endMs, cancel: () => {} };
    if (endMs <= nowMs) this.#finish();
    else this.#movement.cancel = clock.setTimer(endMs - nowMs, () => this.#timerFired());
  }

  #timerFired(): void {
    this.#parts.act(() => this.#finish());
  }

  #finish(): void {
    const movement = this.#movement;
    if (movement === undefined) return;
    this.#movement = undefined;
    this.#freeAtMs = movement.endMs;
    if (this.#tasks[0]?.kind === "cut") {
      this.#tasks.shift();
      const { path, clock, emit } = this.#parts;
      emit({ kind: "cut", slip: path.cut(clock.nowMs()) });
      return;
    }
    this.#moved(movement.limitMm);
    this.#strikeDue();
    if (this.#parts.hardware.stopped) this.rest();
  }

  /** `mm` of paper have moved for the first task: put on paper what that was enough for. */
  #moved(mm: number): void {
    const { hardware, hardwareChanged, path } = this.#parts;
    this.#movedMm += mm;
    const paperBefore = hardware.paper;
    hardware.paperLeftMm -= mm;
    const task = this.#tasks[0];
    if (task?.kind === "move") {
      if (task.mm - mm <= EPSILON_MM) {
        this.#tasks.shift();
        if (task.toCutter === true) path.advanceToCutter(task.mm);
        else this.#commit(task.mm, task.content);
      } else {
        this.#commitPart(task, mm);
      }
    }
    if (hardware.paper !== paperBefore) hardwareChanged();
  }

  /** A blank feed or a picture can stop anywhere; a line of text is printed whole or not at all. */
  #commitPart(task: Extract<Task, { kind: "move" }>, mm: number): void {
    if (task.toCutter === true) {
      this.#parts.path.advanceToCutter(mm);
      task.mm -= mm;
    } else if (task.content === undefined) {
      this.#commit(mm, undefined);
      task.mm -= mm;
    } else if (task.content.kind === "raster") {
      const parts = splitRaster(task.content, mm);
      if (parts === undefined) return;
      this.#commit(mm, parts.printed);
      task.content = parts.left;
      task.mm -= mm;
    }
  }

  #commit(mm: number, content: LineContent | undefined): void {
    const { path, clock, emit } = this.#parts;
    const { line, slip } = path.advance(mm, clock.nowMs(), content);
    emit({ kind: "line", line, slip });
  }

  #strikeDue(): boolean {
    const due = this.#parts.faults.due(this.#movedMm);
    for (const kind of due) this.#parts.strike(kind);
    return due.length > 0;
  }

  #travelledMm(): number {
    const movement = this.#movement;
    if (movement === undefined || movement.limitMm === 0) return 0;
    const elapsed = this.#parts.clock.monotonicMs() - movement.startMs;
    const share = Math.min(1, Math.max(0, elapsed / (movement.endMs - movement.startMs)));
    return movement.limitMm * share;
  }
}
