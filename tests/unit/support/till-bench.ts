import { onTestFinished } from "vitest";
import type { CallInput, CallName, CallOutput } from "../../../main/contract/calls.ts";
import type { RefusalBody } from "../../../main/contract/refusals.ts";
import type { TillStatus } from "../../../main/contract/status.ts";
import type { PrinterSlot } from "../../../main/contract/printers.ts";
import type { NativePrinters } from "../../../main/printing/native/native-printers.ts";
import type { UpdateSource } from "../../../main/updates/source.ts";
import { createTill, ShellLink, type Till, type TillOptions } from "../../../main/till.ts";
import type {
  VirtualPrinter,
  VirtualPrinterOptions,
} from "../../../main/printing/virtual-printer/index.ts";
import { tcpPrinter } from "./print-bench.ts";
import { line } from "./sale-samples.ts";
import { tempDir } from "./temp-dir.ts";
import { TestClock } from "./test-clock.ts";

export const PIN = "2468";

/** One price for every sale, so that its last two digits are known. */
export const PRICE_MINOR = 1234;
export const DIGITS = "34";

/** A shop: a folder, settings and a printer that outlive the till that works with them. */
export class TillBench {
  readonly clock: TestClock;
  readonly device: VirtualPrinter;
  readonly port: number;
  readonly dataDir: string;
  readonly store = new Map<string, unknown>();
  readonly incidents: unknown[] = [];
  /** What the program around the till says and is told. */
  readonly shell = new ShellLink();
  till: Till;
  private nativePrinters: NativePrinters | undefined = undefined;
  private space: NonNullable<TillOptions["space"]> = { ballastBytes: 0 };
  private updates: UpdateSource | undefined = undefined;
  private requests = 0;
  private newest: TillStatus | null = null;
  private readonly watchers = new Set<() => void>();

  private constructor(
    clock: TestClock,
    device: VirtualPrinter,
    port: number,
    till: Till,
    dataDir: string,
  ) {
    this.dataDir = dataDir;
    this.clock = clock;
    this.device = device;
    this.port = port;
    this.till = till;
  }

  /** A till that has been set up and is ready to sell. */
  static async open(
    options: {
      factor?: number;
      device?: Partial<VirtualPrinterOptions>;
      /** Changes to the first start. */
      setup?: Partial<CallInput<"settings.setUp">>;
      nativePrinters?: NativePrinters;
      space?: NonNullable<TillOptions["space"]>;
      dataDir?: string;
      updates?: UpdateSource;
    } = {},
  ): Promise<TillBench> {
    const clock = new TestClock(options.factor ?? 20);
    const { device, port } = await tcpPrinter(clock, options.device);
    const none: Till = {
      dispatch: () => Promise.reject(new Error("no till")),
      listen: () => () => {},
      latest: () => null,
      close: () => Promise.resolve(),
    };
    const bench = new TillBench(clock, device, port, none, options.dataDir ?? tempDir());
    onTestFinished(() => bench.till.close().catch(() => {}));
    bench.nativePrinters = options.nativePrinters;
    if (options.space) bench.space = options.space;
    bench.updates = options.updates;
    await bench.start();
    await bench.call("settings.setUp", { ...bench.setup(), ...options.setup });
    const { kind } = options.setup?.printer ?? { kind: "tcp" };
    await bench.until(({ printer }) => printer.config.kind === kind && printer.state === "ready");
    return bench;
  }

  setup(): CallInput<"settings.setUp"> {
    return {
      locale: "zh-CN",
      receiptLocale: "zh-CN",
      theme: "system",
      density: "touch",
      sound: false,
      shop: { name: "街角便利店", address: "幸福路 8 号", phone: "021-555", footer: "谢谢惠顾" },
      currency: "CNY",
      taxMode: "inclusive",
      widthMm: 58,
      printer: { kind: "tcp", host: "127.0.0.1", port: this.port },
      cashiers: ["小王", "Li"],
      managerPin: PIN,
      sampleCatalogue: false,
    };
  }

  /** Opens a till on the folder; the one before must be closed or crashed. */
  async start(): Promise<void> {
    this.newest = null;
    this.till = await createTill({
      ...(this.nativePrinters ? { nativePrinters: this.nativePrinters } : {}),
      ...(this.updates ? { updates: this.updates, version: "1.0.0" } : {}),
      dataDir: this.dataDir,
      clock: this.clock,
      space: this.space,
      shell: this.shell,
      settings: {
        get: (key) => structuredClone(this.store.get(key)),
        set: (key, value) => this.store.set(key, structuredClone(value)),
      },
      report: (where, error) => {
        this.incidents.push([where, error]);
        return `incident-${this.incidents.length}`;
      },
    });
    this.till.listen("status", (status) => {
      this.newest = status;
      for (const watcher of [...this.watchers]) watcher();
    });
    this.newest = await this.call("status.get", {});
  }

