import { ANCHOR_EVERY, type Anchor } from "../anchors.ts";
import type { Beginning } from "../beginning.ts";
import { GENESIS, linkHash } from "../chain.ts";
import { EVENT_KIND } from "../event.ts";
import { readBody } from "../verify/reading.ts";
import type { Candidate, EventIndex } from "./event-index.ts";
import { Proof, type KnownHash } from "./proof.ts";
import { signersIn, trustedAnchors, type Signers } from "./trusted-anchors.ts";

/** What is known of books besides what stands in them. */
export interface Known {
  signers: Signers;
  /** Lines of the witness, oldest first; empty when there is none. */
  witness: readonly Anchor[];
  /** The newest backup that was made of them. */
  backup: { seq: number; hash: string; newestSaleId: number; days: number } | null;
  /** The highest number the till has given an event in this run; null: it was not running. */
  highestSeq: number | null;
  /** Size of the damaged file: no sale takes less than a page's tenth of it. */
  bytes: number;
}

/** A sale among the newest entries. */
export interface NewSale {
  saleId: number;
  seq: number;
  atMs: number;
  body: Record<string, unknown>;
}

/** Where damaged books end, as far as can be told within seconds. */
export interface Survey {
  tillId: string | null;
  keyId: string | null;
  /** The newest entry that is known; what follows is chained to it. */
  last: KnownHash;
  anchorSeq: number;
  /** The newest sale that is proved. */
  newestSale: NewSale | null;
  /** Newest sales that are proved, newest first. */
  newSales: NewSale[];
  /** No number at or below these may be given out again. */
  saleId: number;
  dayId: number;
  /** Sale numbers that are left out because they may be on paper. */
  skipped: number;
  people: { id: number; name: string }[];
  grandSales: number;
  grandTotalMinor: number;
  /** What the catalogue was last; null: that can't be read any more. */
  catalogueHash: string | null;
}

/** Sales whose answers are remembered, in case somebody asks again. */
const NEW_SALES = 20;
/** Smallest event of a sale, with its row: for books of which nothing but the size is left. */
const LEAST_SALE_BYTES = 400;

/** Finds the end of damaged books and everything that must go on from there. */
export function surveyBooks(index: EventIndex, known: Known): Survey {
  const signers = signersIn(index, known.signers);
  const anchors = trustedAnchors([...index.anchors, ...known.witness], signers);
  // Without the till's id no signature can be checked: the witness is then believed as it stands.
  const believed = anchors.length > 0 ? anchors : known.witness;
  const begins = beginningIn(index);
  const hashes = [
    ...(begins ? [begins] : []),
    ...believed,
    ...(known.backup ? [known.backup] : []),
  ];
  const proof = new Proof(index, { seq: 0, hash: GENESIS }, hashes);
  const end = endOf(proof.last, known);
  const walk = walkDown(index, proof, known.backup, begins);
  const unknown = end - proof.last.seq + walk.unknown;
  const saleId = boundOf(walk.newestSaleId, unknown, proof.last.seq, known.bytes);
  const newestKey = anchors.at(-1)?.keyId ?? known.witness.at(-1)?.keyId ?? null;
  return {
    tillId: tillIdOf(index, signers),
    keyId: newestKey,
    last: proof.last,
    anchorSeq: believed.at(-1)?.seq ?? 0,
    newestSale: walk.sales[0] ?? null,
    newSales: walk.sales.slice(0, NEW_SALES),
    saleId,
    dayId: walk.newestDayId + unknown,
    skipped: saleId - walk.newestSaleId,
    people: peopleIn(index, unknown + walk.holes),
    ...grandOf(walk, begins),
    catalogueHash: catalogueHashIn(index),
  };
}

/**
 * The highest number any event can have had. A till signs every 256th event, and the witness keeps each
 * signature: with none of the next round, that many were never written. One that was closed has signed its
 * very last.
 */
