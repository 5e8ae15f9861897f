import type { TFunction } from "i18next";
import type { TillStatus } from "../../../main/contract/status.ts";
import type { Format, IconName } from "../../ui/index.ts";

export type Damage = NonNullable<TillStatus["damage"]>;

/** Receipts that are named one by one. */
const NAMED = 12;

export interface DamageFact {
  key: string;
  icon: IconName;
  word: string;
  text: string;
}

/** What is known of damaged books, in the order in which it matters at the counter. */
export function damageFacts(
  { foundAtMs, provedSaleId, provedAtMs, nextSaleId, skipped, owed, owedCount, catalogue }: Damage,
  t: TFunction<"damage">,
  format: Format,
): DamageFact[] {
  const facts: DamageFact[] = [
    { key: "since", icon: "clock", word: t("fact.since"), text: format.dateTime(foundAtMs) },
    {
      key: "proved",
      icon: "checkCircle",
      word: t("fact.proved"),
      text:
        provedSaleId === null || provedAtMs === null
          ? t("fact.provedNone")
          : t("fact.provedUpTo", { saleId: provedSaleId, time: format.dateTime(provedAtMs) }),
    },
    {
      key: "next",
      icon: "tag",
      word: t("fact.next"),
      text: t(skipped === 0 ? "fact.nextGapless" : "fact.nextSkipped", {
        saleId: nextSaleId,
        count: skipped,
      }),
    },
  ];
  if (owedCount > 0)
    facts.push({
      key: "owed",
      icon: "history",
      word: t("fact.owed"),
      text: t(owedCount > NAMED ? "fact.owedMany" : "fact.owedList", {
        list: owed
          .slice(0, NAMED)
          .map(({ saleId }) => saleId)
          .join(t("fact.comma")),
        count: owedCount,
      }),
    });
  if (catalogue !== "proved")
    facts.push({
      key: "catalogue",
      icon: "box",
      word: t("fact.catalogue"),
      text: t(`fact.catalogueIs.${catalogue}`),
    });
  return facts;
}
