import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../main/clock.ts";
import type { CallInput, CallName, CallOutput } from "../../main/contract/calls.ts";
import type { PrinterConfig } from "../../main/contract/printers.ts";
import type { RefusalBody } from "../../main/contract/refusals.ts";
import type { TillStatus } from "../../main/contract/status.ts";
import type { NativePrinters } from "../../main/printing/native/native-printers.ts";
import { createTill, type Till } from "../../main/till.ts";
import { line } from "../unit/support/sale-samples.ts";

const PRICE_MINOR = 1234;
const NAMES = ["苹果", "香蕉 特级", "牛奶 250ml", "面包", "鸡蛋"];
const TOTAL_MINOR = PRICE_MINOR * NAMES.length;

/** Whether no row of the sale is missing between the first and the last one on paper. */
export function hasEverything(rows: readonly string[]): boolean {
  return NAMES.every((name) => rows.some((row) => row.includes(name)));
}

/**
 * In memory where the system has a place for that: a hundred and more tills commit here, and what is asked of
 * them is not how fast a disk is that others are busy with.
 */
function newDataDir(): string {
  const root = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  return mkdtempSync(join(root, "slipsure-matrix-"));
}

type Store = ReadonlyMap<string, unknown>;

/** Settings as they are after a first start; made once, because a PIN takes its time. */
export async function setUpStore(clock: Clock): Promise<Store> {
  const store = new Map<string, unknown>();
  const dataDir = newDataDir();
  const till = await openTill(dataDir, clock, store, null);
  const reply = await till.dispatch("settings.setUp", {
    locale: "zh-CN",
    receiptLocale: "zh-CN",
    theme: "system",
    density: "touch",
    sound: false,
    shop: { name: "街角便利店", address: "幸福路 8 号", phone: "021-555", footer: "谢谢惠顾" },
    currency: "CNY",
    taxMode: "inclusive",
    widthMm: 58,
    printer: { kind: "practice" },
    cashiers: ["小王"],
    managerPin: "2580",
    sampleCatalogue: false,
  } satisfies CallInput<"settings.setUp">);
  if (!reply.ok) throw new Error(JSON.stringify(reply.refusal));
  await till.close();
  rmSync(dataDir, { recursive: true });
  return store;
}

function openTill(
  dataDir: string,
  clock: Clock,
  store: Map<string, unknown>,
  native: NativePrinters | null,
  incidents: unknown[] = [],
): Promise<Till> {
  return createTill({
    dataDir,
    clock,
    ...(native ? { nativePrinters: native } : {}),
    settings: {
      get: (key) => structuredClone(store.get(key)),
      set: (key, value) => void store.set(key, structuredClone(value)),
    },
    report: (where, error) => `incident ${incidents.push([where, error])}`,
  });
}

/** A till with one printer, and its newest status. */
export class Shop {
  readonly incidents: unknown[] = [];
  status: TillStatus;
  private till: Till;
  private readonly reopen: () => Promise<Till>;
  private readonly dataDir: string;
  private readonly clock: Clock;
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<(status: TillStatus) => void>();
  private requests = 0;

  private constructor(
    till: Till,
    reopen: () => Promise<Till>,
    dataDir: string,
    clock: Clock,
    status: TillStatus,
  ) {
    this.till = till;
    this.reopen = reopen;
    this.dataDir = dataDir;
    this.clock = clock;
    this.status = status;
  }

  static async open(
    clock: Clock,
    setUp: Store,
    printer: PrinterConfig,
    native: NativePrinters | null,
  ): Promise<Shop> {
    const dataDir = newDataDir();
    const store = new Map(setUp);
    store.set("settings", { ...(store.get("settings") as object), printer });
    const incidents: unknown[] = [];
    const open = () => openTill(dataDir, clock, store, native, incidents);
    const till = await open();
    const reply = await till.dispatch("status.get", {});
    if (!reply.ok) throw new Error(JSON.stringify(reply.refusal));
    const shop = new Shop(till, open, dataDir, clock, reply.value as TillStatus);
    shop.incidents.push(...incidents);
    shop.hear();
    await shop.demand("session.signIn", { cashier: "小王" });
    return shop;
  }

  /** Calls `listener` with every status from now on; the returned function ends that. */
  watch(listener: (status: TillStatus) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Closes the till and opens it again on the same folder. */
  async restart(): Promise<void> {
    await this.till.close();
    this.till = await this.reopen();
    this.status = await this.demand("status.get", {});
    this.hear();
  }

  private hear(): void {
    this.till.listen("status", (status) => {
      this.status = status;
      for (const listener of [...this.listeners]) listener(status);
      this.changed();
    });
  }

  /** Looks again at what is waited for; to be called when the paper moves, too. */
  changed(): void {
    for (const watcher of [...this.watchers]) watcher();
  }

  async call<N extends CallName>(
    name: N,
    input: CallInput<N>,
  ): Promise<{ value: CallOutput<N> } | { refusal: RefusalBody }> {
    const reply = await this.till.dispatch(name, input);
    return reply.ok ? { value: reply.value as CallOutput<N> } : { refusal: reply.refusal };
  }

  async demand<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const reply = await this.call(name, input);
    if ("refusal" in reply) throw new Error(`${name}: ${JSON.stringify(reply.refusal)}`);
    return reply.value;
  }

  requestId(): string {
    this.requests += 1;
    return `matrix-request-${this.requests}`;
  }

  async sell(): Promise<number> {
    const basket = {
      lines: NAMES.map((nameZh) => line({ nameZh, priceMinor: PRICE_MINOR })),
      discountMinor: 0,
    };
    const { saleId } = await this.demand("sale.complete", {
      requestId: this.requestId(),
      basket,
      tenders: [{ method: "wechat", amountMinor: TOTAL_MINOR, reference: null }],
      expectedTotalMinor: TOTAL_MINOR,
    });
    return saleId;
  }

  async seen(saleId: number): Promise<void> {
    await this.demand("receipt.seen", {
      requestId: this.requestId(),
      saleId,
      digits: String(TOTAL_MINOR).slice(-2),
      reason: "在出纸口",
    });
  }

  /** The receipt as the till has it now. */
  async receipt(saleId: number): Promise<CallOutput<"history.sale">> {
    return this.demand("history.sale", { saleId });
  }

  /** True once `check` holds; false when that takes longer than `withinMs` of the clock. */
  until(check: () => boolean, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (holds: boolean) => {
        cancel();
        this.watchers.delete(look);
        resolve(holds);
      };
      const look = () => {
        if (check()) end(true);
      };
      const cancel = this.clock.setTimer(withinMs, () => end(check()));
      this.watchers.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    await this.till.close();
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}
