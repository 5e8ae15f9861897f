import { foldText } from "../domain/fold-text.ts";
import { CodeIndex } from "./code-index.ts";
import { findPinyin, letterBits, type PinyinKeys } from "./pinyin-keys.ts";
import { pinyinInThread } from "./pinyin-thread.ts";
import { codesOf, type Product } from "./product.ts";
import { forEachInSlices } from "./slices.ts";

/** The catalogue in memory, for scanning and typing. */
export interface CatalogueIndex {
  /**
   * Takes over a new catalogue; the old one answers until the new one is complete. When called
   * again before it has finished, the later list wins.
   */
  replaceAll(products: readonly Product[]): Promise<void>;
  /**
   * The product with exactly this barcode or short code; else the one whose code is the same GTIN in another
   * length; else the only one whose code differs in capitals. Never loads the pinyin dictionary.
   */
  byCode(this: void, code: string): Product | null;
  /**
   * Products that match every word of `query`, best first and otherwise in catalogue order. A word may be
   * a code, the start or (from four digits) the end of one, part of a Chinese or English name, or
   * pinyin: initials, whole syllables or both. Order: exact code, exact name, start of a code or name,
   * start of an English word, anything else.
   * An empty query gives the start of the catalogue.
   * The first query with a Latin letter that is no exact code loads the pinyin dictionary and waits for it.
   */
  search(query: string, limit: number): Promise<Product[]>;
  /** Number of products. */
  size(): number;
  /** Called after another catalogue has begun to answer. */
  listen(listener: () => void): void;
  /** Loads pinyin ahead of the first search; to be called when the till is idle. */
  preparePinyin(): Promise<void>;
}

interface Entry {
  product: Product;
  /** Every code, lower case. */
  codes: readonly string[];
  nameZh: string;
  nameEn: string;
}

interface Snapshot {
  entries: readonly Entry[];
  codes: CodeIndex;
  /** By entry; null until somebody needs it. */
  pinyin: Promise<readonly PinyinKeys[]> | null;
}

/** How well a product matches; lower is better. */
const RANK = { code: 0, name: 1, start: 2, wordStart: 3, inside: 4, none: 5 } as const;
type Rank = (typeof RANK)[keyof typeof RANK];

const NO_KEYS: PinyinKeys = { tokens: [], letters: 0 };

/** Shorter digit strings occur at the end of too many barcodes to be meant as one. */
const MIN_CODE_END_DIGITS = 4;

/** @param keysOf how names are typed in pinyin, in their order, slice by slice. */
export function createCatalogueIndex(keysOf = pinyinInThread): CatalogueIndex {
  let current: Snapshot = { entries: [], codes: new CodeIndex(), pinyin: null };
  let lastCall = 0;
  let wantsPinyin = false;
  const listeners = new Set<() => void>();
  /** By name: another price needs no dictionary. */
  let known: ReadonlyMap<string, PinyinKeys> = new Map();

  const buildPinyin = async (entries: readonly Entry[]): Promise<readonly PinyinKeys[]> => {
    const unknown = new Set<string>();
    await forEachInSlices(entries, ({ nameZh }) => {
      if (!known.has(nameZh)) unknown.add(nameZh);
    });
    const names = [...unknown];
    const made = new Map<string, PinyinKeys>();
    if (names.length > 0)
      for await (const slice of keysOf(names))
        for (const keys of slice) made.set(names[made.size] ?? "", keys);
    if (made.size < names.length) throw new Error("The pinyin of the catalogue was not made.");
    const all = new Map<string, PinyinKeys>();
    const pinyin: PinyinKeys[] = [];
    await forEachInSlices(entries, ({ nameZh }) => {
      const keys = made.get(nameZh) ?? known.get(nameZh) ?? NO_KEYS;
      all.set(nameZh, keys);
      pinyin.push(keys);
    });
    known = all;
    return pinyin;
  };

  const pinyinOf = (snapshot: Snapshot): Promise<readonly PinyinKeys[]> => {
    wantsPinyin = true;
    snapshot.pinyin ??= buildPinyin(snapshot.entries).catch((error: unknown) => {
      snapshot.pinyin = null; // so that the next search tries again
      throw error;
    });
    return snapshot.pinyin;
  };

  return {
    async replaceAll(products) {
      lastCall += 1;
      const call = lastCall;
      const snapshot = await buildSnapshot(products);
      // Once pinyin has been used, a changed price must not make the next search wait for it again.
      if (wantsPinyin) await pinyinOf(snapshot);
      if (call !== lastCall) return;
      current = snapshot;
      for (const listener of listeners) listener();
    },
    byCode: (code) => current.codes.find(code.trim()),
    async search(query, limit) {
      const snapshot = current;
      const words = toWords(query);
      if (limit <= 0) return [];
      // Nothing typed yet: the catalogue from its start, to pick from.
      if (words.length === 0) return snapshot.entries.slice(0, limit).map(({ product }) => product);
      const exact = snapshot.codes.find(query.trim());
      if (exact !== null && /^\d{8,}$/.test(query.trim())) return [exact];
      // A known code was typed, so nobody is waiting for pinyin: its dictionary is not loaded for it.
      const needsPinyin = exact === null && words.some((word) => /[a-z]/.test(word.pinyin));
      const pinyin = needsPinyin ? await pinyinOf(snapshot) : null;
      return rankAll(snapshot.entries, pinyin, words, limit);
    },
    size: () => current.entries.length,
    listen: (listener) => void listeners.add(listener),
    async preparePinyin() {
      await pinyinOf(current);
    },
  };
}

