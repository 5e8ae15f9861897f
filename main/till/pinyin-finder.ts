import {
  findPinyin,
  letterBits,
  loadPinyinKeyMaker,
  type PinyinKeys,
} from "../catalogue/pinyin-keys.ts";
import type { PinyinFinder, TypedName } from "../sale-log/reader/sold-names.ts";

/** Thousands of names are made of some hundred characters: each is kept once. */
const characters = new Map<string, readonly string[]>();

/** Pinyin of sold names, kept as text: one token of a name per part, "农 nong|夫 fu". */
export const pinyinFinder: PinyinFinder = {
  loadKeyMaker: async () => {
    const keysOf = await loadPinyinKeyMaker();
    return (name) =>
      keysOf(name)
        .tokens.map((readings) => readings.join(" "))
        .join("|");
  },
  read: (keys) => new ReadName(keys),
  letters: letterBits,
};

class ReadName implements TypedName, PinyinKeys {
  readonly letters: number;
  readonly tokens: PinyinKeys["tokens"];

  constructor(keys: string) {
    this.letters = letterBits(keys);
    this.tokens = keys.split("|").map(readingsOf);
  }

  matches(typed: string): boolean {
    return findPinyin(this, typed) >= 0;
  }
}

function readingsOf(token: string): readonly string[] {
  let readings = characters.get(token);
  if (readings === undefined) {
    readings = token.split(" ");
    characters.set(token, readings);
  }
  return readings;
}
