import type { BackupPreview } from "../../../../main/contract/backup.ts";

export interface Consequence {
  /** Its sentence, under `backup:restore`. */
  key: string;
  tone: "calm" | "wait" | "bad";
}

/** What somebody must know before going back to a backup, most important first. */
export function consequencesOf(preview: BackupPreview, isEmptyHere: boolean): Consequence[] {
  const { here, findings, signer, hasTillKey } = preview;
  const all: Consequence[] = [];
  const isMissed = here !== null && !isEmptyHere;
  // Books from before first start hold nothing anybody would miss.
  if (isMissed) all.push(...costOf(here));
  if (findings.length > 0) all.push({ key: "flagged", tone: "wait" });
  if (signer === "otherTill") all.push({ key: "otherTill", tone: "wait" });
  if (signer === "otherTill" && !hasTillKey) all.push({ key: "noKey", tone: "calm" });
  if (isMissed && here.carried === null) all.push({ key: "settings", tone: "wait" });
  if (isMissed) all.push({ key: "aside", tone: "calm" }, { key: "stops", tone: "calm" });
  return all;
}

function costOf(here: NonNullable<BackupPreview["here"]>): Consequence[] {
  const { relation, lostSales, carried } = here;
  const goesAlong: Consequence[] =
    carried !== null && carried.sales > 0 ? [{ key: "carried", tone: "calm" }] : [];
  switch (relation) {
    case "same":
    case "newer":
      return [{ key: relation, tone: "calm" }];
    case "older":
      if (lostSales > 0) return [{ key: "older", tone: "bad" }, ...goesAlong];
      return goesAlong.length > 0 ? goesAlong : [{ key: "olderNothing", tone: "calm" }];
    case "branched":
    case "other":
      return [{ key: relation, tone: lostSales === 0 ? "wait" : "bad" }];
    case "unreadable":
      return [{ key: "unreadable", tone: "wait" }, ...goesAlong];
  }
}
