import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { CALLS, type CallName } from "../../../main/contract/calls.ts";
import { refusalSchema, type RefusalBody } from "../../../main/contract/refusals.ts";
import { DIGITS, PIN, TillBench } from "../../unit/support/till-bench.ts";
import { tempDir } from "../../unit/support/temp-dir.ts";
import { summary, verifyDir } from "../../unit/sale-log/support/verify-dir.ts";
import type { Known } from "./from-schema.ts";

/** What no answer may hold: where it went wrong, inside of which file, in whose words. */
const LEAKS = /\n\s+at |node:internal|node_modules|\.ts:\d|SQLITE_|\bERR_[A-Z]/;
/** `discard` is answered by no port: nothing in these tests goes to a printer that is not ours. */
const NOBODY = { host: "127.0.0.1", port: 9 };

/** A till in a folder of its own with things worth reaching for beside it. */
export class BesiegedTill {
  readonly bench: TillBench;
  readonly known: Known;
  private readonly beside: string;
  private readonly before: string[];

  private constructor(bench: TillBench, beside: string) {
    this.bench = bench;
    this.beside = beside;
    this.known = {
      texts: [
        PIN,
        "0000",
        DIGITS,
        "小王",
        "Li",
        "6901234567892",
        "request-1",
        "hostile-request",
        "1234567812345678",
        "QUJD",
        Buffer.from("商品条码,商品名称,零售价\n6901234567892,苹果,1.00\n").toString("base64"),
        join(bench.dataDir, "slipsure.db"),
        join(bench.dataDir, "slipsure.db", "x"),
        join(beside, "nowhere"),
        "/proc/self/environ",
        "/dev/zero",
        `/${"n".repeat(300)}`,
        `/tmp/a\u0000b`,
      ],
      numbers: [bench.clock.nowMs(), 1234, 1300, 58, 80],
    };
    this.before = this.neighbours();
  }

  static async open(): Promise<BesiegedTill> {
    const beside = tempDir();
    const dataDir = join(beside, "till");
    mkdirSync(dataDir);
    const bench = await TillBench.open({ factor: 50, dataDir });
    const first = await bench.sell();
    await bench.untilState(first, "printed");
    await bench.backUp();
    return new BesiegedTill(bench, beside);
  }

  /** One hostile call, and everything that must hold of its answer. */
  async attack(name: CallName, input: unknown): Promise<void> {
    const reply = await this.bench.till.dispatch(name, tamed(input));
    const text = JSON.stringify(reply);
    expect(text).not.toMatch(LEAKS);
    if (reply.ok) {
      // The answer is one of the contract's, and a page gets the very same over the wire.
      const { value } = JSON.parse(text) as { value: unknown };
      expect(CALLS[name].output.safeParse(value).success, name).toBe(true);
    } else {
      expect(refusalSchema.safeParse(reply.refusal).success, name).toBe(true);
      expect(text.length).toBeLessThan(2_000);
      if (!name.startsWith("backup.")) expect(text).not.toContain(this.bench.dataDir);
    }
    // A page that reports an error of its own gets it written down; nothing else is one.
    const incidents = this.bench.incidents.splice(0).filter((each) => !isOfPage(each));
    expect(incidents).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect("polluted" in {}).toBe(false);
  }

  /** After everything: the books are true, the sums hold, nothing was touched beside, and it sells. */
  async demandAllIsWell(): Promise<void> {
    const { bench } = this;
    await this.putInOrder();
    const saleId = await bench.sell();
    await bench.untilState(saleId, "printed");
    const sales = await this.allSales();
    expect(sales.length).toBe(saleId);
    const { grandTotalMinor, grandSales } = await bench.call("day.report", { dayId: null });
    expect(grandSales).toBe(saleId);
    expect(grandTotalMinor).toBe(sales.reduce((sum, { totalMinor }) => sum + totalMinor, 0));
    await bench.till.close();
    expect(bench.incidents).toEqual([]);
    expect(summary(await verifyDir(bench.dataDir))).toEqual([]);
    expect(this.neighbours()).toEqual(this.before);
  }

  /** What a person does: chooses the printer again, and settles what is owed. */
  private async putInOrder(): Promise<void> {
    const { bench } = this;
    bench.clock.jump(120_000);
    const patch = {
      printer: { kind: "tcp" as const, host: "127.0.0.1", port: bench.port },
      backupPrinter: null,
      autoPrint: true,
      currency: "CNY" as const,
      taxMode: "none" as const,
      cashiers: ["小王"],
    };
    await bench.call("settings.change", { patch, pin: PIN });
    await bench.call("session.signIn", { cashier: "小王" });
    await bench.until(({ printer }) => printer.config.kind === "tcp" && printer.state === "ready");
    const { rail } = await bench.call("status.get", {});
    for (const { saleId } of rail) await this.settle(saleId);
  }

  private async settle(saleId: number): Promise<void> {
    const { bench } = this;
    await bench.untilIdle();
    const { head } = await bench.call("history.sale", { saleId });
    const digits = String(head.totalMinor % 100).padStart(2, "0");
    const exit = { requestId: `settle-${saleId}`, saleId, digits, reason: "算了" };
    const reply = await bench.till.dispatch("receipt.declined", exit);
    const code = (reply as { refusal?: RefusalBody }).refusal?.code;
    expect([undefined, "ALREADY_SETTLED"]).toContain(code);
  }

  private async allSales() {
    const all: { saleId: number; totalMinor: number }[] = [];
    let before: number | null = null;
    do {
      const limits = { fromMs: null, toMs: null, minMinor: null, maxMinor: null };
      const query = { text: "", ...limits, cashier: null, state: "any" as const, limit: 200 };
      const page: { sales: typeof all; nextBefore: number | null } = await this.bench.call(
        "history.page",
        { ...query, before },
      );
      all.push(...page.sales);
      before = page.nextBefore;
    } while (before !== null);
    return all;
  }

  /** What lies beside the data folder, and in the folder this runs in. */
  private neighbours(): string[] {
    return [...readdirSync(this.beside), ...readdirSync(process.cwd())].filter(
      (name) => name !== "dist",
    );
  }
}

/**
 * The same input, except for what would leave this test: other people's printers, a PIN nobody knows any
 * more, and passphrases that take half a second each.
 */
function tamed(input: unknown): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  const value = input as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) {
    if (key === "printer" || key === "backupPrinter") tamePrinter(item);
    if (key === "patch") tamed(item);
    if (key === "newPin" && typeof item === "string") value[key] = PIN;
    if (key === "passphrase" && typeof item === "string") value[key] = item.slice(0, 9);
  }
  return value;
}

function tamePrinter(config: unknown): void {
  if (typeof config !== "object" || config === null) return;
  if ("host" in config && typeof config.host === "string") Object.assign(config, NOBODY);
}

function isOfPage(incident: unknown): boolean {
  return Array.isArray(incident) && incident[0] === "page";
}
