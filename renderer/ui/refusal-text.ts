import { useTranslation } from "react-i18next";
import type { RefusalBody } from "../../main/contract/refusals.ts";
import { useFormat } from "./format.ts";

export interface RefusalText {
  what: string;
  now: string;
  safe: string;
}

/** Turns a refusal into its three sentences. Numbers of the refusal are put in; `...Minor` as money. */
export function useRefusalText(): (refusal: RefusalBody) => RefusalText {
  const { t } = useTranslation("refusals");
  const { money } = useFormat();
  return ({ code, details }) => {
    const values = Object.fromEntries(
      Object.entries(details).map(([name, value]) => [
        name,
        typeof value === "number" && name.endsWith("Minor") ? money(value) : value,
      ]),
    );
    const key = details["offline"] === true ? "OFFLINE" : code;
    return {
      what: t(`${key}.what`, values),
      now: t(`${key}.now`, values),
      safe: t(`${key}.safe`, values),
    };
  };
}
