/** Numbers that are the same in every run (mulberry32). */
export class Random {
  /** All there is to it: the same state gives the same numbers from here on. */
  state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** 0 up to, but not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to, but not including, `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  pick<T>(from: readonly T[]): T {
    const value = from[this.below(from.length)];
    if (value === undefined) throw new Error("nothing to pick from");
    return value;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  digits(count: number): string {
    let text = "";
    while (text.length < count) text += String(this.below(1e9)).padStart(9, "0");
    return text.slice(0, count);
  }
}
