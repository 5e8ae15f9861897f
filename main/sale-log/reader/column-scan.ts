import type { Database } from "../sqlite.ts";
import type { Descending } from "./descending.ts";
import { BLOCK_SALES, LARGEST_ID, LARGEST_TOTAL, type Block } from "./finding-file.ts";
import type { FindingIndex } from "./finding-index.ts";

/** What a sale's own row can be asked; null: whatever it is. */
export interface ColumnFilter {
  /** UTC milliseconds, both included. */
  fromMs: number | null;
  toMs: number | null;
  /** Minor units, both included. */
  minMinor: number | null;
  maxMinor: number | null;
  cashier: string | null;
}

export const NO_LIMITS: ColumnFilter = {
  fromMs: null,
  toMs: null,
  minMinor: null,
  maxMinor: null,
  cashier: null,
};

/** Blocks looked at to guess how much a filter lets through. */
const SAMPLED_BLOCKS = 16;
/**
 * What one sale costs while blocks are gone through, beside one that is read from the list of a word
 * (0.6 µs): by its lines (10 ns a sale), by its columns, and by one exact amount.
 */
export const LINES_COST = 1 / 60;
const COLUMN_COST = 1 / 200;
const AMOUNT_COST = 1 / 600;
const NOBODY = -1;
const ANYBODY = -2;

/**
 * Total, cashier, time and goods of every sale, in memory by blocks: to look at a million of them
 * takes some milliseconds.
 */
export class ColumnScan {
  private readonly log: Database;
  private readonly index: FindingIndex;
  private readonly filter: ColumnFilter;
  private readonly min: number;
  private readonly max: number;
  private readonly cashierId: number;
  /** Names of which a sale must have one, for each of these; the rarest first. */
  private readonly wanted: readonly Uint8Array[];
  /** A 1 for every number in a block that may be one of the rarest names. */
  private readonly rarest: Uint8Array | null;
  /** Of blocks that lie partly in the time asked for. */
  private readonly inTime = new Map<number, ReadonlySet<number>>();
  /** Numbers of the blocks that may hold a sale that passes. */
  private reachable: readonly number[] | null = null;

  /** @param wanted one byte per name, by its id; a sale must have a line with a 1 in each of them. */
  constructor(
    log: Database,
    index: FindingIndex,
    filter: ColumnFilter,
    wanted: readonly Uint8Array[] = [],
  ) {
    this.log = log;
    this.index = index;
    this.filter = filter;
    this.wanted =
      wanted.length < 2
        ? wanted
        : wanted.toSorted((a, b) => index.timesSold(a) - index.timesSold(b));
    this.rarest = this.wanted[0] ? everyNumber(this.wanted[0]) : null;
    this.min = Math.min(filter.minMinor ?? 0, LARGEST_TOTAL);
    this.max = Math.min(filter.maxMinor ?? LARGEST_TOTAL, LARGEST_TOTAL);
    this.cashierId = filter.cashier === null ? ANYBODY : personId(log, filter.cashier);
  }

  /** No sale passes that is older or newer. */
  get reach(): { oldest: number; newest: number } {
    const inReach = this.blocksInReach();
    const [first = 0] = inReach;
    const last = inReach.at(-1) ?? -1;
    return { oldest: first * BLOCK_SALES + 1, newest: (last + 1) * BLOCK_SALES };
  }

  passes(saleId: number): boolean {
    const n = Math.floor((saleId - 1) / BLOCK_SALES);
    const block = this.index.block(n);
    const at = (saleId - 1) % BLOCK_SALES;
    if (!block || this.lastFrom(block, at, at) !== at) return false;
    const time = this.timeOf(block);
    if (time === "out" || (time === "partly" && !this.salesInTime(n).has(saleId))) return false;
    return isExact(block, at) || this.rowPasses(saleId);
  }

  /**
   * Every sale below a number that passes.
   * @param deadlineMs on the clock of `performance.now`; after it `next` gives minus the number down
   * to which it has looked, and then goes on.
   */
  from(below: number, deadlineMs = Number.POSITIVE_INFINITY): Descending {
    const top = Math.min(below - 1, this.index.newest);
    let id = top;
    return {
      next: () => {
        while (id > 0) {
          // Never without having come any further: whoever asked would go on from here for ever.
          if (id < top && performance.now() > deadlineMs) return -(id + 1);
          const first = Math.floor((id - 1) / BLOCK_SALES) * BLOCK_SALES + 1;
          const block = this.index.block((first - 1) / BLOCK_SALES);
          if (block && this.mayHold(block))
            for (let at = id - first; (at = this.lastFrom(block, at, 0)) >= 0; at -= 1)
              if (this.passes(first + at)) {
                id = first + at - 1;
                return first + at;
              }
          id = first - 1;
        }
        return 0;
      },
    };
  }

