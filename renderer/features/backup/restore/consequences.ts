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
  // Books from before first start hold nothing anybody would miss.
  if (here && !isEmptyHere) all.push(costOf(here));
  if (findings.length > 0) all.push({ key: "flagged", tone: "wait" });
  if (signer === "otherTill") all.push({ key: "otherTill", tone: "wait" });
  if (signer === "otherTill" && !hasTillKey) all.push({ key: "noKey", tone: "calm" });
  if (here && !isEmptyHere && here.relation !== "same") all.push({ key: "aside", tone: "calm" });
  return all;
}

function costOf({ relation, lostSales }: NonNullable<BackupPreview["here"]>): Consequence {
  switch (relation) {
    case "same":
    case "newer":
      return { key: relation, tone: "calm" };
    case "older":
      return lostSales === 0
        ? { key: "olderNothing", tone: "calm" }
        : { key: "older", tone: "bad" };
    case "branched":
    case "other":
      return { key: relation, tone: lostSales === 0 ? "wait" : "bad" };
    case "unreadable":
      return { key: "unreadable", tone: "wait" };
  }
}
