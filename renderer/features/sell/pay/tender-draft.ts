import type { Tender, TenderMethod } from "../../../../main/domain/sale.ts";

/** What is typed for the payment under way. `amountMinor` null: nothing typed, so all that is due. */
export interface TenderDraft {
  method: TenderMethod;
  amountMinor: number | null;
  reference: string;
}

export type DraftOutcome =
  | { kind: "complete"; tenders: Tender[] }
  /** Less than is due: taken as a part, the rest by another payment. */
  | { kind: "part"; tender: Tender }
  | { kind: "tooMuch" }
  | { kind: "nothing" };

/** What pressing "complete" does with a draft, given what was taken before. Pure. */
export function settleDraft(
  draft: TenderDraft,
  taken: readonly Tender[],
  totalMinor: number,
): DraftOutcome {
  const remainingMinor = totalMinor - sumOf(taken);
  const amountMinor = draft.amountMinor ?? remainingMinor;
  const reference = draft.method === "cash" ? null : draft.reference.trim() || null;
  const tender = { method: draft.method, amountMinor, reference };
  if (amountMinor === 0 && remainingMinor > 0) return { kind: "nothing" };
  if (amountMinor < remainingMinor) return { kind: "part", tender };
  if (amountMinor > remainingMinor && draft.method !== "cash") return { kind: "tooMuch" };
  return { kind: "complete", tenders: [...taken, tender] };
}

export function sumOf(tenders: readonly Tender[]): number {
  return tenders.reduce((total, tender) => total + tender.amountMinor, 0);
}
