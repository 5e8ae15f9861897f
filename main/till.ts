import { mkdirSync } from "node:fs";
import { completeRestore, finishRestore } from "./backup/backups.ts";
import { createCatalogueIndex } from "./catalogue/search.ts";
import type { Clock } from "./clock.ts";
import type { FeedName, FeedValue, TillCalls } from "./contract/calls.ts";
import { createDispatch, type Reply, type ReportIncident } from "./contract/dispatch.ts";
import type { PrinterConfig } from "./contract/printers.ts";
import { NO_NATIVE_PRINTERS } from "./printing/native/no-native-printers.ts";
import type { NativePrinters } from "./printing/native/native-printers.ts";
import type { KeyStore } from "./sale-log/key-store.ts";
import { SaleLog } from "./sale-log/sale-log.ts";
import { findingSentence } from "./sale-log/verify/sentences.ts";
import { backlogCalls } from "./till/backlog-calls.ts";
import { Backlog } from "./till/backlog.ts";
import { backupCalls } from "./till/backup-calls.ts";
import { CashDrawer } from "./till/cash-drawer.ts";
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
import { reopeningTill, type Reopen } from "./till/reopening-till.ts";
import { sellingCalls } from "./till/selling.ts";
import { settingsCalls } from "./till/settings-calls.ts";
import { SettingsRoom, type SettingsStore } from "./till/settings-store.ts";
import { createBackups } from "./till/start-backups.ts";
import { createLogReader } from "./till/start-log-reader.ts";
import { createStatus } from "./till/status.ts";
import { createUpdates, updateCalls } from "./till/update-calls.ts";
import { WarmPaper } from "./till/warm-paper.ts";
import { SettingsWatchdog } from "./till/watchdog.ts";
import type { UpdateSource } from "./updates/source.ts";

/** Longest wait for a receipt under way when the till is closed. */
const CLOSING_MS = 5_000;
/** Loading the pinyin tables takes one long step, so it is done when nobody is selling yet. */
const PINYIN_AFTER_MS = 2_000;

/** The way to printers that need drivers, for the shells to start. */
export { NativeHostClient } from "./printing/native/client.ts";
export { forkPrinterHost } from "./printing/native/fork-host.ts";

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
  /** The way to printers that need a driver; without it only network and practice printers work. */
  nativePrinters?: NativePrinters;
  printToPdf?: PrintToPdf;
  version?: string;
  /** Where the key that signs the log rests; a file beside the log when nothing better is there. */
  keyStore?: KeyStore;
  /** BCP 47 tag, for files written before anybody chose a language. */
  systemLocale?: string;
  /** How this program renews itself; null: it knows no server. Without it: it was not installed. */
  updates?: UpdateSource | null;
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
  const { nativePrinters } = options;
  // They outlive a till that is closed to open other books.
  const shared = nativePrinters && {
    transport: nativePrinters.transport.bind(nativePrinters),
    find: nativePrinters.find.bind(nativePrinters),
    close: () => {},
  };
  const till = await reopeningTill((reopen) =>
    openTill({ ...options, ...(shared ? { nativePrinters: shared } : {}) }, reopen),
  );
  return {
    ...till,
    close: async () => {
      await till.close();
      nativePrinters?.close();
    },
  };
}

async function openTill(options: TillOptions, reopen: Reopen): Promise<Till> {
  const restored = finishRestore(options.dataDir, options.settings);
  const parts = makeParts(options);
  if (restored) completeRestore(options.dataDir, restored, parts.room.log);
  const { room, hub, changes, printers, desk, watchdog, backups, updates, index, status } = parts;
  const { log, clock, settings, report } = room;
  // The log has written it down already; whoever looks after this till should read it too.
  for (const finding of log.damage)
    report("sale-log", new Error(findingSentence(finding, "en", 0)));
  settings.listen((value) => hub.send("settings", value));
  hub.send("settings", settings.get());
  await index.replaceAll(log.products.all());
  start(room, desk, options.version ?? "0");
  watchdog.start();
  const warmPaper = new WarmPaper(room, printers);
  settings.listen(() => warmPaper.soon());
  warmPaper.soon();
  const stopPinyin = clock.setTimer(PINYIN_AFTER_MS, () => {
    index.preparePinyin().catch((error: unknown) => report("pinyin", error));
  });
  hub.send("status", status());
  backups.start();
  updates.start();
  return {
    dispatch: createDispatch(makeCalls(parts, options, reopen), report),
    listen: (name, listener) => hub.listen(name, listener),
    latest: (name) => hub.latest(name),
    close: async () => {
      // A receipt on its way is given the time it needs; a stopped printer is not waited for.
      await printers.settled(CLOSING_MS);
      watchdog.stop();
      warmPaper.stop();
      printers.close();
      desk.close();
      changes.stop();
      stopPinyin();
      updates.stop();
      await backups.stop();
      // First: the last connection to close must be the one that may write.
      await room.reader.close();
      log.close();
    },
  };
}

