import { anchorsAfter, type Anchor } from "../anchors.ts";
import { BEGINNING_ROW, LOST_ROW, readLost, type LostRange } from "../beginning.ts";
import { NUMBERS_ROW } from "../numbers.ts";
import { canonicalJson } from "../canonical-json.ts";
import { LogProblem } from "../log-problem.ts";
import { NEWEST_SCHEMA, NewerLogError, schemaOf } from "../migrate.ts";
import type { Database } from "../sqlite.ts";
import type { Testimony } from "../witness.ts";
import { AnchorCheck, type SoundPlace } from "./anchor-check.ts";
import { EventCheck, type Continued } from "./event-check.ts";
import { Findings, type Finding, type FindingCode } from "./finding.ts";
import { checkCatalogue, checkIdentity, checkMemory } from "./memory-check.ts";
import { readLinks, readRows } from "./reading.ts";
import { ReceiptCheck } from "./receipt-check.ts";
import { checkStructure } from "./structure-check.ts";

/** What is looked at, and what is known from outside. */
export interface VerifyOptions {
  /** What the witness file says; `"none"` for a bare copy of a log, null when the file is missing. */
  testimony: Testimony | "none" | null;
  /** `chain`: only the chain and its signatures. Default: everything. */
  depth?: "chain" | "full";
  /** Codes from slips (10 characters) or reports (43) that this log must have. */
  codes?: readonly string[];
  /** Ids of keys the owner knows about. */
  trustedKeys?: readonly string[];
}

/** How far a check is. */
export interface VerifyProgress {
  step: "structure" | "events" | "receipts";
  done: number;
  /** 0 while it is not known. */
  of: number;
}

/** What a check has found. */
export interface VerifyReport {
  ok: boolean;
  findings: readonly Finding[];
  /** By code, with those beyond the first 50 of a code. */
  totals: Partial<Record<FindingCode, number>>;
  events: number;
  sales: number;
  days: number;
  anchors: number;
  tillId: string | null;
  keyId: string | null;
  head: { seq: number; hash: string; atMs: number } | null;
  /** The first event whose log was signed while it was written; 1 for a log of this schema. */
  signedFrom: number | null;
  /** The newest anchor before which nothing was found; null when there is none. */
  soundUpTo: SoundPlace | null;
  /** Events after the newest anchor: only the chain holds them. */
  unsigned: number;
  hasWitness: boolean;
  /** The damaged file it goes on from; null: none. */
  continued: Continued | null;
  /** Offset of the newest sale, for showing times as the shop saw them. */
  utcOffsetMin: number;
}

/** Thrown for a log of before there were anchors: the till brings it up to date at its next start. */
export class OlderLogError extends LogProblem {
  constructor(found: number) {
    super({
      en:
        `This sale log is of an older Slipsure (schema ${found}, this one checks ` +
        `${NEWEST_SCHEMA}). Open it with this version once, or a copy of its folder, and check it then.`,
      zh:
        `这份销售日志由旧版本写成（格式 ${found}，本版本检查格式 ${NEWEST_SCHEMA}）。` +
        "请先用本版本打开一次（或打开它的副本），再检查。",
    });
  }
}

/**
 * Checks a whole log over a read-only connection, a page at a time: yields how far it is, returns
 * what it found. The connection must be in one read transaction, so that all passes see one state.
 * @throws OlderLogError, NewerLogError, or SQLite's error when the file is no database.
 */
export function* verifySteps(
  db: Database,
  options: VerifyOptions,
): Generator<VerifyProgress, VerifyReport> {
  const schema = schemaOf(db);
  if (schema > NEWEST_SCHEMA) throw new NewerLogError(schema);
  if (schema < NEWEST_SCHEMA) throw new OlderLogError(schema);
  const isFull = options.depth !== "chain";
  const findings = new Findings();
  const testimony = options.testimony === "none" ? null : options.testimony;
  let tables = 0;
  if (isFull)
    for (const _table of checkStructure(db, schema, findings))
      yield { step: "structure", done: (tables += 1), of: 0 };
  const anchors = new AnchorCheck(findings, readAnchors(db, findings), testimony, !isFull);
  if (options.testimony === null && anchors.count > 0) findings.add("witnessMissing");
  const check = new EventCheck(db, findings, anchors, {
    chainOnly: !isFull,
    trustedKeys: new Set(options.trustedKeys),
    codes: options.codes ?? [],
    lost: readLostRows(db),
  });
  const of = Number(readRows(db, "SELECT max(seq) FROM event")?.[0]?.[0] ?? 0);
  for (const links of readLinks(db, findings)) {
    check.page(links);
    yield { step: "events", done: check.events, of };
  }
  check.finish();
  if (isFull) yield* checkRest(db, check, findings);
  return report(check, anchors, findings, testimony !== null);
}

