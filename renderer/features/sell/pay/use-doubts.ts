import { useCallback, useState } from "react";
import type { PricedBasket, Tender } from "../../../../main/domain/sale.ts";
import { useSettings } from "../../../bridge/index.ts";
import { doubtsOf, type Doubt } from "./doubts.ts";

/** A payment that a person is asked about. */
export interface Question {
  doubts: readonly Doubt[];
  answer: (isMeant: boolean) => void;
}

/** Asks about a payment that can hardly be meant; `isMeant` resolves at once for all others. */
export function useDoubts(priced: PricedBasket) {
  const { currency } = useSettings();
  const [question, setQuestion] = useState<Question | null>(null);
  const isMeant = useCallback(
    (tenders: readonly Tender[]): Promise<boolean> => {
      const doubts = doubtsOf(priced, tenders, currency);
      if (doubts.length === 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        const answer = (yes: boolean) => {
          setQuestion(null);
          resolve(yes);
        };
        setQuestion({ doubts, answer });
      });
    },
    [priced, currency],
  );
  return { question, isMeant };
}
