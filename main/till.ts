import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { completeRestore, finishRestore } from "./backup/backups.ts";
import { createCatalogueIndex } from "./catalogue/search.ts";
import type { Clock } from "./clock.ts";
import type { FeedName, FeedValue, TillCalls } from "./contract/calls.ts";
import { createDispatch, type Reply, type ReportIncident } from "./contract/dispatch.ts";
import type { PrinterConfig } from "./contract/printers.ts";
import type { TillStatus } from "./contract/status.ts";
import { doneSettingAside, resumeSetAside } from "./damage/set-aside.ts";
import { NO_NATIVE_PRINTERS } from "./printing/native/no-native-printers.ts";
import type { NativePrinters } from "./printing/native/native-printers.ts";
import { inks } from "./printing/raster/ink.ts";
import { SYSTEM_FONTS } from "./printing/raster/own-fonts.ts";
import type { KeyStore } from "./sale-log/key-store.ts";
import { damageIn } from "./sale-log/damaged-log.ts";
import { SaleLog } from "./sale-log/sale-log.ts";
import { findingSentence } from "./sale-log/verify/sentences.ts";
import { backlogCalls } from "./till/backlog-calls.ts";
import { Backlog } from "./till/backlog.ts";
import { backupCalls } from "./till/backup-calls.ts";
import { booksCalls } from "./till/books-calls.ts";
import { CashDrawer } from "./till/cash-drawer.ts";
import { catalogueCalls } from "./till/catalogue-calls.ts";
import { ChangeSignal } from "./till/change-signal.ts";
import { CustomerScreen } from "./till/customer-view.ts";
import { damageCalls } from "./till/damage-calls.ts";
import { dayEndCalls, type PrintToPdf } from "./till/day-end.ts";
import { FeedHub } from "./till/feed-hub.ts";
import { setDamagedAside, watchBooks } from "./till/go-on.ts";
import { FreeSpace, type FreeBytesOf } from "./till/free-space.ts";
import { Housekeeping } from "./till/housekeeping.ts";
import { historyCalls } from "./till/history-calls.ts";
import { ManagerPin } from "./till/manager-pin.ts";
import { NameWatch } from "./till/name-watch.ts";
import { OtherPapers } from "./till/other-papers.ts";
import { practiceCalls } from "./till/practice-calls.ts";
import { printerCalls } from "./till/printer-calls.ts";
import { PrinterRoom } from "./till/printer-room.ts";
import { ReceiptAges } from "./till/receipt-ages.ts";
import { receiptCalls } from "./till/receipt-calls.ts";
import { ReceiptDesk } from "./till/receipt-desk.ts";
import { THE_TILL, type TillRoom } from "./till/room.ts";
import { reopeningTill, type BooksTill, type Reopen } from "./till/reopening-till.ts";
import { sellingCalls } from "./till/selling.ts";
import { shellCalls } from "./till/shell-calls.ts";
import { ShellLink } from "./till/shell-link.ts";
import { settingsCalls } from "./till/settings-calls.ts";
import { SettingsRoom, type SettingsStore } from "./till/settings-store.ts";
import { createBackups, createRecovery, publicKeyOf } from "./till/start-backups.ts";
import { createBooks } from "./till/start-books.ts";
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
export { hostEnvironment } from "./printing/native/host-environment.ts";
export { NativeHostClient } from "./printing/native/client.ts";
export { forkPrinterHost } from "./printing/native/fork-host.ts";
/** The settings file, whatever it holds, and what shell and till tell each other. */
export { openSettings } from "./till/settings-file.ts";
export { ShellLink, type NoticeCode } from "./till/shell-link.ts";

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
  /** How the room on the disk is watched; everything has a default. */
  space?: { freeBytesOf?: FreeBytesOf; ballastBytes?: number };
  /** BCP 47 tag, for files written before anybody chose a language. */
  systemLocale?: string;
  /** What the shell has to say, and what it is told. */
  shell?: ShellLink;
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
  const till = await reopeningTill(
    (reopen) => openTill({ ...options, ...(shared ? { nativePrinters: shared } : {}) }, reopen),
    options.report,
  );
  return {
    ...till,
    close: async () => {
      await till.close();
      nativePrinters?.close();
    },
  };
}

/** Opens the books; damaged ones are set aside untouched, and the till goes on with new ones. */
async function openTill(options: TillOptions, reopen: Reopen): Promise<BooksTill> {
  try {
    return await openBooks(options, reopen);
  } catch (error) {
    const cause = damageIn(error);
    if (cause === null) throw error;
    options.report("sale-log", error);
    setDamagedAside(options, cause, null);
    return openBooks(options, reopen);
  }
}

