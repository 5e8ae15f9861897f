import { z } from "zod";

/**
 * Which of two states of the same thing is the later one: an answer and the feed may overtake each other, and a page
 * outlives a till that is started again. No clock is asked: people set it.
 */
export const stampFields = {
  /** Which run of the till made it. */
  run: z.string(),
  /** Grows with every state of a run. */
  revision: z.int(),
};