/** Log, printer, desk and what they tell each other; nothing has been printed or said yet. */
function makeParts(options: TillOptions) {
  mkdirSync(options.dataDir, { recursive: true });
  const log = new SaleLog(options.dataDir, {
    nowMs: () => options.clock.nowMs(),
    ...(options.keyStore ? { keyStore: options.keyStore } : {}),
  });
  const settings = new SettingsRoom(options.settings);
  const hub = new FeedHub();
  const { clock, report } = options;
  const changes = new ChangeSignal(
    clock,
    () => {
      hub.send("status", status());
      // A day that was closed is copied at once.
      backups.look();
      updates.look();
    },
    () => log.checkpoint(),
    report,
  );
  const room: TillRoom = {
    log,
    reader: createLogReader(options.dataDir, report),
    clock,
    settings,
    pin: new ManagerPin(settings, clock),
    report,
    changed: () => changes.mark(),
    changesAt: (atMs) => changes.markAt(atMs),
  };
  const ways = {
    hub,
    override: options.printer ?? null,
    native: options.nativePrinters ?? NO_NATIVE_PRINTERS,
  };
  const printers = new PrinterRoom(room, ways, {
    recovered: (slot) => backlog.recovered(slot),
    replaced: (slot) => {
      desk.printerReplaced(slot);
      watchdog.start();
    },
  });
  const desk = new ReceiptDesk(room, printers);
  const backlog = new Backlog(room, printers, desk);
  const watchdog = new SettingsWatchdog(room, printers);
  const papers = new OtherPapers(room, printers, (job) => {
    desk.lastJob = job;
    room.changed();
  });
  const backups = createBackups(room, options, (health) => {
    hub.send("backup", health);
    updates.look();
  });
  const updates = createUpdates(room, { printers, backups }, options, (state) =>
    hub.send("updates", state),
  );
  const index = createCatalogueIndex();
  const catalogueSize = () => index.size();
  const status = createStatus({ room, desk, printers, backlog, watchdog, catalogueSize });
  return {
    ...{ room, hub, changes, printers, desk, backlog, watchdog, papers, backups, updates },
    ...{ index, status },
  };
}

/** The contract, room by room. */
function makeCalls(
  parts: ReturnType<typeof makeParts>,
  options: TillOptions,
  reopen: Reopen,
): TillCalls {
  const { room, printers, desk, backlog, papers, index, status } = parts;
  const drawer = new CashDrawer(room, printers);
  return {
    "status.get": status,
    ...settingsCalls(room, printers, index, status),
    ...catalogueCalls(room, index),
    ...sellingCalls(room, desk, drawer, status),
    ...receiptCalls(room, desk, printers, status),
    ...backlogCalls(room, backlog, desk, status),
    ...historyCalls(room, desk),
    ...dayEndCalls(room, desk, papers, status, {
      printToPdf: options.printToPdf ?? null,
      systemLocale: options.systemLocale?.startsWith("zh") === false ? "en" : "zh-CN",
    }),
    ...printerCalls(room, printers, drawer, status),
    ...practiceCalls(() => printers.practice),
    ...updateCalls(room, parts.updates),
    ...backupCalls(room, parts.backups, {
      dataDir: options.dataDir,
      store: options.settings,
      papers,
      reopen,
    }),
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
