import { join } from "node:path";
import type { CallInput, CallName, CallOutput } from "../../../main/contract/calls.ts";
import type { RefusalCode } from "../../../main/contract/refusals.ts";
import type { TillStatus } from "../../../main/contract/status.ts";
import { isStuck } from "../../../main/domain/receipt/state.ts";
import { createTill, type Till, type TillOptions } from "../../../main/till.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { witnessPath } from "../../../main/sale-log/witness.ts";
import { line } from "../../unit/support/sale-samples.ts";
import type { Tally } from "../drill.ts";
import { DrillClock } from "./drill-clock.ts";

export const PIN = "2468";
const PRICE_MINOR = 1234;

/** A whole till with a practice printer, as a cashier uses it. */
export class DrillTill {
  readonly dataDir: string;
  readonly clock: DrillClock;
  readonly store: TillOptions["settings"];
  /** Sales that were answered, by their request. */
  readonly sold = new Map<string, number>();
  readonly incidents: string[] = [];
  private readonly space: NonNullable<TillOptions["space"]>;
  private till: Till | null = null;
  private newest: TillStatus | null = null;
  private readonly watchers = new Set<() => void>();
  private requests = 0;

  constructor(
    dataDir: string,
    options: {
      store?: TillOptions["settings"];
      space?: NonNullable<TillOptions["space"]>;
    } = {},
  ) {
    const map = new Map<string, unknown>();
    this.dataDir = dataDir;
    this.clock = new DrillClock(50);
    this.store = options.store ?? {
      get: (key) => structuredClone(map.get(key)),
      set: (key, value) => void map.set(key, structuredClone(value)),
    };
    this.space = options.space ?? { ballastBytes: 0 };
  }

  async open(): Promise<void> {
    this.newest = null;
    const till = await createTill({
      dataDir: this.dataDir,
      clock: this.clock,
      settings: this.store,
      space: this.space,
      report: (where, error) => {
        this.incidents.push(`${where}: ${String(error)}`);
        return `incident-${this.incidents.length}`;
      },
    });
    this.till = till;
    till.listen("status", (status) => {
      this.newest = status;
      for (const watcher of [...this.watchers]) watcher();
    });
    this.newest = await this.call("status.get", {});
  }

  /** Opens it and goes through first start. */
  async setUp(): Promise<void> {
    await this.open();
    await this.call("settings.setUp", {
      locale: "zh-CN",
      receiptLocale: "zh-CN",
      theme: "system",
      density: "touch",
      sound: false,
      shop: { name: "街角便利店", address: "", phone: "", footer: "" },
      currency: "CNY",
      taxMode: "none",
      widthMm: 58,
      printer: { kind: "practice" },
      cashiers: ["小王", "Li"],
      managerPin: PIN,
      sampleCatalogue: false,
    });
  }

  async close(): Promise<void> {
    const { till } = this;
    this.till = null;
    await till?.close();
  }

  /** Closes it for good. */
  async end(): Promise<void> {
    await this.close();
    this.clock.stop();
  }

  /** The value of a call, or the code it is refused with. */
  async ask<N extends CallName>(
    name: N,
    input: CallInput<N>,
  ): Promise<{ value: CallOutput<N>; code: null } | { value: null; code: RefusalCode }> {
    if (!this.till) throw new Error("the till is closed");
    const reply = await this.till.dispatch(name, input);
    if (reply.ok) return { value: reply.value as CallOutput<N>, code: null };
    return { value: null, code: reply.refusal.code };
  }

  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const { value, code } = await this.ask(name, input);
    if (code !== null) throw new Error(`${name}: ${code} ${this.incidents.at(-1) ?? ""}`);
    return value;
  }

  /** The id a page gives to one press of the pay key. */
  requestId(): string {
    this.requests += 1;
    return `drill-request-${this.requests}`;
  }

  /** One press of the pay key: null when it is sold, else why not. */
  async sell(requestId = this.requestId()): Promise<RefusalCode | null> {
    const { value, code } = await this.ask("sale.complete", {
      requestId,
      basket: { lines: [line({ priceMinor: PRICE_MINOR })], discountMinor: 0 },
      tenders: [{ method: "cash", amountMinor: 2000, reference: null }],
      expectedTotalMinor: PRICE_MINOR,
    });
    if (value) this.sold.set(requestId, value.saleId);
    if (code !== "RECEIPT_OWED") return code;
    // A cashier looks at the paper first, and says so.
    const settled = await this.settleOwed();
    return settled ?? this.sell(requestId);
  }

  /** Answers the reminder; null when it is answered, else why not. */
  private async settleOwed(): Promise<RefusalCode | null> {
    const { reminder } = await this.call("status.get", {});
    if (reminder === null) return null;
    const digits = String(PRICE_MINOR).slice(-2);
    const exit = { requestId: this.requestId(), saleId: reminder, digits, reason: "看到了" };
    return (await this.ask("receipt.seen", exit)).code;
  }

  /** Resolves with the first status, from now on, of which `check` holds. */
  until(check: (status: TillStatus) => boolean): Promise<TillStatus> {
    return new Promise((resolve) => {
      const look = () => {
        if (!this.newest || !check(this.newest)) return;
        this.watchers.delete(look);
        resolve(this.newest);
      };
      this.watchers.add(look);
      look();
    });
  }

  /** Resolves when nothing is on its way to paper any more. */
  untilPrinted(): Promise<TillStatus> {
    return this.until(
      ({ rail, printer, newestSaleId }) =>
        newestSaleId >= this.sold.size &&
        printer.queue === 0 &&
        rail.every(({ state }) => isStuck(state)),
    );
  }

  async warnings(): Promise<string[]> {
    return (await this.call("status.get", {})).warnings.map(({ code }) => code);
  }

  settingsPath(): string {
    return join(this.dataDir, "settings.json");
  }

  /** Every sale that was answered is in the books once, no other one is, and all of it is true. */
  async judge(tally: Tally, what: string): Promise<void> {
    const files = { path: logPath(this.dataDir), witness: witnessPath(this.dataDir) };
    const { findings, sales } = await verifyFile(files);
    for (const { code, row, found } of findings)
      tally.mistake(`${what}: verify says ${code} ${String(row)} ${String(found)}`);
    const wanted = new Set(this.sold.values()).size;
    if (sales < wanted) tally.lose(`${what}: ${wanted - sales} sales`, wanted - sales);
    if (sales > wanted) tally.mistake(`${what}: ${sales - wanted} sales nobody was told of`);
    if (wanted !== this.sold.size) tally.mistake(`${what}: two requests share a sale`);
  }
}
