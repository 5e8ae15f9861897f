import { useTranslation } from "react-i18next";

/** A business date as the language writes it: `11月23日 周一`, `Mon, Nov 23`. */
export function useBusinessDate(): (date: string, hasYear?: boolean) => string {
  const { i18n } = useTranslation();
  return (date, hasYear = false) => {
    const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
    return new Intl.DateTimeFormat(i18n.language, {
      ...(hasYear ? { year: "numeric" } : {}),
      month: i18n.language === "en" ? "short" : "long",
      day: "numeric",
      weekday: "short",
    }).format(new Date(year, month - 1, day));
  };
}
