import type { Database } from "../sqlite.ts";
import { mergeKeys, type Descending } from "./descending.ts";
import {
  BLOCK_SALES,
  FindingFile,
  referenceKeys,
  slipCodeKey,
  type Block,
  type FullBlock,
} from "./finding-file.ts";
import { feedSales, hashOfSale, newestSale, type FedSales } from "./sale-feed.ts";
import { SoldNames, type PinyinFinder } from "./sold-names.ts";

/** Sales that are read in one go while the whole log is gone through. */
const BULK_BLOCKS = 16;
/** Behind by more than this, a new file is made faster than the old one is brought up to date. */
const MAX_BEHIND_BLOCKS = 64;
/** Names whose pinyin is worked out before other work gets its turn. */
const NAMES_PER_SLICE = 200;

export interface FindingIndexOptions {
  log: Database;
  /** Where the file beside the log is, or shall be. */
  path: string;
  pinyin: PinyinFinder;
  /** Lets requests that came meanwhile have their turn; rejects when the reader is closing. */
  breathe: () => Promise<void>;
  /** Ends the reader; the till starts another. */
  end: () => void;
}

/**
 * What sales are found by: whole blocks from the file, and the newest sales, less than a block of
 * them, straight from the log. Every answer is as new as the log at the last `follow`.
 */
export class FindingIndex {
  readonly names: SoldNames;
  /** Newest sale that can be found. */
  newest = 0;
  private readonly options: FindingIndexOptions;
  private readonly log: Database;
  private file: FindingFile | null = null;
  private readonly blocks: Block[] = [];
  /** Blocks that are not in the file; the last one still grows. */
  private fed: FullBlock[] = [];
  private readonly uses: { sales: number; newestSale: number }[] = [];
  /** Nearly every code goes with one name for ever. */
  private readonly codes = new Map<string, number | number[]>();
  /** Share of the log that has been gone through; null when all of it can be found. */
  private building: number | null = 0;

  constructor(options: FindingIndexOptions) {
    this.options = options;
    this.log = options.log;
    this.names = new SoldNames(options.log, options.pinyin);
  }

  /** 0 to 1 while the log is gone through for the first time, else null. */
  get built(): number | null {
    return this.building;
  }

  /** Opens the file or makes it anew; long for a long log, but never in one piece. */
  async open(): Promise<void> {
    const { path } = this.options;
    const file = FindingFile.open(path, (saleId) => hashOfSale(this.log, saleId));
    const behind = newestSale(this.log) - (file?.indexedSale() ?? 0);
    if (file && behind <= MAX_BEHIND_BLOCKS * BLOCK_SALES) this.file = file;
    else {
      file?.close();
      this.file = await this.build();
    }
    this.load(this.file);
    this.building = null;
    this.follow();
    await this.store();
    await this.learnPinyin();
  }

  /** Takes over what was sold since the last time. */
  follow(): void {
    if (this.building !== null) return;
    const newest = newestSale(this.log);
    this.names.follow();
    while (this.newest < newest) {
      const open = this.fed.at(-1);
      const first = this.newest + 1;
      const last = Math.min(newest, Math.ceil(first / BLOCK_SALES) * BLOCK_SALES);
      const more = feedSales(this.log, first, last, (code, id) => this.knowsCode(code, id));
      const isNewBlock = !open || open.totals.length === BLOCK_SALES;
      const block = isNewBlock ? more : joined(open, more);
      if (!isNewBlock) this.dropLast();
      this.fed.push(block);
      this.blocks.push(block);
      this.note(more);
      this.newest = last;
    }
  }

  /** Moves whole blocks into the file, one at a time. */
  async store(): Promise<void> {
    for (;;) {
      const [block] = this.fed;
      if (!this.file || block?.totals.length !== BLOCK_SALES) return;
      const last = this.file.indexedSale() + BLOCK_SALES;
      this.file.add([block], hashOfSale(this.log, last) ?? "");
      this.fed.shift();
      await this.options.breathe();
    }
  }

  /** Works out how new names are typed. */
  async learnPinyin(): Promise<void> {
    const missing = this.names.withoutKeys();
    if (missing.length === 0 || !this.file) return;
    const keyOf = await this.options.pinyin.loadKeyMaker();
    for (let at = 0; at < missing.length; at += NAMES_PER_SLICE) {
      const keys = missing
        .slice(at, at + NAMES_PER_SLICE)
        .map((id) => [id, keyOf(this.names.folded(id))] as const);
      this.file.addPinyin(keys);
      this.names.know(keys);
      await this.options.breathe();
    }
  }

  block(n: number): Block | undefined {
    return this.blocks[n];
  }

  /** Sales in which names were sold, counted once per name. */
  timesSold(names: Uint8Array): number {
    let sales = 0;
    for (let id = 0; id < names.length; id += 1)
      if (names[id] === 1) sales += this.uses[id]?.sales ?? 0;
    return sales;
  }

  /** How many of some names have a list of their sales. */
  lists(names: Uint8Array): number {
    let lists = 0;
    for (let id = 0; id < names.length; id += 1) if (names[id] === 1 && this.uses[id]) lists += 1;
    return lists;
  }

  soldUnder(names: Uint8Array, below: number): Descending {
    const bounds: { key: number; at: number; isSure: boolean }[] = [];
    for (let id = 0; id < names.length; id += 1) {
      const use = names[id] === 1 ? this.uses[id] : undefined;
      if (!use) continue;
      const isSure = use.newestSale < below;
      bounds.push({ key: id, at: isSure ? use.newestSale : below - 1, isSure });
    }
    return mergeKeys(bounds, (...read) => this.posted(...read));
  }

