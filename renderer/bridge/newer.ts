/** A state as the till stamps it, see the contract's `stampFields`. */
export interface Stamped {
  run: string;
  revision: number;
}

/**
 * The later of two states, `next` having arrived last. A till that was started again counts anew, so what it says
 * is never older than what the one before said.
 */
export function newer<T extends Stamped>(now: T | null | undefined, next: T): T {
  return now && now.run === next.run && now.revision > next.revision ? now : next;
}
