/**
 * Sale numbers, each once, from the newest down; 0 when there are no more. Minus a number: none more
 * down to that one, and the time is up.
 */
export interface Descending {
  next(): number;
}

export const NONE: Descending = { next: () => 0 };

/** One number, if it lies below another. */
export function single(id: number, below: number): Descending {
  let left = id < below && id > 0 ? id : 0;
  return {
    next: () => {
      const value = left;
      left = 0;
      return value;
    },
  };
}

/** What any of a few streams has. */
export function union(streams: readonly Descending[]): Descending {
  const [only] = streams;
  if (!only) return NONE;
  if (streams.length === 1) return only;
  const heads = streams.map((stream) => stream.next());
  return {
    next: () => {
      const newest = Math.max(...heads);
      if (newest > 0)
        streams.forEach((stream, index) => {
          if (heads[index] === newest) heads[index] = stream.next();
        });
      return newest;
    },
  };
}

interface Cursor {
  key: number;
  /** The newest sale of this key that has not been given out; no newer than this while not `sure`. */
  at: number;
  isSure: boolean;
  ahead: number[];
  /** Place in `ahead` of the one after `at`. */
  place: number;
  fetch: number;
}

/** Rows read ahead of one key: a few at first, because most keys give one sale and no more. */
const FIRST_FETCH = 4;
const LARGEST_FETCH = 256;

/**
 * The sales of many keys, newest first. Only keys whose turn comes are read: the newest sale of each
 * is known beforehand, so of a thousand names fifty reads may give the first page.
 * @param bounds each key with a number that its newest sale below the cursor does not exceed; `isSure`
 * when it is that sale itself.
 * @param read sales of a key below a number, newest first, at most so many.
 */
export function mergeKeys(
  bounds: readonly { key: number; at: number; isSure: boolean }[],
  read: (key: number, below: number, limit: number) => number[],
): Descending {
  const heap = new NewestFirst(
    bounds.map(({ key, at, isSure }) => ({
      key,
      at,
      isSure,
      ahead: [],
      place: 0,
      fetch: FIRST_FETCH,
    })),
  );
  let last = 0;
  const advance = (cursor: Cursor, below: number) => {
    if (cursor.place >= cursor.ahead.length) {
      const isEnd = cursor.ahead.length > 0 && cursor.ahead.length < cursor.fetch / 2;
      cursor.ahead = isEnd ? [] : read(cursor.key, below, cursor.fetch);
      cursor.place = 0;
      cursor.fetch = Math.min(LARGEST_FETCH, cursor.fetch * 2);
    }
    cursor.at = cursor.ahead[cursor.place] ?? 0;
    cursor.place += 1;
    cursor.isSure = true;
  };
  return {
    next: () => {
      for (;;) {
        const top = heap.top();
        if (!top || top.at === 0) return 0;
        const { at, isSure } = top;
        advance(top, isSure ? at : at + 1);
        heap.sink();
        if (isSure && at !== last) {
          last = at;
          return at;
        }
      }
    },
  };
}

/** A heap whose top is the cursor with the newest sale; only the top's value ever changes. */
class NewestFirst {
  private readonly cursors: Cursor[];

  constructor(cursors: Cursor[]) {
    this.cursors = cursors.sort((a, b) => b.at - a.at);
  }

  top(): Cursor | undefined {
    return this.cursors[0];
  }

  /** Puts the top where it belongs after it has changed to an older sale. */
  sink(): void {
    const { cursors } = this;
    const moved = cursors[0];
    if (!moved) return;
    let hole = 0;
    for (;;) {
      let child = hole * 2 + 1;
      if (child >= cursors.length) break;
      if (atOf(cursors[child + 1]) > atOf(cursors[child])) child += 1;
      const newer = cursors[child];
      if (!newer || newer.at <= moved.at) break;
      cursors[hole] = newer;
      hole = child;
    }
    cursors[hole] = moved;
  }
}

function atOf(cursor: Cursor | undefined): number {
  return cursor?.at ?? -1;
}
