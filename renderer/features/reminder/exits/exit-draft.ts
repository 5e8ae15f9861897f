/** What a person fills in to leave the reminder without printing. */
export interface ExitDraft {
  digits: string;
  /** Key of a ready-made reason; the own words win over it. */
  chip: string | null;
  ownWords: string;
  paperNo: string;
  pin: string;
}

export const EMPTY_EXIT: ExitDraft = { digits: "", chip: null, ownWords: "", paperNo: "", pin: "" };

/** Only digits, at most so many. */
export function digitsOnly(text: string, max: number): string {
  return text.replaceAll(/\D/g, "").slice(0, max);
}

/** True when everything this exit asks for is there. Whether it is right is for the till to say. */
export function isExitComplete(
  draft: ExitDraft,
  asks: { paperNo: boolean; pin: boolean },
): boolean {
  return (
    /^\d{2}$/.test(draft.digits) &&
    (draft.ownWords.trim() !== "" || draft.chip !== null) &&
    (!asks.paperNo || draft.paperNo.trim() !== "") &&
    (!asks.pin || /^\d{4,8}$/.test(draft.pin))
  );
}
