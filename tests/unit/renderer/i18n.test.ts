import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { REFUSAL_CODES } from "../../../main/contract/refusals.ts";
import { CAUSE_CODES } from "../../../main/domain/receipt/cause.ts";
import { RECEIPT_STATES } from "../../../main/domain/receipt/state.ts";
import { KEYMAP } from "../../../renderer/features/sell/keys/keymap.ts";

const RENDERER = join(import.meta.dirname, "../../../renderer");
const LANGUAGES = ["zh-CN", "en"] as const;

type Texts = { [key: string]: string | Texts };

function textsOf(language: string, namespace: string): Texts {
  return JSON.parse(readFileSync(join(RENDERER, "i18n", language, namespace), "utf8")) as Texts;
}

/** Dotted keys with their texts; English singulars (`_one`) count with the plural they belong to. */
function flat(texts: Texts, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") found.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

function keysOf(texts: Texts): string[] {
  return [
    ...new Set([...flat(texts).keys()].map((key) => key.replace(/_(one|other)$/, ""))),
  ].sort();
}

const namespaces = readdirSync(join(RENDERER, "i18n", "zh-CN")).sort();

describe("texts", () => {
  it("exist in both languages", () => {
    expect(readdirSync(join(RENDERER, "i18n", "en")).sort()).toEqual(namespaces);
  });

  it.each(namespaces)("%s has the same keys in both languages", (namespace) => {
    expect(keysOf(textsOf("en", namespace))).toEqual(keysOf(textsOf("zh-CN", namespace)));
  });

  it.each(namespaces)("%s has no empty text and the same numbers to put in", (namespace) => {
    const zh = flat(textsOf("zh-CN", namespace));
    const en = flat(textsOf("en", namespace));
    const holes = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();
    for (const [key, text] of zh) {
      expect(text.trim(), key).not.toBe("");
      const english = en.get(key) ?? en.get(`${key}_other`) ?? "";
      expect(english.trim(), key).not.toBe("");
      expect(holes(english), key).toEqual(holes(text));
    }
  });

  it.each(LANGUAGES)("%s has three sentences for every refusal", (language) => {
    const texts = textsOf(language, "refusals.json");
    for (const code of [...REFUSAL_CODES, "OFFLINE"])
      expect(Object.keys(texts[code] ?? {}), code).toEqual(["what", "now", "safe"]);
  });

  it.each(LANGUAGES)("%s names every cause and its fix", (language) => {
    const texts = textsOf(language, "causes.json");
    for (const code of CAUSE_CODES)
      expect(Object.keys(texts[code] ?? {}), code).toEqual(["name", "fix"]);
  });

  it.each(LANGUAGES)("%s names every receipt state and every key", (language) => {
    const common = flat(textsOf(language, "common.json"));
    for (const state of RECEIPT_STATES) expect(common.has(`state.${state}`), state).toBe(true);
    const sell = flat(textsOf(language, "sell.json"));
    for (const { command } of KEYMAP) expect(sell.has(`sheet.${command}`), command).toBe(true);
  });
});

describe("components", () => {
  const files = readdirSync(RENDERER, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".tsx"),
  );

  it.each(files)("%s holds no text of its own", (name) => {
    const source = readFileSync(join(RENDERER, name), "utf8")
      .replaceAll(/\/\*[\s\S]*?\*\//g, "")
      .replaceAll(/(^|\s)\/\/.*$/gm, "");
    expect(source.match(/[\u3400-\u9fff]+/g), "Chinese in a component").toBeNull();
    // Two words between tags: a sentence somebody forgot to move into a language file.
    expect(source.match(/>\s*[A-Z][a-z]+ [a-z]+[^<>{}()=;]*</g), "English between tags").toBeNull();
    const attribute = /(?:aria-label|title|label|placeholder|alt|hint)="[A-Z][a-z]+[^"]*"/g;
    expect(source.match(attribute), "English in an attribute").toBeNull();
  });
});