function endOf(last: KnownHash, { witness, highestSeq }: Known): number {
  const newest = witness.at(-1);
  if (highestSeq !== null) return Math.max(last.seq, highestSeq);
  if (newest?.reason === "close" && newest.seq === last.seq) return last.seq;
  return (Math.floor(last.seq / ANCHOR_EVERY) + 1) * ANCHOR_EVERY - 1;
}

/** Every unknown event may have been a sale; no more than that, for each sale is an event. */
function boundOf(newestSaleId: number, unknown: number, lastSeq: number, bytes: number): number {
  if (newestSaleId > 0 || lastSeq > 0) return newestSaleId + unknown;
  return Math.max(unknown, Math.ceil(bytes / LEAST_SALE_BYTES));
}

interface Walk {
  sales: NewSale[];
  newestSaleId: number;
  newestDayId: number;
  /** Events after the newest sale that is known of which nothing is known. */
  unknown: number;
  /** All events of which nothing is known. */
  holes: number;
  /** The newest closing and what was sold after it. */
  closing: Candidate | null;
  soldSince: { sales: number; totalMinor: number };
}

/** From the end back to the last closing of a day, or as far as a backup knows. */
function walkDown(
  index: EventIndex,
  proof: Proof,
  backup: Known["backup"],
  begins: Beginning | null,
): Walk {
  const walk: Walk = {
    sales: [],
    newestSaleId: 0,
    newestDayId: 0,
    unknown: 0,
    holes: 0,
    closing: null,
    soldSince: { sales: 0, totalMinor: 0 },
  };
  const floor = begins?.seq ?? 0;
  const lowest = Math.max(newestOf(index, EVENT_KIND.dayClosed) ?? 0, floor);
  for (const _done of proof.run(Math.max(floor, lowest - 1)));
  for (let seq = proof.last.seq; seq > floor; seq -= 1) {
    const found = proof.at(seq);
    if (found && "event" in found) take(walk, found.event);
    else {
      walk.holes += 1;
      if (walk.newestSaleId === 0) walk.unknown += 1;
    }
    if (backup && seq <= backup.seq && walk.newestSaleId === 0) {
      walk.newestSaleId = backup.newestSaleId;
      walk.newestDayId = Math.max(walk.newestDayId, backup.days);
    }
    if (walk.newestSaleId > 0 && (walk.closing !== null || seq <= lowest)) break;
  }
  walk.newestSaleId = Math.max(walk.newestSaleId, begins?.saleId ?? 0);
  walk.newestDayId = Math.max(walk.newestDayId, newestDay(index, proof), begins?.dayId ?? 0);
  return walk;
}

function take(walk: Walk, event: Candidate): void {
  const { kind, seq, ref, atMs } = event;
  if (kind === EVENT_KIND.dayClosed) walk.closing ??= event;
  if (kind === EVENT_KIND.dayOpened || kind === EVENT_KIND.dayClosed)
    walk.newestDayId = Math.max(walk.newestDayId, ref ?? 0);
  if (kind === EVENT_KIND.receipt && walk.newestSaleId === 0) walk.newestSaleId = ref ?? 0;
  if (kind !== EVENT_KIND.saleCompleted || ref === null) return;
  walk.newestSaleId = Math.max(walk.newestSaleId, ref);
  const body = readBody(event.body) ?? {};
  walk.sales.push({ saleId: ref, seq, atMs, body });
  if (walk.closing) return;
  walk.soldSince.sales += 1;
  walk.soldSince.totalMinor += Number(body["totalMinor"]) || 0;
}

function newestDay(index: EventIndex, proof: Proof): number {
  const seqs = [...(index.rare.get(EVENT_KIND.dayOpened) ?? [])].filter(
    (seq) => seq <= proof.last.seq,
  );
  const days = seqs.flatMap((seq) => fitting(index, seq).map(({ ref }) => ref ?? 0));
  return Math.max(0, ...days);
}

