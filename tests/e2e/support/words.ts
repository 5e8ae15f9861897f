import { readFileSync } from "node:fs";
import { join } from "node:path";
import { appDir } from "../../../main/shells/app-paths.ts";

/** Looks a text of the screens up by its key, `reminder:exit.declined`, in one language. */
export function wordsOf(locale: "zh-CN" | "en"): (key: string) => string {
  const files = new Map<string, unknown>();
  return (key) => {
    const [file = "", path = ""] = key.split(":");
    const known: unknown =
      files.get(file) ??
      JSON.parse(readFileSync(join(appDir(), "renderer", "i18n", locale, `${file}.json`), "utf8"));
    files.set(file, known);
    const found = path
      .split(".")
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], known);
    if (typeof found !== "string") throw new Error(`There is no text ${key} in ${locale}.`);
    return found;
  };
}
