import { anchorText, newestAnchor } from "./anchors.ts";
import { readLost } from "./beginning.ts";
import { findBrokenLink, headOf } from "./chain.ts";
import { DamagedLogError } from "./damaged-log.ts";
import type { DamageCause } from "./event.ts";
import type { LogIdentity } from "./log-identity.ts";
import type { Database } from "./sqlite.ts";
import { signatureChecker } from "./till-key.ts";
import type { Finding, FindingCode, Findings } from "./verify/finding.ts";
import type { Testimony } from "./witness.ts";

/**
 * What a till looks at before it adds to a log: the newest anchor, the few events after it, and
 * whether the witness knows of more. Some milliseconds; `verify` looks at everything.
 */
export function openingCheck(
  db: Database,
  identity: LogIdentity,
  testimony: Testimony | null,
  findings: Findings,
): void {
  const anchor = newestAnchor(db);
  if (!anchor) findings.add("anchorMissing");
  else {
    const isGenuine = signatureChecker(identity.publicKey);
    const { seq, atMs, hash, sig } = anchor;
    const stored = hashOf(db, seq);
    if (stored !== hash) findings.add("rewritten", { seq, atMs, expected: hash, found: stored });
    else if (!isGenuine(anchorText(identity.tillId, anchor), sig))
      findings.add("anchorWrong", { seq, atMs });
    const broken = findBrokenLink(db, { seq, hash: stored ?? hash });
    if (broken)
      findings.add(broken.problem === "missing" ? "eventMissing" : "eventChanged", {
        seq: broken.seq,
      });
  }
  checkTestimony(db, testimony, findings);
}

/** Findings after which a file is not added to: numbers could be given out twice, or entries hang on nothing. */
const BREAKING: Partial<Record<FindingCode, DamageCause>> = {
  eventMissing: "chain",
  eventChanged: "chain",
  tailCut: "tailCut",
};
/** A file so small is looked at as a whole: that takes less than the program's own start. */
const SMALL_PAGES = 2048;

/**
 * A file that is damaged where it matters is not added to.
 * @param isLog false for a file that has just been made
 * @throws DamagedLogError
 */
export function demandWhole(db: Database, findings: readonly Finding[], isLog: boolean): void {
  const found = findings.find(({ code }) => BREAKING[code] !== undefined);
  const cause = found && BREAKING[found.code];
  if (cause) throw new DamagedLogError(db.path, isLog ? cause : "missing", found.code);
  if (!isLog || Number(db.rows("PRAGMA page_count")[0]?.[0]) > SMALL_PAGES) return;
  const [complaint] = db.rows("PRAGMA quick_check(1)")[0] ?? [];
  if (complaint !== "ok") throw new DamagedLogError(db.path, "pages", complaint);
  const broken = findBrokenLink(db, undefined, readLost(db));
  if (broken)
    throw new DamagedLogError(db.path, "chain", `event ${broken.seq} is ${broken.problem}`);
}

/** A log that begins where a witness already knows of another one. */
export function checkTestimony(
  db: Database,
  testimony: Testimony | null,
  findings: Findings,
): void {
  const newest = testimony?.anchors.at(-1);
  if (!newest) {
    if (testimony === null && newestAnchor(db)) findings.add("witnessMissing");
    return;
  }
  const { seq, atMs, hash } = newest;
  const head = headOf(db);
  if (seq > head.seq)
    findings.add("tailCut", { seq, atMs, expected: String(seq), found: String(head.seq) });
  else if (hashOf(db, seq) !== hash)
    findings.add("rewritten", { seq, atMs, expected: hash, found: hashOf(db, seq) });
}

function hashOf(db: Database, seq: number): string | null {
  const row = db.get("SELECT hash FROM event WHERE seq=?", seq);
  return row ? String(row["hash"]) : null;
}
