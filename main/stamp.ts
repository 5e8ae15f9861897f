import { randomUUID } from "node:crypto";

/** Which of two states was made later, whatever the computer's clock says. */
export interface Stamp {
  /** Which run of the program made it: numbers of two runs say nothing of each other. */
  run: string;
  /** Grows with every state that this run makes, whatever it is a state of. */
  revision: number;
}

const RUN = randomUUID();
let last = 0;

/** Belongs to a state that is made now. Books may be exchanged meanwhile, the numbers go on. */
export function stamp(): Stamp {
  last += 1;
  return { run: RUN, revision: last };
}
