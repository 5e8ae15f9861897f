import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const NAMESPACES = ["history", "dayEnd", "settings", "catalogue", "practice", "updates"] as const;

type Texts = { [key: string]: string | Texts };

function load(locale: string, namespace: string): Texts {
  const url = new URL(`../../../renderer/i18n/${locale}/${namespace}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as Texts;
}

function flatten(texts: Texts, prefix = ""): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${prefix}${key}`, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map((m) => m[1] ?? "").toSorted();
/** Chinese has one plural form, English two. */
const withoutPlural = (key: string) => key.replace(/_(one|other)$/, "");

describe.each(NAMESPACES)("texts of %s", (namespace) => {
  const zh = flatten(load("zh-CN", namespace));
  const en = flatten(load("en", namespace));

  it("has the same keys in both languages", () => {
    const keysOf = (texts: [string, string][]) =>
      [...new Set(texts.map(([key]) => withoutPlural(key)))].toSorted();
    expect(keysOf(en)).toEqual(keysOf(zh));
  });

  it("says something everywhere, with the same values in it", () => {
    const zhByKey = new Map(zh.map(([key, text]) => [withoutPlural(key), text]));
    for (const [key, text] of en) {
      expect(text.trim(), key).not.toBe("");
      expect(placeholders(text), key).toEqual(placeholders(zhByKey.get(withoutPlural(key)) ?? ""));
    }
  });
});
