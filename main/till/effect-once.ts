import { Refusal, type RefusalBody } from "../contract/refusals.ts";
import { writing, type TillRoom } from "./room.ts";

/** What the log knows of a request that moves something outside of it. */
type Outcome<T> = { begun: true } | { answer: T | null } | { refusal: RefusalBody };

/**
 * Moves something that no transaction takes back - paper, the drawer - once per request id, over a restart too: that
 * it begins is written down before anything moves, and how it ended afterwards.
 * @param begin written in the same transaction as the beginning
 * @throws Refusal INTERRUPTED when it began and nobody knows how it ended; else as `work` was refused the first time.
 */
export async function effectOnce<T>(
  room: TillRoom,
  requestId: string,
  work: () => Promise<T> | T,
  begin: () => void = () => {},
): Promise<T> {
  const { log, clock } = room;
  const known = writing(() =>
    log.once<Outcome<T>>(requestId, clock.nowMs(), () => {
      begin();
      return { begun: true };
    }),
  );
  if (known.repeated) return answerOf(known.answer);
  const ended = (outcome: Outcome<T>) => {
    try {
      log.answered(requestId, clock.nowMs(), outcome);
    } catch (error) {
      // It has happened all the same; a repeat is told that nobody knows how it ended.
      room.report("request", error);
    }
  };
  try {
    const answer = await work();
    ended({ answer: answer ?? null });
    return answer;
  } catch (error) {
    if (error instanceof Refusal) ended({ refusal: { code: error.code, details: error.details } });
    throw error;
  }
}

function answerOf<T>(outcome: Outcome<T>): T {
  // What a step without an answer gives is kept as null: JSON has no other word for it.
  if ("answer" in outcome) return outcome.answer as T;
  if ("refusal" in outcome) throw new Refusal(outcome.refusal.code, outcome.refusal.details);
  throw new Refusal("INTERRUPTED");
}
