import type { CallOutput } from "../../../../main/contract/calls.ts";
import type { RefusalBody } from "../../../../main/contract/refusals.ts";
import type { Basket, Tender } from "../../../../main/domain/sale.ts";
import { call, callSafely, CallRefused, newRequestId } from "../../../bridge/call.ts";
import type { SellMemory } from "./sell-memory.ts";

/** What the customer pays with, and what the cashier saw to be due. */
export interface Payment {
  tenders: Tender[];
  expectedTotalMinor: number;
}

type Answer = CallOutput<"sale.complete">;

/** A basket that became a sale. */
export interface Sold {
  kind: "sold";
  sale: Omit<Answer, "status">;
  /** null: the till told of the sale without it. */
  status: Answer["status"] | null;
  /** Exactly what was sold. */
  basket: Basket;
  tenders: Tender[];
  /** It was an attempt from before of which no answer had come; what was asked for now was not done. */
  isEarlier: boolean;
}

export type Completion = Sold | { kind: "refused"; refusal: RefusalBody };

/** Asking it of these may have completed the sale: only the till can say. */
const UNDECIDED: ReadonlySet<string> = new Set(["INTERNAL", "DISK_NOT_WRITABLE"]);

/**
 * Completes a sale once. The request id is kept until an answer says that the sale was decided: the same payment of
 * the same basket asks with the same id again, and another one first asks what became of the attempt before.
 */
export async function completeSale(
  basket: Basket,
  payment: Payment,
  memory: SellMemory,
): Promise<Completion> {
  const of = JSON.stringify([basket, payment.tenders]);
  const before = memory.attempt();
  if (before !== null && before.of !== of) {
    const known = await attemptBefore(memory);
    if (known !== null) return known;
  }
  const requestId = memory.attempt()?.requestId ?? newRequestId();
  const { tenders } = payment;
  memory.keepAttempt({ requestId, of, basket, tenders });
  try {
    const { status, ...sale } = await callSafely("sale.complete", {
      requestId,
      basket,
      ...payment,
    });
    memory.keepAttempt(null);
    return { kind: "sold", sale, status, basket, tenders, isEarlier: false };
  } catch (error) {
    if (error instanceof CallRefused && !UNDECIDED.has(error.code)) memory.keepAttempt(null);
    return refused(error);
  }
}

/** What became of an attempt whose answer never came; null: there is none, or it was not completed and never will be. */
export async function attemptBefore(memory: SellMemory): Promise<Completion | null> {
  const attempt = memory.attempt();
  if (attempt === null) return null;
  try {
    const { sale } = await call("sale.outcome", { of: attempt.requestId });
    memory.keepAttempt(null);
    if (sale === null) return null;
    const { basket, tenders } = attempt;
    return { kind: "sold", sale, status: null, basket, tenders, isEarlier: true };
  } catch (error) {
    return refused(error);
  }
}

function refused(error: unknown): Completion {
  if (error instanceof CallRefused) return { kind: "refused", refusal: error.refusal };
  throw error;
}