async function openBooks(options: TillOptions, reopen: Reopen): Promise<BooksTill> {
  const restored = finishRestore(options.dataDir, options.settings);
  const watch = watchBooks(options, reopen);
  const parts = makeParts({ ...options, report: watch.report });
  try {
    if (restored) completeRestore(options.dataDir, restored, parts.room.log);
    await open(parts, options.version ?? "0");
  } catch (error) {
    await letGo(parts);
    throw error;
  }
  const { room, hub } = parts;
  watch.begin(() => room.log.highestSeq());
  return {
    dispatch: createDispatch(makeCalls(parts, options, reopen), watch.report),
    listen: (name, listener) => hub.listen(name, listener),
    latest: (name) => hub.latest(name),
    close: async () => {
      await stop(parts);
      // First: the last connection to close must be the one that may write.
      await room.reader.close();
      room.log.close();
    },
    abandon: () => letGo(parts),
    holdSales: (isHeld) => {
      room.isRestoring = isHeld;
    },
  };
}

/** Says what it finds, settles what the run before left, and begins to look after itself. */
async function open(parts: ReturnType<typeof makeParts>, version: string): Promise<void> {
  const { room, hub, printers, desk, watchdog, space, backups, books, updates, index, status } =
    parts;
  const { log, clock, settings, report, shell } = room;
  // The log has written it down already; whoever looks after this till should read it too.
  for (const finding of log.damage)
    report("sale-log", new Error(findingSentence(finding, "en", 0)));
  settings.listen((value) => hub.send("settings", value));
  hub.send("settings", settings.get());
  await index.replaceAll(log.products.all());
  start(room, desk, version);
  watchdog.start();
  space.start();
  const warmPaper = new WarmPaper(room, printers);
  settings.listen(() => warmPaper.soon());
  index.listen(() => warmPaper.soon());
  parts.customer.start();
  parts.stops.push(
    () => parts.customer.stop(),
    () => room.pin.stop(),
    shell.onNotices(() => room.changed()),
    shell.onResumed(() => printers.wake()),
  );
  warmPaper.soon();
  const stopPinyin = clock.setTimer(PINYIN_AFTER_MS, () => {
    index.preparePinyin().catch((error: unknown) => report("pinyin", error));
  });
  parts.stops.push(() => warmPaper.stop(), stopPinyin);
  const housekeeping = new Housekeeping(room);
  housekeeping.start();
  parts.stops.push(() => housekeeping.stop());
  hub.send("status", status());
  backups.start();
  books.start();
  updates.start();
}

/** Everything but the books comes to rest. */
async function stop(parts: ReturnType<typeof makeParts>): Promise<void> {
  const { printers, watchdog, space, desk, changes, backups, books, recovery, updates } = parts;
  // A receipt on its way is given the time it needs; a stopped printer is not waited for.
  await printers.settled(CLOSING_MS);
  watchdog.stop();
  for (const each of parts.stops) each();
  printers.close();
  desk.close();
  changes.stop();
  updates.stop();
  await backups.stop();
  await books.stop();
  await recovery.stop();
  await space.stop();
}

/** As closing, for damaged books: not a byte of them is written any more. */
async function letGo(parts: ReturnType<typeof makeParts>): Promise<void> {
  const { reader, log } = parts.room;
  try {
    await stop(parts);
    await reader.close();
  } finally {
    log.abandon();
  }
}

/** The books of the folder, or those that go on from damaged ones. */
function openLog({ dataDir, clock, keyStore }: TillOptions, makeRoom: () => boolean): SaleLog {
  const continues = resumeSetAside(dataDir);
  const log = new SaleLog(dataDir, {
    nowMs: () => clock.nowMs(),
    refusesDamage: true,
    makeRoom,
    ...(keyStore ? { keyStore } : {}),
    ...(continues ? { continues } : {}),
  });
  if (continues) doneSettingAside(dataDir);
  return log;
}

