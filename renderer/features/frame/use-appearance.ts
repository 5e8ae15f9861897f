import { useEffect } from "react";
import { bridge, useSettings } from "../../bridge/index.ts";
import { localeOf, setLanguage } from "../../i18n/start.ts";

/** Keeps language, theme and density of the page as the settings say. */
export function useAppearance(): void {
  const { locale, theme, density } = useSettings();

  useEffect(() => {
    void setLanguage(locale ?? localeOf(bridge().systemLocale));
  }, [locale]);

  useEffect(() => {
    document.documentElement.dataset["density"] = density;
  }, [density]);

  useEffect(() => {
    const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      const isDark = theme === "dark" || (theme === "system" && systemDark.matches);
      document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
    };
    apply();
    systemDark.addEventListener("change", apply);
    return () => systemDark.removeEventListener("change", apply);
  }, [theme]);
}