  /** Something is asked of a sale besides its names. */
  get hasLimits(): boolean {
    return Object.values(this.filter).some((limit) => limit !== null);
  }

  /**
   * What it costs to go through all that pass, guessed from a few blocks, in sales read from the list of
   * a word.
   */
  cost(): number {
    const inReach = this.blocksInReach();
    const step = Math.max(1, Math.floor(inReach.length / SAMPLED_BLOCKS));
    let seen = 0;
    let passed = 1;
    for (let n = inReach.length - 1; n >= 0; n -= step) {
      const block = this.index.block(inReach[n] ?? -1);
      if (!block) continue;
      seen += block.totals.length;
      for (let at = block.totals.length; (at = this.lastFrom(block, at - 1, 0)) >= 0;) passed += 1;
    }
    const isExact = this.min === this.max;
    const each = isExact ? AMOUNT_COST : this.rarest === null ? COLUMN_COST : LINES_COST;
    const sales = inReach.length * BLOCK_SALES;
    return seen === 0 ? 0 : Math.max((passed / seen) * sales, sales * each);
  }

  private blocksInReach(): readonly number[] {
    if (this.reachable) return this.reachable;
    const found: number[] = [];
    for (let n = 0, block; (block = this.index.block(n)); n += 1)
      if (this.mayHold(block)) found.push(n);
    this.reachable = found;
    return found;
  }

  /** The last place from one down to another whose columns pass, -1 when there is none. */
  private lastFrom(block: Block, from: number, to: number): number {
    // An exact amount is rarer than any name.
    const { rarest } = this;
    return rarest !== null && this.min !== this.max
      ? this.lastNamed(block, from, to, rarest)
      : this.lastPassing(block, from, to);
  }

  /** The same by way of the lines, which lie side by side: most are passed over without a look at their sale. */
  private lastNamed(block: Block, from: number, to: number, rarest: Uint8Array): number {
    const { names, starts } = block;
    const end = starts[to] ?? 0;
    let at = from;
    for (let line = (starts[from + 1] ?? 0) - 1; line >= end; line -= 1) {
      if (rarest[names[line] ?? 0] !== 1) continue;
      at = saleOfLine(starts, line, to, at);
      if (this.lastPassing(block, at, at) === at) return at;
      line = starts[at] ?? 0;
    }
    return -1;
  }

  private lastPassing(block: Block, from: number, to: number): number {
    const { min, max, cashierId, wanted } = this;
    const { totals, cashiers } = block;
    for (let at = from; at >= to; at -= 1) {
      // An exact amount is rare: the engine's own search for it is many times faster.
      if (min === max) at = totals.lastIndexOf(min, at);
      if (at < to) return -1;
      const total = totals[at] ?? 0;
      if (total < min || total > max) continue;
      // A number that no sale has: nobody sold it.
      if (cashiers[at] === 0) continue;
      if (cashierId !== ANYBODY) {
        const cashier = cashiers[at];
        if (cashier !== cashierId && cashier !== LARGEST_ID) continue;
      }
      if (wanted.length === 0 || hasEach(block, at, wanted)) return at;
    }
    return -1;
  }

  private mayHold(block: Block): boolean {
    const { leastTotal, mostTotal, cashierBits } = rangeOf(block);
    if (mostTotal < this.min || leastTotal > this.max) return false;
    if (this.cashierId !== ANYBODY && (cashierBits & bitOf(this.cashierId)) === 0) return false;
    return this.timeOf(block) !== "out";
  }

  private timeOf(block: Block): "in" | "partly" | "out" {
    const { fromMs, toMs } = this.filter;
    if (fromMs !== null && block.maxAtMs < fromMs) return "out";
    if (toMs !== null && block.minAtMs > toMs) return "out";
    const isIn =
      (fromMs === null || block.minAtMs >= fromMs) && (toMs === null || block.maxAtMs <= toMs);
    return isIn ? "in" : "partly";
  }