/** Log, printer, desk and what they tell each other; nothing has been printed or said yet. */
function makeParts(options: TillOptions) {
  const { dataDir, clock, report } = options;
  mkdirSync(dataDir, { recursive: true });
  inks.useOwn({ folder: join(dataDir, "fonts"), system: SYSTEM_FONTS });
  const space = new FreeSpace({
    ...options.space,
    dataDir,
    clock,
    report,
    changed: () => changes.mark(),
  });
  const log = openLog(options, () => space.makeRoom());
  const settings = new SettingsRoom(space.guarded(options.settings), log);
  const shell = shellOf(options, settings);
  const hub = new FeedHub(report);
  const changes = new ChangeSignal(
    clock,
    () => {
      hub.send("status", status());
      // A day that was closed is copied, and checked, at once.
      backups.look();
      books.look();
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
    pin: new ManagerPin(settings, clock, log),
    report,
    shell,
    isRestoring: false,
    changed: () => changes.mark(),
    changesIn: (delayMs) => changes.markIn(delayMs),
    ages: new ReceiptAges(clock),
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
  const keepers = makeKeepers({ room, hub, printers, space }, options);
  const { backups, books, updates, recovery } = keepers;
  const index = createCatalogueIndex();
  const customer = new CustomerScreen(room, hub);
  const catalogueSize = () => index.size();
  const status = createStatus({
    room,
    desk,
    printers,
    backlog,
    watchdog,
    space,
    catalogueSize,
    recovering: () => recovery.share,
  });
  /** What `open` begins. */
  const stops: (() => void)[] = [];
  const looks = { watchdog, space, papers, customer, ...keepers };
  return { room, hub, changes, printers, desk, backlog, index, status, stops, ...looks };
}

interface KeeperNeeds {
  room: TillRoom;
  hub: FeedHub;
  printers: PrinterRoom;
  space: FreeSpace;
}

/** Those who look after the books and the program: copies, checks, recovery, new versions. */
function makeKeepers({ room, hub, printers, space }: KeeperNeeds, options: TillOptions) {
  const backups = createBackups(room, options, (health) => {
    hub.send("backup", health);
    // A copy has just been made, or old ones were removed.
    if (health.job === null) space.look();
    updates.look();
  });
  const books = createBooks(room, options, {
    isBusy: () => backups.health().job !== null,
    tell: (state) => hub.send("books", state),
  });
  const recovery = createRecovery(room, options, backups);
  const updates = createUpdates(room, { printers, backups }, options, (state) =>
    hub.send("updates", state),
  );
  return { backups, books, recovery, updates };
}

/** Says there that the settings came from the log, if they did. */
function shellOf({ shell = new ShellLink(), report }: TillOptions, settings: SettingsRoom) {
  const reason = "the settings could not be read: taken from the sale log";
  if (settings.wasMended) shell.settingsMended(report("settings", new Error(reason)));
  return shell;
}

/**
 * The status as part of an answer to something that was done: one that can't be made now is an incident, and
 * the one told last stands.
 */
function statusOfAnswer({ room, hub, status }: ReturnType<typeof makeParts>) {
  return (): TillStatus => {
    try {
      return status();
    } catch (error) {
      const told = hub.latest("status");
      if (told === null) throw error;
      room.report("status", error);
      return told as TillStatus;
    }
  };
}

/** The contract, room by room. */
function makeCalls(
  parts: ReturnType<typeof makeParts>,
  options: TillOptions,
  reopen: Reopen,
): TillCalls {
  const { room, printers, desk, backlog, papers, index } = parts;
  const drawer = new CashDrawer(room, printers);
  const status = statusOfAnswer(parts);
  return {
    "status.get": parts.status,
    ...shellCalls(room, options, status),
    ...settingsCalls(room, printers, index, status),
    ...catalogueCalls(room, index, printers),
    ...sellingCalls(room, desk, drawer, parts.customer, new NameWatch(room, printers), status),
    ...receiptCalls(room, desk, printers, status),
    ...backlogCalls(room, backlog, desk, status),
    ...historyCalls(room, desk, printers),
    ...dayEndCalls(room, desk, papers, status, {
      printToPdf: options.printToPdf ?? null,
      systemLocale: options.systemLocale?.startsWith("zh") === false ? "en" : "zh-CN",
    }),
    ...printerCalls(room, printers, drawer, status),
    ...practiceCalls(() => printers.practice),
    ...booksCalls(room, parts.books),
    ...damageCalls(room, parts.recovery, reopen),
    ...updateCalls(room, parts.updates),
    ...backupCalls(room, parts.backups, {
      dataDir: options.dataDir,
      store: options.settings,
      papers,
      reopen,
      publicKey: () => publicKeyOf(options),
    }),
  };
}

/** What a start owes to the one before: the log says who ran, and unfinished papers are settled. */
function start(room: TillRoom, desk: ReceiptDesk, version: string): void {
  const { log, clock, shell } = room;
  const finding = shell.takeSettingsFinding();
  log.transaction(() => {
    log.append(clock.nowMs(), THE_TILL, {
      kind: "tillStarted",
      ref: null,
      body: { v: 1, version, sqlite: log.sqliteVersion() },
    });
    // Settings that changed by themselves are a change like any other.
    if (finding) {
      const changed = [finding.code, ...finding.lost].sort();
      log.append(clock.nowMs(), THE_TILL, {
        kind: "settingsChanged",
        ref: null,
        body: { v: 1, changed },
      });
    }
  });
  desk.resume("appCrash");
  for (const { saleId, status } of log.receipts.owed()) {
    const leftMs = room.ages.deferredForMs(saleId, status);
    if (leftMs > 0) room.changesIn(leftMs);
  }
}
