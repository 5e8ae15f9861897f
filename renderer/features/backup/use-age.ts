import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/index.ts";

const HOUR_MS = 3_600_000;
/** Up to here hours say more than days: a copy is late after 26 of them. */
const IN_HOURS_MS = 72 * HOUR_MS;

/** How old a copy is: as everywhere, but in hours up to three days. */
export function useAge(): (ms: number) => string {
  const { t } = useTranslation("common");
  const format = useFormat();
  return (ms) =>
    ms >= HOUR_MS && ms < IN_HOURS_MS
      ? t("age.hours", { count: Math.floor(ms / HOUR_MS) })
      : format.age(ms);
}
