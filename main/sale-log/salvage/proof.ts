import { linkHash } from "../chain.ts";
import type { Candidate, EventIndex } from "./event-index.ts";

/** A place in the chain whose hash is known for certain. */
export interface KnownHash {
  seq: number;
  hash: string;
}

/** Why an event that was found is not taken for true. */
export type Doubt =
  /** What stands there does not fit its hash. */
  | "changed"
  /** It may be true, but the one before it is lost, so nothing says so. */
  | "unproved";

/**
 * The events of a chain, each proved by its hash. A hash is known when a signature holds it, when the event
 * behind it, proved itself, was made from it, or when it was made from the known one before it. So a hole
 * costs what was in it, and nothing on either side.
 */
export class Proof {
  private readonly index: EventIndex;
  /** Hash of each event as far as it is known, from `first.seq` on. */
  private readonly hashes: (string | null)[] = [];
  private readonly first: KnownHash;
  readonly last: KnownHash;

  /**
   * @param first what the first event follows from
   * @param known hashes that are signed, in any order; the newest is where the books end at least
   * @param end where the chain is known to end, when that is known better
   */
  constructor(index: EventIndex, first: KnownHash, known: readonly KnownHash[], end?: KnownHash) {
    this.index = index;
    this.first = first;
    const signed = [first, ...known].filter(({ seq }) => seq >= first.seq);
    for (const { seq, hash } of signed) this.hashes[seq - first.seq] = hash;
    const newest = signed.reduce((best, each) => (each.seq > best.seq ? each : best));
    this.last = end ?? this.forward(newest);
    this.hashes[this.last.seq - first.seq] = this.last.hash;
  }

  /** Works out every hash that can be known down to `seq`, then up again. Yields now and then. */
  *run(downTo = this.first.seq): Generator<number> {
    for (let seq = this.last.seq; seq > downTo; seq -= 1) {
      const event = this.fits(seq, null);
      if (event && this.hashOf(seq - 1) === null) this.set(seq - 1, event.previous);
      if (seq % 1000 === 0) yield this.last.seq - seq;
    }
    for (let seq = downTo + 1; seq <= this.last.seq; seq += 1) {
      if (this.hashOf(seq) !== null || this.hashOf(seq - 1) === null) continue;
      const event = this.fits(seq, this.hashOf(seq - 1));
      if (event) this.set(seq, event.hash);
    }
  }

  /** The event of this number, if it is proved; else why not. Null: there is nothing. */
  at(seq: number): { event: Candidate } | { doubt: Doubt; found: Candidate[] } | null {
    const found = this.index.candidates(seq);
    if (found.length === 0) return null;
    const [previous, hash] = [this.hashOf(seq - 1), this.hashOf(seq)];
    if (previous !== null) {
      const event = found.find(
        (each) =>
          (hash === null || each.hash === hash) && linkHash(previous, each.link) === each.hash,
      );
      return event ? { event } : { doubt: "changed", found };
    }
    return { doubt: "unproved", found };
  }

  /** The hash of an event that is known for certain; null: it is not known. */
  hashOf(seq: number): string | null {
    return this.hashes[seq - this.first.seq] ?? null;
  }

  private set(seq: number, hash: string): void {
    this.hashes[seq - this.first.seq] = hash;
  }

  /** An event that follows from the one before: from its known hash, or from any hash that is found there. */
  private fits(seq: number, previous: string | null): { hash: string; previous: string } | null {
    const hash = this.hashOf(seq);
    if (hash === null && previous === null) return null;
    const known = previous ?? this.hashOf(seq - 1);
    const before =
      known === null ? this.index.candidates(seq - 1).map((each) => each.hash) : [known];
    for (const candidate of this.index.candidates(seq)) {
      if (hash !== null && candidate.hash !== hash) continue;
      const from = before.find((each) => linkHash(each, candidate.link) === candidate.hash);
      if (from !== undefined) return { hash: candidate.hash, previous: from };
    }
    return null;
  }

  private forward(from: KnownHash): KnownHash {
    let last = from;
    for (;;) {
      const next = this.index
        .candidates(last.seq + 1)
        .find(({ link, hash }) => linkHash(last.hash, link) === hash);
      if (!next) return last;
      last = { seq: next.seq, hash: next.hash };
      this.set(last.seq, last.hash);
    }
  }
}