  async restart(): Promise<void> {
    await this.till.close();
    await this.start();
  }

  /** The value of a call that must succeed. */
  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const reply = await this.till.dispatch(name, input);
    if (!reply.ok)
      throw new Error(`${name}: ${JSON.stringify(reply.refusal)} ${String(this.incidents.at(-1))}`);
    return reply.value as CallOutput<N>;
  }

  /** The refusal of a call that must be refused. */
  async refusal<N extends CallName>(name: N, input: CallInput<N>): Promise<RefusalBody> {
    const reply = await this.till.dispatch(name, input);
    if (reply.ok) throw new Error(`${name} was not refused`);
    return reply.refusal;
  }

  requestId(): string {
    this.requests += 1;
    return `request-${this.requests}`;
  }

  saleInput(change: Partial<CallInput<"sale.complete">> = {}): CallInput<"sale.complete"> {
    return {
      requestId: this.requestId(),
      basket: { lines: [line({ priceMinor: PRICE_MINOR })], discountMinor: 0 },
      tenders: [{ method: "cash", amountMinor: 2000, reference: null }],
      expectedTotalMinor: PRICE_MINOR,
      ...change,
    };
  }

  async sell(): Promise<number> {
    return (await this.call("sale.complete", this.saleInput())).saleId;
  }

  /** What a cashier says to get a receipt settled or put off. */
  exit(saleId: number) {
    return { requestId: this.requestId(), saleId, digits: DIGITS, reason: "顾客着急" };
  }

  print(saleId: number, seen: "nothing" | "half" | null = null, printer: PrinterSlot = "receipt") {
    return this.call("receipt.print", { requestId: this.requestId(), saleId, seen, printer });
  }

  /** Resolves with the first status, from now on, of which `check` holds. */
  async until(check: (status: TillStatus) => boolean): Promise<TillStatus> {
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

  untilState(saleId: number, state: string): Promise<TillStatus> {
    return this.until(({ rail, lastSale }) => {
      const owed = rail.find((each) => each.saleId === saleId);
      if (owed) return owed.state === state;
      return lastSale?.saleId === saleId && lastSale.state === state;
    });
  }

  /** Resolves when the printer has nothing to do and everything is told. */
  untilIdle(): Promise<TillStatus> {
    return this.until(({ printer }) => printer.queue === 0 && printer.state !== "printing");
  }

  /** Resolves when this many whole receipts are on paper. */
  async untilPapers(count: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (this.papers().length < count) return;
        off();
        resolve();
      };
      const off = this.device.on(look);
      look();
    });
  }

  async state(saleId: number): Promise<string> {
    return (await this.call("history.sale", { saleId })).status.state;
  }

  async trail(saleId: number): Promise<string[]> {
    const { trail } = await this.call("history.sale", { saleId });
    return trail.map(({ type, mark, cause, late }) =>
      [type, mark, cause, late ? "late" : null].filter((part) => part !== null).join(" "),
    );
  }

  /** A copy of the books by hand. On a slow machine an hour of the fast clock may pass, and one is being made by itself. */
  async backUp(): Promise<CallOutput<"backup.run">> {
    for (;;) {
      const moved = Promise.withResolvers<void>();
      const off = this.till.listen("backup", () => moved.resolve());
      try {
        const reply = await this.till.dispatch("backup.run", { requestId: this.requestId() });
        if (reply.ok) return reply.value as CallOutput<"backup.run">;
        if (reply.refusal.code !== "BACKUP_BUSY") throw new Error(reply.refusal.code);
        await moved.promise;
      } finally {
        off();
      }
    }
  }

  /** Every whole receipt on paper as `number` or `number mark`, oldest first. */
  papers(device: VirtualPrinter = this.device): string[] {
    const found: string[] = [];
    for (const slip of device.paper.slips()) {
      // A mark belongs to what stands on the same piece of paper.
      let mark = "";
      for (const row of slip.text().split("\n")) {
        const copy = /重打 REPRINT (\d+)/.exec(row);
        if (copy) mark = ` REPRINT ${copy[1]}`;
        if (row.includes("REPLACES DAMAGED")) mark = " REPLACES";
        if (row.includes("PRINTED LATE")) mark = " LATE";
        const end = /- (\d+) 小票完 -/.exec(row);
        if (!end) continue;
        found.push(`${end[1]}${mark}`);
        mark = "";
      }
    }
    return found;
  }
}
