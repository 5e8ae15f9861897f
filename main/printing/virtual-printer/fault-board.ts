import type { Fault, FaultKind, FaultSwitches } from "./types.ts";

type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;
/** Faults that strike at a certain length of paper. */
export type MovementFaultKind = "paperOut" | "coverOpen" | "powerCycle" | "halfPrint";
const MOVEMENT_FAULTS: readonly MovementFaultKind[] = [
  "paperOut",
  "coverOpen",
  "halfPrint",
  "powerCycle",
];

/** The faults that are set, and when the ones with a length or byte count strike. */
export class FaultBoard {
  #faults: { [K in FaultKind]?: FaultOf<K> } = {};
  #strikesAtMm = new Map<MovementFaultKind, number>();
  #bytesLeft = new Map<FaultKind, number>();

  get switches(): FaultSwitches {
    return { ...this.#faults };
  }

  /** `movedMm`: paper moved so far, the origin of every `afterMm`. */
  set(fault: Fault, movedMm: number): void {
    Object.assign(this.#faults, { [fault.kind]: { ...fault } });
    if (isMovementFault(fault)) this.#strikesAtMm.set(fault.kind, movedMm + (fault.afterMm ?? 0));
    if (fault.kind === "reset") this.#bytesLeft.set("reset", fault.afterBytes);
    if (fault.kind === "silence") this.#bytesLeft.set("silence", fault.afterBytes ?? 0);
  }

  /** True when there was something to clear. */
  clear(kind: FaultKind): boolean {
    const had = this.#faults[kind] !== undefined;
    delete this.#faults[kind];
    for (const movement of MOVEMENT_FAULTS) {
      if (movement === kind) this.#strikesAtMm.delete(movement);
    }
    this.#bytesLeft.delete(kind);
    return had;
  }

  get<K extends FaultKind>(kind: K): FaultOf<K> | undefined {
    // A mapped type indexed by a type parameter does not narrow by itself.
    return this.#faults[kind] as FaultOf<K> | undefined;
  }

  has(kind: FaultKind): boolean {
    return this.#faults[kind] !== undefined;
  }

  kinds(): FaultKind[] {
    return Object.values(this.#faults).map((fault) => fault.kind);
  }

  /** Paper that may still move before the next fault strikes; Infinity without one. */
  distanceMm(movedMm: number): number {
    return Math.min(...[...this.#strikesAtMm.values()].map((atMm) => atMm - movedMm), Infinity);
  }

  /** Movement faults that are due, each with what was set. */
  due(movedMm: number): MovementFaultKind[] {
    return MOVEMENT_FAULTS.filter((kind) => {
      const atMm = this.#strikesAtMm.get(kind);
      return atMm !== undefined && atMm - movedMm <= EPSILON_MM;
    });
  }

  /** One byte has been received. */
  countByte(): void {
    for (const [kind, left] of this.#bytesLeft) this.#bytesLeft.set(kind, Math.max(0, left - 1));
  }

  get resetDue(): boolean {
    return this.#bytesLeft.get("reset") === 0;
  }

  get silent(): boolean {
    return this.#bytesLeft.get("silence") === 0;
  }
}

/** Lengths are sums of binary fractions of an inch; differences below this are rounding. */
export const EPSILON_MM = 1e-6;

function isMovementFault(fault: Fault): fault is FaultOf<MovementFaultKind> {
  return MOVEMENT_FAULTS.some((kind) => kind === fault.kind);
}
