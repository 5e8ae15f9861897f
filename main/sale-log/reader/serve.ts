import { setImmediate as nextTurn } from "node:timers/promises";
import type { Answer, Ask, FromReader, ReaderRequestName, ToReader } from "./requests.ts";

/** What a request may use while it is answered. */
export interface RequestContext {
  /**
   * To be awaited every few milliseconds of a long read: lets others have their turn.
   * Rejects with `Cancelled` when nobody waits for the answer any more.
   */
  breathe: () => Promise<void>;
  /** Tells how far it is; what exactly is between the request and whoever asked. */
  progress: (value: unknown) => void;
}

export type Answers = {
  [N in ReaderRequestName]: (
    ask: Ask<N>,
    context: RequestContext,
  ) => Answer<N> | Promise<Answer<N>>;
};

/** The line to the till: a worker's `parentPort`. */
export interface ReaderPort {
  postMessage(message: FromReader): void;
  on(event: "message", listener: (message: ToReader) => void): unknown;
  close(): void;
}

export class Cancelled extends Error {
  constructor() {
    super("nobody waits for this answer any more");
    this.name = "Cancelled";
  }
}

/**
 * Answers requests until told to close. Each begins in a turn of its own, so one that was cancelled
 * before its turn is never begun.
 * @param close ends everything that is open; called once, when nothing is under way any more.
 */
export function serveReader(port: ReaderPort, answers: Answers, close: () => Promise<void>): void {
  const cancelled = new Set<number>();
  const underWay = new Map<number, Promise<void>>();
  const run = async (message: Extract<ToReader, { type: "ask" }>) => {
    const { id } = message;
    const breathe = async () => {
      await nextTurn();
      if (cancelled.has(id)) throw new Cancelled();
    };
    const progress = (value: unknown) =>
      port.postMessage({ type: "progress", id, progress: value });
    try {
      await breathe();
      const answer = await answerTo(answers, message.name, message.ask, { breathe, progress });
      port.postMessage({ type: "answer", id, answer });
    } catch (error) {
      if (error instanceof Cancelled) port.postMessage({ type: "cancelled", id });
      else port.postMessage({ type: "failed", id, error: plainError(error) });
    } finally {
      cancelled.delete(id);
      underWay.delete(id);
    }
  };
  port.on("message", (message) => {
    if (message.type === "ask") underWay.set(message.id, run(message));
    else if (message.type === "cancel") {
      if (underWay.has(message.id)) cancelled.add(message.id);
    } else {
      for (const id of underWay.keys()) cancelled.add(id);
      void Promise.all(underWay.values())
        .then(close)
        .then(() => port.close());
    }
  });
  port.postMessage({ type: "ready" });
}

function answerTo<N extends ReaderRequestName>(
  answers: Answers,
  name: N,
  ask: unknown,
  context: RequestContext,
): Answer<N> | Promise<Answer<N>> {
  // Own keys only: `constructor` is no request.
  if (!Object.hasOwn(answers, name)) throw new Error("no such request");
  return answers[name](ask as Ask<N>, context);
}

/** An error as plain data: what a thread can hand to another. */
export function plainError(error: unknown): { name: string; message: string; stack?: string } {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, stack } = error;
  return stack === undefined ? { name, message } : { name, message, stack };
}