/** Everything ever sold: what the newest closing said, and what was sold after it. */
function grandOf(
  { closing, soldSince }: Walk,
  begins: Beginning | null,
): { grandSales: number; grandTotalMinor: number } {
  const said = closing ? readBody(closing.body) : begins;
  return {
    grandSales: (Number(said?.["grandSales"]) || 0) + soldSince.sales,
    grandTotalMinor: (Number(said?.["grandTotalMinor"]) || 0) + soldSince.totalMinor,
  };
}

/** Where books begin that went on from others before; null: at their own first entry. */
function beginningIn(index: EventIndex): Beginning | null {
  const newest = fittingOf(index, EVENT_KIND.logContinued).at(-1);
  return newest ? beginsOf(newest) : null;
}

function beginsOf({ body }: Candidate): Beginning | null {
  const begins = readBody(body)?.["begins"];
  return typeof begins === "object" && begins !== null ? (begins as Beginning) : null;
}

/** Who the numbers stand for. A name that may be lost keeps its number: nobody else gets it. */
function peopleIn(index: EventIndex, unknown: number): { id: number; name: string }[] {
  const people = new Map<number, string>();
  const names = new Set<string>();
  const know = (id: unknown, name: unknown) => {
    if (typeof id !== "number" || typeof name !== "string" || people.has(id) || names.has(name))
      return;
    people.set(id, name);
    names.add(name);
  };
  for (const kind of [EVENT_KIND.logMade, EVENT_KIND.logContinued])
    for (const { body } of fittingOf(index, kind)) {
      const list = readBody(body)?.["people"];
      for (const person of Array.isArray(list) ? (list as { id?: unknown; name?: unknown }[]) : [])
        know(person.id, person.name);
    }
  for (const { ref, body } of fittingOf(index, EVENT_KIND.personNamed))
    know(ref, readBody(body)?.["name"]);
  if (unknown > 0) {
    const id = Math.max(0, ...people.keys()) + unknown;
    people.set(id, `?${id}`);
  }
  return [...people].map(([id, name]) => ({ id, name })).sort((a, b) => a.id - b.id);
}

function catalogueHashIn(index: EventIndex): string | null {
  const kinds = [EVENT_KIND.logMade, EVENT_KIND.logContinued, EVENT_KIND.catalogueImported];
  const said = kinds.flatMap((kind) => fittingOf(index, kind)).sort((a, b) => b.seq - a.seq)[0];
  const hash = said && readBody(said.body)?.["catalogueHash"];
  return typeof hash === "string" ? hash : null;
}

function tillIdOf(index: EventIndex, signers: Signers): string | null {
  const made = [EVENT_KIND.logMade, EVENT_KIND.logContinued].flatMap((kind) =>
    fittingOf(index, kind),
  );
  const tillId = made[0] && readBody(made[0].body)?.["tillId"];
  return typeof tillId === "string" ? tillId : (signers.tillIds[0] ?? null);
}

function newestOf(index: EventIndex, kind: number): number | null {
  const seqs = [...(index.rare.get(kind) ?? [])].filter((seq) => seq <= index.highest());
  const fit = seqs.sort((a, b) => b - a).find((seq) => fitting(index, seq).length > 0);
  return fit ?? null;
}

function fittingOf(index: EventIndex, kind: number): Candidate[] {
  const seqs = [...(index.rare.get(kind) ?? [])].sort((a, b) => a - b);
  return seqs.flatMap((seq) => fitting(index, seq)).filter((event) => event.kind === kind);
}

/** What fits its hash and the one before, if not yet to a signature. */
function fitting(index: EventIndex, seq: number): Candidate[] {
  const before = seq === 1 ? [GENESIS] : index.candidates(seq - 1).map(({ hash }) => hash);
  return index.candidates(seq).filter((event) => {
    const begins = event.kind === EVENT_KIND.logContinued ? beginsOf(event) : null;
    const hashes = begins ? [...before, begins.hash] : before;
    return hashes.some((each) => linkHash(each, event.link) === event.hash);
  });
}