  /** Sales of one block in the time asked for; the clock may have been set back among them. */
  private salesInTime(n: number): ReadonlySet<number> {
    const known = this.inTime.get(n);
    if (known) return known;
    const rows = this.log.rows(
      "SELECT id FROM sale WHERE id>? AND id<=? AND at_ms>=? AND at_ms<=?",
      n * BLOCK_SALES,
      (n + 1) * BLOCK_SALES,
      this.filter.fromMs ?? 0,
      this.filter.toMs ?? Number.MAX_SAFE_INTEGER,
    );
    const sales = new Set(rows.map(([id]) => Number(id)));
    this.inTime.set(n, sales);
    return sales;
  }

  private rowPasses(saleId: number): boolean {
    const { minMinor, maxMinor } = this.filter;
    const row = this.log.get("SELECT total, cashier FROM sale WHERE id=?", saleId);
    const total = Number(row?.["total"]);
    return (
      total >= (minMinor ?? 0) &&
      total <= (maxMinor ?? Number.MAX_SAFE_INTEGER) &&
      (this.cashierId === ANYBODY || row?.["cashier"] === this.cashierId) &&
      this.wanted.every((names) => hasNameInLog(this.log, saleId, names))
    );
  }
}

interface BlockRange {
  leastTotal: number;
  mostTotal: number;
  /** Who sold something in it: one bit for every thirty-second person. */
  cashierBits: number;
}

const ranges = new WeakMap<Block, BlockRange>();

/** What lies outside of this need not be looked for in a block. Worked out when first asked for. */
function rangeOf(block: Block): BlockRange {
  let range = ranges.get(block);
  if (!range) {
    let [leastTotal, mostTotal, cashierBits] = [LARGEST_TOTAL, 0, 0];
    for (const total of block.totals) {
      if (total < leastTotal) leastTotal = total;
      if (total > mostTotal) mostTotal = total;
    }
    for (const cashier of block.cashiers)
      cashierBits |= cashier === LARGEST_ID ? ~0 : bitOf(cashier);
    range = { leastTotal, mostTotal, cashierBits };
    ranges.set(block, range);
  }
  return range;
}

function bitOf(personId: number): number {
  return personId === NOBODY ? 0 : 1 << (personId % 32);
}

/** Whether one line of a sale has a name with a 1. */
export function hasName(
  log: Database,
  index: FindingIndex,
  saleId: number,
  names: Uint8Array,
): boolean {
  const block = index.block(Math.floor((saleId - 1) / BLOCK_SALES));
  const at = (saleId - 1) % BLOCK_SALES;
  if (!block || !hasOne(block, at, names)) return false;
  return isExact(block, at) || hasNameInLog(log, saleId, names);
}

/** The place between two of the sale that a line belongs to. */
function saleOfLine(starts: Uint32Array, line: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** One byte for every number that fits into a block, so that none needs a second look. */
function everyNumber(names: Uint8Array): Uint8Array {
  const every = new Uint8Array(LARGEST_ID + 1);
  every.set(names.subarray(0, LARGEST_ID));
  every[LARGEST_ID] = 1;
  return every;
}

function hasEach(block: Block, at: number, wanted: readonly Uint8Array[]): boolean {
  for (const names of wanted) if (!hasOne(block, at, names)) return false;
  return true;
}

/** True, too, for a name that is too large a number to stand in a block. */
function hasOne({ names, starts }: Block, at: number, wanted: Uint8Array): boolean {
  const end = starts[at + 1] ?? 0;
  for (let line = starts[at] ?? 0; line < end; line += 1) {
    const name = names[line] ?? 0;
    if (wanted[name] === 1 || name === LARGEST_ID) return true;
  }
  return false;
}

function hasNameInLog(log: Database, saleId: number, names: Uint8Array): boolean {
  return log
    .rows("SELECT name_id FROM sale_line WHERE sale_id=?", saleId)
    .some(([nameId]) => names[Number(nameId)] === 1);
}

/** True when everything a block says of a sale is the whole truth. */
function isExact({ totals, cashiers, names, starts }: Block, at: number): boolean {
  if (totals[at] === LARGEST_TOTAL || cashiers[at] === LARGEST_ID) return false;
  const end = starts[at + 1] ?? 0;
  for (let line = starts[at] ?? 0; line < end; line += 1)
    if (names[line] === LARGEST_ID) return false;
  return true;
}

function personId(log: Database, name: string): number {
  return Number(log.get("SELECT id FROM person WHERE name=?", name)?.["id"] ?? NOBODY);
}
