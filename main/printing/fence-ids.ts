import { randomInt } from "node:crypto";

const SIZE = 36 ** 3;

/**
 * Ids for GS ( H: `P` and three base-36 digits. They start anywhere and count up, so an answer
 * left over from an earlier run of the till is not taken for one of ours.
 */
export class FenceIds {
  private next = randomInt(SIZE);

  take(): string {
    const id = `P${this.next.toString(36).toUpperCase().padStart(3, "0")}`;
    this.next = (this.next + 1) % SIZE;
    return id;
  }
}
