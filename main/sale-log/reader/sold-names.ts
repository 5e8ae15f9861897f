import { foldText } from "../../domain/fold-text.ts";
import type { Database } from "../sqlite.ts";

/** A name as it can be typed. */
export interface TypedName {
  /** Which letters it holds, as bits: most names are ruled out by them. */
  readonly letters: number;
  /** True when `typed` (lower-case letters and digits) can be typed for it. */
  matches(typed: string): boolean;
}

/** How names are typed in pinyin; handed in, because the dictionary belongs to the catalogue. */
export interface PinyinFinder {
  /** Loads what is needed to write keys; slow, so only called when a name is new. */
  loadKeyMaker(): Promise<(name: string) => string>;
  /** A name from its keys as they were written. */
  read(keys: string): TypedName;
  /** Which letters a typed text holds, as bits. */
  letters(text: string): number;
}

interface SoldName {
  zh: string;
  en: string;
  typed: TypedName | null;
}

const PAGE_ROWS = 200;
/** Answers kept: the pages of one search ask for the same words again and again. */
const MAX_KEPT = 32;

/** Every name that was ever sold, in memory: any part of any script is found in a millisecond. */
export class SoldNames {
  private readonly log: Database;
  private readonly pinyin: PinyinFinder;
  /** By `item_name.id`; ids have no gaps worth the name. */
  private readonly names: (SoldName | undefined)[] = [];
  private readonly kept = new Map<string, Uint8Array>();
  private newestId = 0;

  constructor(log: Database, pinyin: PinyinFinder) {
    this.log = log;
    this.pinyin = pinyin;
  }

  /** Takes over names that are new in the log. */
  follow(): void {
    for (;;) {
      const rows = this.log.rows(
        "SELECT id, name_zh, name_en FROM item_name WHERE id>? ORDER BY id LIMIT ?",
        this.newestId,
        PAGE_ROWS,
      );
      for (const [id, zh, en] of rows) {
        this.newestId = Number(id);
        const names = { zh: foldText(String(zh)), en: foldText(String(en)) };
        this.names[this.newestId] = { ...names, typed: null };
      }
      if (rows.length > 0) this.kept.clear();
      if (rows.length < PAGE_ROWS) return;
    }
  }

  /** Gives names their pinyin keys, as they were written before. */
  know(keys: Iterable<readonly [id: number, keys: string]>): void {
    for (const [id, text] of keys) {
      const name = this.names[id];
      if (name) name.typed = this.pinyin.read(text);
    }
    this.kept.clear();
  }

  /** Names in Chinese that can't be typed in pinyin yet. */
  withoutKeys(): number[] {
    return this.names.flatMap((name, id) =>
      name?.typed === null && /\p{Script=Han}/u.test(name.zh) ? [id] : [],
    );
  }

  folded(id: number): string {
    return this.names[id]?.zh ?? "";
  }

  /** One byte per name, by its id: 1 where a folded text is part of it, in either language or pinyin. */
  matching(text: string): Uint8Array {
    const known = this.kept.get(text);
    if (known) return known;
    const found = new Uint8Array(this.names.length);
    const typed = text.replaceAll(/['’]/g, "");
    const isTyped = /^[a-z0-9]*[a-z][a-z0-9]*$/.test(typed);
    const letters = this.pinyin.letters(typed);
    this.names.forEach((name, id) => {
      if (!name) return;
      const isPart = name.zh.includes(text) || name.en.includes(text);
      const isPinyin =
        !isPart &&
        isTyped &&
        name.typed !== null &&
        (letters & ~name.typed.letters) === 0 &&
        name.typed.matches(typed);
      if (isPart || isPinyin) found[id] = 1;
    });
    if (this.kept.size >= MAX_KEPT) this.kept.delete(this.kept.keys().next().value ?? "");
    this.kept.set(text, found);
    return found;
  }
}
