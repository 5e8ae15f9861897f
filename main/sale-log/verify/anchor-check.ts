import { ANCHOR_EVERY, anchorText, type Anchor } from "../anchors.ts";
import type { LogIdentity } from "../log-identity.ts";
import { signatureChecker } from "../till-key.ts";
import type { Testimony } from "../witness.ts";
import type { Findings } from "./finding.ts";

type Checker = (text: string, signature: string) => boolean;

/** Where the log was proven to be as it was written. */
export interface SoundPlace {
  seq: number;
  atMs: number;
}

/** Signatures in the log, and those its witness remembers, against the events they stand on. */
export class AnchorCheck {
  /** Anchors that hold, in order. */
  readonly sound: SoundPlace[] = [];
  private readonly findings: Findings;
  private readonly anchors: Map<number, Anchor>;
  private readonly witnessed: Map<number, Anchor[]>;
  private readonly believed: Set<Anchor>;
  private readonly checkers = new Map<string, Checker>();
  private identity: LogIdentity | null = null;
  /** Anchors already reported as missing. */
  private readonly known = new Set<number>();
  private signedFrom: number | null = null;
  private lastAnchor = 0;

  /**
   * @param isQuick checks the newest signature of every key only: over an unbroken chain it proves
   * all events before it. What the others are good for is to say since when something is wrong.
   */
  constructor(
    findings: Findings,
    anchors: readonly Anchor[],
    testimony: Testimony | null,
    isQuick: boolean,
  ) {
    this.findings = findings;
    this.anchors = new Map(anchors.map((anchor) => [anchor.seq, anchor]));
    const newest = new Map(anchors.map((anchor) => [anchor.keyId, anchor]));
    this.believed = new Set(isQuick ? anchors : []);
    for (const anchor of newest.values()) this.believed.delete(anchor);
    this.witnessed = Map.groupBy(testimony?.anchors ?? [], ({ seq }) => seq);
    for (const line of testimony?.unreadable ?? [])
      findings.add("witnessChanged", { row: `line ${line}` });
  }

  /** Number of anchors in the log. */
  get count(): number {
    return this.anchors.size;
  }

  /** The first anchor of this file follows one that stands in the file before. */
  begin(anchorSeq: number): void {
    this.lastAnchor = anchorSeq;
  }

  /** Anchors from event `seq` on are signed with this key. */
  use(identity: LogIdentity, seq: number): void {
    this.identity = identity;
    this.signedFrom ??= seq;
    this.checkers.set(identity.keyId, signatureChecker(identity.publicKey));
  }

  /** True when something is known of this event, or must be. */
  looksAt(seq: number): boolean {
    return seq % ANCHOR_EVERY === 0 || this.anchors.has(seq) || this.witnessed.has(seq);
  }

  /** An event of the chain, in order, with the hash that stands in its row. */
  event(seq: number, atMs: number, hash: string): void {
    const anchor = this.anchors.get(seq);
    const lines = this.witnessed.get(seq);
    const isDue = this.signedFrom !== null && seq % ANCHOR_EVERY === 0;
    if (anchor) this.check(anchor, atMs, hash);
    else if (isDue || lines?.some((line) => this.isGenuine(line))) this.missing(seq, atMs);
    for (const line of lines ?? []) this.checkLine(line, anchor, hash);
  }

  /** After the last event, number `lastSeq`: what was signed beyond it was cut off. */
  finish(lastSeq: number): void {
    const beyond = [...this.anchors.values(), ...[...this.witnessed.values()].flat()].filter(
      ({ seq }) => seq > lastSeq,
    );
    for (const line of beyond) if (!this.isGenuine(line)) this.reportForged(line);
    const newest = beyond
      .filter((line) => this.isGenuine(line))
      .sort((a, b) => a.seq - b.seq)
      .at(-1);
    if (newest)
      this.findings.add("tailCut", {
        seq: lastSeq + 1,
        atMs: newest.atMs,
        expected: String(newest.seq),
        found: String(lastSeq),
      });
    for (const { seq } of this.anchors.values())
      if (seq < 1) this.findings.add("anchorWrong", { row: String(seq) });
  }

  private check(anchor: Anchor, atMs: number, hash: string): void {
    const { seq, prev } = anchor;
    const before = this.lastAnchor;
    this.lastAnchor = seq;
    if (!this.isGenuine(anchor) || anchor.keyId !== this.identity?.keyId) {
      this.findings.add("anchorWrong", { seq, atMs, row: String(seq) });
      return;
    }
    if (prev !== before && !this.known.has(prev)) this.missing(prev, null);
    if (anchor.hash === hash) this.sound.push({ seq, atMs });
    else this.findings.add("rewritten", { seq, atMs, expected: anchor.hash, found: hash });
  }

  private missing(seq: number, atMs: number | null): void {
    this.known.add(seq);
    this.findings.add("anchorMissing", { seq, atMs });
  }

  /** A line of the witness that says the same as the log is proven with it. */
  private checkLine(line: Anchor, anchor: Anchor | undefined, hash: string): void {
    if (anchor && sameAnchor(line, anchor)) return;
    const { seq, atMs } = line;
    if (!this.isGenuine(line)) this.reportForged(line);
    else if (line.hash !== hash)
      this.findings.add("rewritten", { seq, atMs, expected: line.hash, found: hash });
  }

  private reportForged(line: Anchor): void {
    const { seq, atMs, keyId } = line;
    if (this.identity && !this.checkers.has(keyId))
      this.findings.add("keyChanged", { seq, atMs, expected: keyId, found: this.identity.keyId });
    else if (this.anchors.get(seq) === line)
      this.findings.add("anchorWrong", { seq, atMs, row: String(seq) });
    else this.findings.add("witnessChanged", { seq, atMs, row: String(seq) });
  }

  private isGenuine(anchor: Anchor): boolean {
    const check = this.checkers.get(anchor.keyId);
    if (!check || !this.identity) return false;
    if (this.believed.has(anchor)) return true;
    return check(anchorText(this.identity.tillId, anchor), anchor.sig);
  }
}

function sameAnchor(a: Anchor, b: Anchor): boolean {
  return (
    a.seq === b.seq &&
    a.prev === b.prev &&
    a.atMs === b.atMs &&
    a.reason === b.reason &&
    a.hash === b.hash &&
    a.keyId === b.keyId &&
    a.sig === b.sig
  );
}
