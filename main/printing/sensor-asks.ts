import type { Clock } from "../clock.ts";
import { ASK_PAPER_SENSOR } from "./escpos/commands.ts";
import { Mailbox } from "./mailbox.ts";
import type { PrinterSession } from "./session.ts";

/**
 * What somebody else's till may have left open at a printer that both use: the question behind a paper that
 * was cut off, and the one behind the next.
 */
export const OTHERS_OWED = 2;

/**
 * How many answers to GS r 1 a printer may still owe. An answer carries no name and comes in the order of
 * asking, to whoever is connected by then, so one that an earlier paper waits for would be taken as proof of
 * the next. Never too low: it is kept before a question goes out, and outlives links, printers made anew,
 * settings and the till itself. Too high costs no more than another question.
 */
export class SensorAsks {
  /** Questions asked in this run, by anybody. */
  asked = 0;
  private open: number;
  private kept: number;
  private readonly keep: (open: number) => void;

  /**
   * @param kept what `keep` was last given; nothing was ever asked: 0.
   * @param keep writes it down, for good. May throw: then the question must not go out.
   */
  constructor(kept = 0, keep: (open: number) => void = () => {}) {
    this.open = kept;
    this.kept = kept;
    this.keep = keep;
  }

  /** No more answers than this can still come to what was asked so far. */
  get owed(): number {
    return this.open;
  }

  /** To be called right before a GS r 1 is written; returns how many answers may come before its own. */
  ask(): number {
    const older = this.open;
    this.write(older + 1);
    this.open = older + 1;
    this.asked += 1;
    return older;
  }

  /** One answer has come in, whose ever it is. */
  answered(): void {
    if (this.open > 0) this.open -= 1;
  }

  /** Another till may have used the printer since the link before. */
  linked(): void {
    this.open = Math.max(this.open, OTHERS_OWED);
  }

  /** It is known that nothing is owed any more. */
  settle(): void {
    this.open = 0;
    if (this.kept > 0) this.keep(0);
    this.kept = 0;
  }

  /** Only upwards: what is written costs a moment of the disk, and one question too many costs nothing. */
  private write(open: number): void {
    if (open <= this.kept) return;
    this.keep(open);
    this.kept = open;
  }
}

/**
 * Whose an answer is. Of those that come after a paper was sent, as many as were owed before can belong to
 * earlier ones; the one after those can belong to nothing else. A question that may have been answered is
 * asked once more, so that there is such a one. Source: Epson, GS r: executed in the order of the buffer.
 */
export class SensorProof {
  private older: number;

  /** @param older how many answers may come before our own, as `SensorAsks.ask` said. */
  constructor(older: number) {
    this.older = older;
  }

  /**
   * One more answer.
   * @param isTooSoon no paper can have moved by then: an honest printer answers somebody else.
   * @returns `lie`: nobody else is left. `again`: it may have been ours, so ask once more.
   */
  take(isTooSoon: boolean): "older" | "again" | "ours" | "lie" {
    if (this.older === 0) return isTooSoon ? "lie" : "ours";
    this.older -= 1;
    return isTooSoon ? "older" : "again";
  }
}

const ANSWER_MS = 5_000;
/** Far longer than an answer of a printer with nothing to do is under way. */
const QUIET_MS = 10_000;

/**
 * Finds out, while a printer has nothing to print, that it owes no answer: it is asked alone until one answer
 * can belong to nothing earlier. Then every paper before has ended, whatever is still to come belongs to
 * questions asked here, and after a quiet time there is none. Ends without a result when a paper is sent.
 */
export async function settleAsks(
  session: PrinterSession,
  asks: SensorAsks,
  clock: Clock,
): Promise<void> {
  const mailbox = new Mailbox(session, clock);
  const startedMs = clock.monotonicMs();
  let asked = asks.asked;
  const ask = () => {
    const older = asks.ask();
    asked += 1;
    session.write(ASK_PAPER_SENSOR).catch(() => {});
    return older;
  };
  /** True: an answer came; false: none within that time; null: it makes no sense any more. */
  const answer = async (withinMs: number): Promise<boolean | null> => {
    const deadlineMs = clock.monotonicMs() + withinMs;
    for (;;) {
      const event = await mailbox.next(deadlineMs - clock.monotonicMs());
      if (asks.asked !== asked || event?.type === "closed") return null;
      if (event === null) return false;
      if (event.type === "paperSensor") return true;
    }
  };
  try {
    const proof = new SensorProof(ask());
    for (;;) {
      if ((await answer(ANSWER_MS)) !== true) return;
      if (proof.take(false) === "ours") break;
      ask();
    }
    const quietMs = Math.max(QUIET_MS, 3 * (clock.monotonicMs() - startedMs));
    for (;;) {
      const isMore = await answer(quietMs);
      if (isMore === null) return;
      if (!isMore) break;
    }
    asks.settle();
  } finally {
    mailbox.close();
  }
}
