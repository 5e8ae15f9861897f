import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Locale } from "../../main/domain/sale.ts";
import { bridge } from "../bridge/bridge.ts";

const FILES = import.meta.glob<Record<string, unknown>>("./*/*.json", {
  eager: true,
  import: "default",
});

/** `zh-CN` for any kind of Chinese, else English. */
export function localeOf(tag: string): Locale {
  return tag.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** Starts in the system's language; `setLanguage` follows the settings afterwards. */
export async function startI18n(): Promise<void> {
  const resources: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [path, texts] of Object.entries(FILES)) {
    const [, language = "", file = ""] = path.split("/");
    (resources[language] ??= {})[file.replace(".json", "")] = texts;
  }
  const lng = localeOf(bridge().systemLocale);
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: "en",
    resources,
    defaultNS: "common",
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = lng;
}

/** Switches texts, `<html lang>` (which decides how Han characters look) and the title. */
export async function setLanguage(locale: Locale): Promise<void> {
  if (i18next.language !== locale) await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
}
