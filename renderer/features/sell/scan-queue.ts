/** One code that waits for its answer. */
export interface WaitingScan<T> {
  code: string;
  /** What to take when no article has the code; null: say so. */
  otherwise: T | null;
}

/** Does what a code means; false when the till did not answer. */
type Take<T> = (scan: WaitingScan<T>) => Promise<boolean>;

interface ScanQueue<T> {
  /** Who does what the codes mean, from now on. */
  serve: (take: Take<T>) => void;
  add: (scan: WaitingScan<T>) => void;
  /** Goes on: something that held the queue is gone. */
  wake: () => void;
  /** Forgets what the till did not answer, and the rest. */
  giveUp: () => void;
  stop: () => void;
}

export interface QueueView {
  waiting: number;
  /** The till did not answer for the first of them; it is asked again until it does. */
  isUnanswered: boolean;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 4_000;

/**
 * Codes in the order they were scanned, one after the other: answers that overtake each other would mix up
 * the lines. One that the till does not answer for stays at the head and is asked for again.
 * @param isHeld true while something else comes first, e.g. a dialog
 */
export function createScanQueue<T>(options: {
  isHeld: () => boolean;
  onChange: (view: QueueView) => void;
  /** What is under way: a sale waits for it. */
  onWork: (work: Promise<void>) => void;
}): ScanQueue<T> {
  let take: Take<T> = async () => false;
  let waiting: WaitingScan<T>[] = [];
  let isWorking = false;
  let retryMs = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const tell = () =>
    options.onChange({
      waiting: waiting.length,
      isUnanswered: timer !== null && waiting.length > 0,
    });

  const stop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };

  const takeAll = async () => {
    isWorking = true;
    try {
      for (let scan = waiting[0]; scan !== undefined && !options.isHeld(); scan = waiting[0]) {
        const isAnswered = await take(scan);
        if (!isAnswered) {
          if (waiting[0] === scan) retryLater();
          return;
        }
        retryMs = FIRST_RETRY_MS;
        waiting = waiting.filter((other) => other !== scan);
      }
    } finally {
      isWorking = false;
      tell();
    }
  };

  const work = () => {
    if (!isWorking && timer === null && waiting.length > 0) options.onWork(takeAll());
  };

  const retryLater = () => {
    timer = setTimeout(() => {
      timer = null;
      work();
    }, retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };

  return {
    serve: (next) => {
      take = next;
    },
    add: (scan) => {
      waiting = [...waiting, scan];
      if (options.isHeld() || timer !== null) tell();
      work();
    },
    wake: work,
    giveUp: () => {
      stop();
      waiting = [];
      retryMs = FIRST_RETRY_MS;
      tell();
    },
    stop,
  };
}