/** As `verifySteps`, letting others have their turn between pages. Rejects with the signal's reason. */
export async function verifyLog(
  db: Database,
  options: VerifyOptions & {
    signal?: AbortSignal;
    onProgress?: (progress: VerifyProgress) => void;
  },
): Promise<VerifyReport> {
  db.exec("BEGIN");
  try {
    const steps = verifySteps(db, options);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      options.onProgress?.(step.value);
      // oxlint-disable-next-line no-await-in-loop -- the point is to stop here
      await new Promise((resolve) => setImmediate(resolve));
      options.signal?.throwIfAborted();
    }
  } finally {
    db.exec("ROLLBACK");
  }
}

/** What follows from all events together, or from none. */
function* checkRest(
  db: Database,
  check: EventCheck,
  findings: Findings,
): Generator<VerifyProgress> {
  const receipts = new ReceiptCheck(db, findings);
  const of = check.sales.count;
  for (const done of receipts.run(of)) yield { step: "receipts", done, of };
  const { count, seqSum } = check.receiptEvents;
  // The second pass reads by an index: it must have led to the very same events.
  if (receipts.folded.count !== count || receipts.folded.seqSum !== seqSum)
    findings.add("fileDamaged", {
      table: "event",
      row: "event_ref",
      expected: String(count),
      found: String(receipts.folded.count),
    });
  checkMemory(db, findings);
  if (check.catalogue) checkCatalogue(db, check.catalogue, findings);
  if (check.identity) checkIdentity(db, check.identity, otherRows(check), findings);
  else findings.add("anchorMissing");
}

/** Rows of `meta` that follow from events of a log that was damaged once. */
function otherRows({ continued, saidLost, numbers }: EventCheck): [k: string, v: string][] {
  const rows: [k: string, v: string][] = [];
  if (continued && !continued.isMerged) rows.push([BEGINNING_ROW, canonicalJson(continued.begins)]);
  if (Array.isArray(saidLost) && saidLost.length > 0)
    rows.push([LOST_ROW, canonicalJson(saidLost)]);
  if (numbers) rows.push([NUMBERS_ROW, canonicalJson(numbers)]);
  return rows;
}

function readLostRows(db: Database): LostRange[] {
  try {
    return readLost(db);
  } catch {
    // Not what the till writes: the row is reported as changed, the holes as missing.
    return [];
  }
}

function readAnchors(db: Database, findings: Findings): Anchor[] {
  try {
    return anchorsAfter(db, null, Number.MAX_SAFE_INTEGER);
  } catch {
    findings.add("unreadable", { table: "anchor" });
    return [];
  }
}

function report(
  check: EventCheck,
  anchors: AnchorCheck,
  findings: Findings,
  hasWitness: boolean,
): VerifyReport {
  const { list } = findings;
  const numbered = list.flatMap(({ seq }) => (seq === null ? [] : [seq]));
  const firstWrong = Math.min(...numbered, Number.MAX_SAFE_INTEGER);
  const newest = anchors.sound.at(-1)?.seq ?? (check.signedFrom ?? 1) - 1;
  return {
    ok: list.length === 0,
    findings: list,
    totals: findings.totals(),
    events: check.events,
    sales: check.soldCount,
    days: check.days.count,
    anchors: anchors.count,
    tillId: check.identity?.tillId ?? null,
    keyId: check.identity?.keyId ?? null,
    head: check.head,
    signedFrom: check.signedFrom,
    soundUpTo: anchors.sound.findLast(({ seq }) => seq < firstWrong) ?? null,
    unsigned: Math.max(0, (check.head?.seq ?? 0) - newest),
    hasWitness,
    continued: check.continued,
    utcOffsetMin: check.utcOffsetMin ?? 0,
  };
}
