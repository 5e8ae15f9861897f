import { mkdirSync } from "node:fs";
import { createCatalogueIndex } from "./catalogue/search.ts";
import { wait, type Clock } from "./clock.ts";
import type { FeedName, FeedValue, TillCalls } from "./contract/calls.ts";
import { createDispatch, type Reply, type ReportIncident } from "./contract/dispatch.ts";
import type { PrinterConfig } from "./contract/values.ts";
import { SaleLog } from "./sale-log/sale-log.ts";
import { catalogueCalls } from "./till/catalogue-calls.ts";
import { ChangeSignal } from "./till/change-signal.ts";
import { dayEndCalls, type PrintToPdf } from "./till/day-end.ts";
import { FeedHub } from "./till/feed-hub.ts";
import { historyCalls } from "./till/history-calls.ts";
import { ManagerPin } from "./till/manager-pin.ts";
import { OtherPapers } from "./till/other-papers.ts";
import { practiceCalls } from "./till/practice-calls.ts";
import { printerCalls } from "./till/printer-calls.ts";
import { PrinterRoom } from "./till/printer-room.ts";
import { receiptCalls } from "./till/receipt-calls.ts";
import { ReceiptDesk } from "./till/receipt-desk.ts";
import { THE_TILL, type TillRoom } from "./till/room.ts";
import { sellingCalls } from "./till/selling.ts";
import { settingsCalls } from "./till/settings-calls.ts";
import { SettingsRoom, type SettingsStore } from "./till/settings-store.ts";
import { createStatus } from "./till/status.ts";

/** Longest wait for a receipt under way when the till is closed. */
const CLOSING_MS = 5_000;
/** Loading the pinyin tables takes one long step, so it is done when nobody is selling yet. */
const PINYIN_AFTER_MS = 2_000;

export interface TillOptions {
  /** Folder of this till's sale log; made when missing. One process at a time. */
  dataDir: string;
  clock: Clock;
  /** A `Conf` or an electron-store. */
  settings: SettingsStore;
  /** Unexpected errors; returns the incident id a user is shown. */
  report: ReportIncident;
  /** Used instead of the printer in the settings, for this run only. */
  printer?: PrinterConfig;
  printToPdf?: PrintToPdf;
  version?: string;
  /** BCP 47 tag, for files written before anybody chose a language. */
  systemLocale?: string;
}

export interface Till {
  dispatch(name: string, input: unknown): Promise<Reply>;
  listen<N extends FeedName>(name: N, listener: (value: FeedValue<N>) => void): () => void;
  /** Newest value of a feed for a page that just connected, null when there is none. */
  latest(name: FeedName): unknown;
  close(): Promise<void>;
}

/**
 * The whole till: log, printer and the contract over them. Both shells and every test use this.
 * @throws TillLockedError, NewerLogError, or SQLite's error when the log can't be opened.
 */
export async function createTill(options: TillOptions): Promise<Till> {
  const parts = makeParts(options);
  const { room, hub, changes, printers, desk, index, status } = parts;
  const { log, clock, settings, report } = room;
  settings.listen((value) => hub.send("settings", value));
  hub.send("settings", settings.get());
  await index.replaceAll(log.products.all());
  start(room, desk, options.version ?? "0");
  const stopPinyin = clock.setTimer(PINYIN_AFTER_MS, () => {
    index.preparePinyin().catch((error: unknown) => report("pinyin", error));
  });
  hub.send("status", status());
  return {
    dispatch: createDispatch(makeCalls(parts, options), report),
    listen: (name, listener) => hub.listen(name, listener),
    latest: (name) => hub.latest(name),
    close: async () => {
      // A receipt on its way is given the time it needs; a stopped printer is not waited for.
      if (printers.printer.state().state === "printing")
        await Promise.race([printers.printer.settled(), wait(clock, CLOSING_MS)]);
      printers.close();
      desk.close();
      changes.stop();
      stopPinyin();
      log.close();
    },
  };
}

/** Log, printer, desk and what they tell each other; nothing has been printed or said yet. */
function makeParts(options: TillOptions) {
  mkdirSync(options.dataDir, { recursive: true });
  const log = new SaleLog(options.dataDir);
  const settings = new SettingsRoom(options.settings);
  const hub = new FeedHub();
  const { clock, report } = options;
  const changes = new ChangeSignal(
    clock,
    () => hub.send("status", status()),
    () => log.checkpoint(),
    report,
  );
  const room: TillRoom = {
    log,
    clock,
    settings,
    pin: new ManagerPin(settings, clock),
    report,
    changed: () => changes.mark(),
    changesAt: (atMs) => changes.markAt(atMs),
  };
  const printers = new PrinterRoom(room, hub, options.printer ?? null, {
    recovered: () => desk.printFailed(),
    replaced: () => desk.printerReplaced(),
  });
  const desk = new ReceiptDesk(room, printers);
  const papers = new OtherPapers(room, printers, (job) => {
    desk.lastJob = job;
    room.changed();
  });
  const index = createCatalogueIndex();
  const status = createStatus({ room, desk, printers, catalogueSize: () => index.size() });
  return { room, hub, changes, printers, desk, papers, index, status };
}

/** The contract, room by room. */
function makeCalls(parts: ReturnType<typeof makeParts>, options: TillOptions): TillCalls {
  const { room, printers, desk, papers, index, status } = parts;
  return {
    "status.get": status,
    ...settingsCalls(room, printers, index, status),
    ...catalogueCalls(room, index),
    ...sellingCalls(room, desk, status),
    ...receiptCalls(room, desk, () => printers.printer, status),
    ...historyCalls(room, desk),
    ...dayEndCalls(room, desk, papers, status, {
      printToPdf: options.printToPdf ?? null,
      systemLocale: options.systemLocale?.startsWith("zh") === false ? "en" : "zh-CN",
    }),
    ...printerCalls(room, printers, status),
    ...practiceCalls(() => printers.practice),
  };
}

/** What a start owes to the one before: the log says who ran, and unfinished papers are settled. */
function start(room: TillRoom, desk: ReceiptDesk, version: string): void {
  const { log, clock } = room;
  log.transaction(() =>
    log.append(clock.nowMs(), THE_TILL, {
      kind: "tillStarted",
      ref: null,
      body: { v: 1, version, sqlite: log.sqliteVersion() },
    }),
  );
  log.forgetOldRequests(clock.nowMs());
  desk.resume("appCrash");
  for (const { status } of log.receipts.owed())
    if (status.deferredUntilMs !== null) room.changesAt(status.deferredUntilMs);
}
