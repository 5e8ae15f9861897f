import { useEffect } from "react";
import { bridge, useSettings } from "../../bridge/index.ts";
import { localeOf, setLanguage } from "../../i18n/start.ts";
import { useTheme } from "../../ui/use-theme.ts";

/** Keeps language, theme and density of the page as the settings say. */
export function useAppearance(): void {
  const { locale, theme, density } = useSettings();

  useEffect(() => {
    void setLanguage(locale ?? localeOf(bridge().systemLocale));
  }, [locale]);

  useEffect(() => {
    document.documentElement.dataset["density"] = density;
  }, [density]);

  useTheme(theme);
}
