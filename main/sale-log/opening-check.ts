import { anchorText, newestAnchor } from "./anchors.ts";
import { findBrokenLink, headOf } from "./chain.ts";
import type { LogIdentity } from "./log-identity.ts";
import type { Database } from "./sqlite.ts";
import { signatureChecker } from "./till-key.ts";
import type { Findings } from "./verify/finding.ts";
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