async function buildSnapshot(products: readonly Product[]): Promise<Snapshot> {
  const entries: Entry[] = [];
  const codes = new CodeIndex();
  await forEachInSlices(products, (product) => {
    codes.add(product);
    entries.push({
      product,
      codes: codesOf(product).map((code) => code.toLowerCase()),
      nameZh: foldText(product.nameZh),
      nameEn: foldText(product.nameEn),
    });
  });
  return { entries, codes, pinyin: null };
}

interface Word {
  text: string;
  /** The same as typed for pinyin: ü is v, apostrophes between syllables dropped. */
  pinyin: string;
  letters: number;
  isCodeEnd: boolean;
}

function toWords(query: string): Word[] {
  const parts = query.normalize("NFKC").split(/\s+/);
  return parts
    .filter((part) => part !== "")
    .map((part) => {
      const text = foldText(part);
      const pinyin = foldText(part.toLowerCase().replaceAll("ü", "v")).replace(/['’]/g, "");
      const isCodeEnd = text.length >= MIN_CODE_END_DIGITS && /^\d+$/.test(text);
      return { text, pinyin, letters: letterBits(pinyin), isCodeEnd };
    });
}

function rankAll(
  entries: readonly Entry[],
  pinyin: readonly PinyinKeys[] | null,
  words: readonly Word[],
  limit: number,
): Product[] {
  const byRank: Product[][] = [[], [], [], [], []];
  entries.forEach((entry, index) => {
    let worst: Rank = RANK.code;
    for (const word of words) {
      const rank = rankWord(entry, pinyin?.[index], word);
      if (rank > worst) worst = rank;
      if (worst === RANK.none) return;
    }
    byRank[worst]?.push(entry.product);
  });
  return byRank.flat().slice(0, limit);
}

function rankWord(entry: Entry, pinyin: PinyinKeys | undefined, word: Word): Rank {
  const { text } = word;
  const { codes } = entry;
  if (codes.includes(text)) return RANK.code;
  const textRank = Math.min(rankName(entry.nameZh, text), rankName(entry.nameEn, text)) as Rank;
  if (textRank <= RANK.start) return textRank;
  if (codes.some((code) => code.startsWith(text))) return RANK.start;
  const pinyinAt =
    pinyin === undefined || (word.letters & ~pinyin.letters) !== 0 ? -1 : pinyinIndex(pinyin, word);
  if (pinyinAt === 0) return RANK.start;
  if (textRank < RANK.none) return textRank;
  if (pinyinAt > 0) return RANK.inside;
  return word.isCodeEnd && codes.some((code) => code.endsWith(text)) ? RANK.inside : RANK.none;
}

function pinyinIndex(keys: PinyinKeys, word: Word): number {
  return word.letters === 0 ? -1 : findPinyin(keys, word.pinyin);
}

/** Latin words are looked for at their start first; in Chinese text every character starts one, so only the name's start counts. */
function rankName(name: string, text: string): Rank {
  let at = name.indexOf(text);
  if (at < 0) return RANK.none;
  if (at === 0) return name.length === text.length ? RANK.name : RANK.start;
  if (!/^[a-z0-9]/.test(text)) return RANK.inside;
  while (at > 0) {
    if (!/[a-z0-9]/.test(name.charAt(at - 1))) return RANK.wordStart;
    at = name.indexOf(text, at + 1);
  }
  return RANK.inside;
}
