import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { scaledClock } from "../../../main/clock.ts";
import type { CallInput, CallName, CallOutput } from "../../../main/contract/calls.ts";
import type { CallReply } from "../../../main/contract/wire.ts";
import {
  serveVirtualPrinter,
  VirtualPrinter,
} from "../../../main/printing/virtual-printer/index.ts";
import { testShop } from "./shop.ts";

/** A running shell with one page in it. */
export interface RunningShell {
  page: Page;
  /** Address with a one-time key, where the shell gives one; used already unless the page was left alone. */
  url?: string;
  /** Opens the till in the page; resolves at once where a window opens by itself. */
  show(): Promise<void>;
  call(name: string, input: unknown): Promise<unknown>;
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/**
 * Starts a shell with these arguments; given a page, it is going to be shown in that page. `isLeftAlone`: nothing is
 * done for that page, which has to find the till again with the session it had.
 */
export type StartShell = (
  args: readonly string[],
  page: Page | null,
  isLeftAlone?: boolean,
) => Promise<RunningShell>;

/** A virtual printer and where the till finds it. */
export interface PrinterOnTcp {
  printer: VirtualPrinter;
  address: { kind: "tcp"; host: string; port: number };
}

/** What a spec has beside the page: the paper, the data folder, and the till's own door. */
export interface World {
  /** The page that shows the till now; Electron's is another one after `restart`. */
  readonly page: Page;
  dataDir: string;
  /** Receipts come out here once `setUp` has run. Faults are switched on it. */
  printer: VirtualPrinter;
  printerAddress: PrinterOnTcp["address"];
  /** One more printer at an address of its own; gone with the world. */
  anotherPrinter(options?: WorldOptions["printer"]): Promise<PrinterOnTcp>;
  /** Calls the till; a refusal is part of the answer. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallReply<N>>;
  /** Calls the till; a refusal is an error. */
  ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /**
   * First start done: a small shop, the sample catalogue, this printer, and the first cashier signed in.
   * A till that nobody has seen yet is shown after it.
   */
  setUp(overrides?: Partial<CallInput<"settings.setUp">>): Promise<void>;
  /** Ends the till in order when it still runs, starts it again on the same books and opens its page. */
  restart(): Promise<Page>;
  /** As `restart`, but the page is left alone. Gives the new address. Not for Electron, whose page ends with it. */
  restartBehindThePage(): Promise<string>;
  /** The power cut: the till's process is gone at once. `restart` brings it back. */
  kill9(): Promise<void>;
}

export interface WorldOptions {
  locale: string | undefined;
  clockFactor: number;
  printer: Partial<ConstructorParameters<typeof VirtualPrinter>[0]>;
  args: readonly string[];
  /**
   * An empty page: the till starts in it when a spec first needs it, and a shop that is set up by `setUp`
   * is shown without its first start, which takes as long to draw. Null starts and shows it at once.
   */
  emptyPage: Page | null;
}

/** Opens a till with its own books and printer, hands both to `use`, and clears everything away. */
export async function withWorld(
  start: StartShell,
  options: WorldOptions,
  use: (world: World) => Promise<void>,
): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "slipsure-e2e-"));
  const clock = scaledClock(options.clockFactor);
  // On a fast clock a slow printer: an honest answer must stay far from what only a liar could do,
  // also when the machine that runs the tests stalls for a while.
  const speedMmPerS = options.clockFactor > 1 ? 100 : 200;
  const served: { close(): Promise<void> }[] = [];
  const anotherPrinter: World["anotherPrinter"] = async (own = {}) => {
    const made = new VirtualPrinter({ clock, widthMm: 80, speedMmPerS, ...own });
    const server = await serveVirtualPrinter(made, { port: 0 });
    served.push(server);
    return { printer: made, address: { kind: "tcp", host: "127.0.0.1", port: server.port } };
  };
  const { printer, address } = await anotherPrinter(options.printer);
  const args = ["--data", dataDir, "--clock-factor", String(options.clockFactor), ...options.args];
  const running = new TillOfSpec(
    (page, isLeftAlone) => start(args, page, isLeftAlone),
    options.emptyPage,
  );
  try {
    if (options.emptyPage === null) await running.shown();
    const door = tillDoor(running, options.locale, address);
    await use({
      get page() {
        return running.page;
      },
      dataDir,
      printer,
      printerAddress: address,
      anotherPrinter,
      ...door,
      restart: async () => {
        await running.end("SIGTERM");
        return (await running.shown(true)).page;
      },
      restartBehindThePage: async () => {
        await running.end("SIGTERM");
        return (await running.started(true, true)).url ?? "";
      },
      kill9: () => running.end("SIGKILL"),
    });
  } finally {
    await running.end("SIGTERM");
    for (const server of served) await server.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** The till of one spec: not started yet, running, or ended. */
class TillOfSpec {
  private shell: Promise<RunningShell> | null = null;
  private isShown = false;
  private readonly start: (page: Page | null, isLeftAlone: boolean) => Promise<RunningShell>;
  private known: Page | null;

  constructor(start: TillOfSpec["start"], emptyPage: Page | null) {
    this.start = start;
    this.known = emptyPage;
  }

  get page(): Page {
    if (!this.known) throw new Error("The till does not run.");
    return this.known;
  }

  /** Starts the till the first time it is asked for, or `anew` after it was ended. */
  async started(anew = false, isLeftAlone = false): Promise<RunningShell> {
    if (anew) this.shell = null;
    this.shell ??= this.start(this.known, isLeftAlone);
    const shell = await this.shell;
    this.known = shell.page;
    return shell;
  }

  async shown(anew = false): Promise<RunningShell> {
    const shell = await this.started(anew);
    if (anew || !this.isShown) {
      this.isShown = true;
      await shell.show();
    }
    return shell;
  }

  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    await (await this.shell)?.end(signal);
  }
}

function tillDoor(
  running: TillOfSpec,
  locale: string | undefined,
  printer: World["printerAddress"],
): Pick<World, "call" | "ask" | "setUp"> {
  const callOf = async <N extends CallName>(shell: RunningShell, name: N, input: CallInput<N>) =>
    (await shell.call(name, input)) as CallReply<N>;
  const valueOf = <N extends CallName>(name: N, reply: CallReply<N>): CallOutput<N> => {
    if (reply.ok) return reply.value;
    throw new Error(`${name} was refused: ${JSON.stringify(reply.refusal)}`);
  };
  const call: World["call"] = async (name, input) => callOf(await running.shown(), name, input);
  const ask: World["ask"] = async (name, input) => valueOf(name, await call(name, input));
  return {
    call,
    ask,
    setUp: async (overrides) => {
      const language = locale?.startsWith("en") ? "en" : "zh-CN";
      const shop = testShop({ locale: language, receiptLocale: language, printer, ...overrides });
      const shell = await running.started();
      const reply = await callOf(shell, "settings.setUp", shop);
      const [cashier] = valueOf("settings.setUp", reply).cashiers;
      await running.shown();
      if (cashier !== undefined) await ask("session.signIn", { cashier });
    },
  };
}