  /** Sales with a payment whose reference ends so; one that is longer is only nearly right. */
  paidUnder(end: string, below: number): Descending {
    const { first, last } = referenceKeys(end);
    const keys = new Set(this.file?.keysBetween(first, last));
    for (const { postings } of this.fed)
      for (const key of postings.keys()) if (key >= first && key <= last) keys.add(key);
    return this.unsure(keys, below);
  }

  /** Sales whose slip code may be this one. */
  withSlipCode(code: string, below: number): Descending {
    return this.unsure([slipCodeKey(code)], below);
  }

  /** Names that a product code was sold under. */
  namesOfCode(code: string): readonly number[] {
    const names = this.codes.get(code) ?? [];
    return typeof names === "number" ? [names] : names;
  }

  close(): void {
    this.file?.close();
    this.file = null;
  }

  /** Takes the file away, because it is damaged, and ends the reader: the next one makes it anew. */
  discard(): void {
    this.close();
    FindingFile.remove(this.options.path);
    this.options.end();
  }

  private unsure(keys: Iterable<number>, below: number): Descending {
    const bounds = Array.from(keys, (key) => ({ key, at: below - 1, isSure: false }));
    return mergeKeys(bounds, (...read) => this.posted(...read));
  }

  /** From the newest blocks in memory first, then from the file. */
  private posted(key: number, below: number, limit: number): number[] {
    const found: number[] = [];
    for (let n = this.fed.length - 1; n >= 0 && found.length < limit; n -= 1) {
      const sales = this.fed[n]?.postings.get(key) ?? [];
      for (let at = sales.length - 1; at >= 0 && found.length < limit; at -= 1) {
        const saleId = sales[at];
        if (saleId !== undefined && saleId < below) found.push(saleId);
      }
    }
    if (found.length < limit && this.file)
      found.push(...this.file.posted(key, found.at(-1) ?? below, limit - found.length));
    return found;
  }

  /** Goes through the whole log; the file gets its name when all of it is in there. */
  private async build(): Promise<FindingFile> {
    const { path, breathe } = this.options;
    const newest = newestSale(this.log);
    const last = newest - (newest % BLOCK_SALES);
    const isBulk = last > 0;
    const file = FindingFile.create(path, isBulk);
    const known = new Set<string>();
    try {
      for (let done = 0; done < last;) {
        const blocks: FedSales[] = [];
        for (; done < last && blocks.length < BULK_BLOCKS; done += BLOCK_SALES) {
          const fed = feedSales(this.log, done + 1, done + BLOCK_SALES, (code, id) =>
            known.has(`${id}|${code}`),
          );
          for (const [code, id] of fed.codes) known.add(`${id}|${code}`);
          blocks.push(fed);
          await breathe();
        }
        // Without a hash: what was not finished is no index.
        file.add(blocks, "");
        this.building = done / last;
      }
      if (isBulk) file.seal(hashOfSale(this.log, last) ?? "");
    } catch (error) {
      file.close();
      throw error;
    }
    if (!isBulk) return file;
    file.close();
    const whole = FindingFile.open(path, (saleId) => hashOfSale(this.log, saleId));
    if (!whole) throw new Error("the new search index can't be read back");
    return whole;
  }

  private load(file: FindingFile): void {
    for (const block of file.blocks()) this.blocks.push(block);
    this.newest = file.indexedSale();
    for (const [nameId, use] of file.nameUses()) this.uses[nameId] = use;
    for (const [code, nameId] of file.codes()) this.knowCode(code, nameId);
    this.names.follow();
    this.names.know(file.pinyin());
  }

  /** Counts what was just fed. */
  private note({ postings, codes }: FullBlock): void {
    for (const [key, sales] of postings) {
      if (key >= 2 ** 32) continue;
      const use = (this.uses[key] ??= { sales: 0, newestSale: 0 });
      use.sales += sales.length;
      use.newestSale = sales.at(-1) ?? use.newestSale;
    }
    for (const [code, nameId] of codes) this.knowCode(code, nameId);
  }

  private dropLast(): void {
    this.fed.pop();
    this.blocks.pop();
  }

  private knowsCode(code: string, nameId: number): boolean {
    return this.namesOfCode(code).includes(nameId);
  }

  private knowCode(code: string, nameId: number): void {
    const names = this.namesOfCode(code);
    if (!names.includes(nameId))
      this.codes.set(code, names.length === 0 ? nameId : [...names, nameId]);
  }
}

/** A block that has grown. */
function joined(block: FullBlock, more: FullBlock): FullBlock {
  const postings = new Map(block.postings);
  for (const [key, sales] of more.postings)
    postings.set(key, [...(postings.get(key) ?? []), ...sales]);
  const lines = block.names.length;
  return {
    minAtMs: Math.min(block.minAtMs, more.minAtMs),
    maxAtMs: Math.max(block.maxAtMs, more.maxAtMs),
    totals: Uint32Array.of(...block.totals, ...more.totals),
    cashiers: Uint16Array.of(...block.cashiers, ...more.cashiers),
    names: Uint16Array.of(...block.names, ...more.names),
    // The last start of the old ones is the first of the new ones.
    starts: Uint32Array.of(...block.starts.slice(0, -1), ...more.starts.map((at) => at + lines)),
    postings,
    codes: [...block.codes, ...more.codes],
  };
}
