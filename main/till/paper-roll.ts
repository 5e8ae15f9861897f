/** What is kept of a roll. */
export interface RollMemory {
  /** Paper moved since it was put in, millimetres. */
  usedMm: number;
  /** When it was put in, as far as the till knows; null: never told. */
  sinceMs: number | null;
}

/** How long a new roll is by its width: the usual 57 × 50 and 80 × 80 mm rolls. */
const ROLL_MM = { 58: 22_000, 80: 80_000 } as const;

/** An estimate needs no write of its own after every receipt. */
const KEEP_EVERY_MM = 500;

/** How much paper a printer may still have: counted by what was printed, corrected by its sensors. */
export class PaperRoll {
  private readonly memory: RollMemory;
  private wasOut = false;
  private keptMm: number;

  constructor(memory: RollMemory) {
    this.memory = memory;
    this.keptMm = memory.usedMm;
  }

  static fresh(): RollMemory {
    return { usedMm: 0, sinceMs: null };
  }

  /** @returns true when enough has gone by to be worth keeping. */
  used(paperMm: number): boolean {
    this.memory.usedMm += paperMm;
    if (this.memory.usedMm - this.keptMm < KEEP_EVERY_MM) return false;
    this.keptMm = this.memory.usedMm;
    return true;
  }

  /** A person has put a new roll in. */
  changed(atMs: number): void {
    this.memory.usedMm = 0;
    this.keptMm = 0;
    this.memory.sinceMs = atMs;
  }

  /** Looks at the sensor; a printer that was out of paper and has some again got a new roll. */
  observe(paper: "ok" | "nearEnd" | "out" | "unknown", atMs: number): boolean {
    const refilled = this.wasOut && (paper === "ok" || paper === "nearEnd");
    if (paper !== "unknown") this.wasOut = paper === "out";
    if (refilled) this.changed(atMs);
    return refilled;
  }

  /** Estimated millimetres left, never below zero; null until a roll change was seen or told. */
  leftMm(widthMm: 58 | 80): number | null {
    if (this.memory.sinceMs === null) return null;
    return Math.max(0, ROLL_MM[widthMm] - this.memory.usedMm);
  }

  usedMm(): number {
    return this.memory.usedMm;
  }
}
