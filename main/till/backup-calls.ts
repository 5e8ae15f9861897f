import { BackupBusyError, BackupError, restoring, type Backups } from "../backup/backups.ts";
import type { BackupProblem } from "../contract/backup.ts";
import type { TillCalls } from "../contract/calls.ts";
import { Refusal, type RefusalCode } from "../contract/refusals.ts";
import { layoutBackupNote } from "./backup-note.ts";
import { effectOnce } from "./effect-once.ts";
import type { OtherPapers } from "./other-papers.ts";
import type { Reopen } from "./reopening-till.ts";
import { cashierNow, THE_TILL, type TillRoom } from "./room.ts";
import type { SettingsStore } from "./settings-store.ts";

type BackupCallName = Extract<keyof TillCalls, `backup.${string}`>;

export interface BackupWays {
  dataDir: string;
  store: SettingsStore;
  papers: OtherPapers;
  reopen: Reopen;
  /** The till's, base64url. */
  publicKey: () => string;
}

const REFUSAL_OF: Record<Exclude<BackupProblem, "unexpected">, RefusalCode> = {
  diskFull: "BACKUP_DISK_FULL",
  diskError: "BACKUP_DISK_ERROR",
  booksDamaged: "BACKUP_BOOKS_DAMAGED",
  copyDiffers: "BACKUP_COPY_DIFFERS",
  placeAbsent: "BACKUP_PLACE_ABSENT",
  placeNotWritable: "BACKUP_PLACE_NOT_WRITABLE",
  notFound: "BACKUP_NOT_FOUND",
  notABackup: "BACKUP_NOT_A_BACKUP",
  damaged: "BACKUP_DAMAGED",
  signatureWrong: "BACKUP_SIGNATURE_WRONG",
  passphraseNeeded: "BACKUP_PASSPHRASE_NEEDED",
  wrongPassphrase: "BACKUP_WRONG_PASSPHRASE",
  newerVersion: "BACKUP_NEWER_VERSION",
  changed: "RESTORE_CHANGED",
  interrupted: "BACKUP_INTERRUPTED",
};

/** Copies of the books: made, tried, and gone back to. */
export function backupCalls(
  room: TillRoom,
  backups: Backups,
  { dataDir, store, papers, reopen, publicKey }: BackupWays,
): Pick<TillCalls, BackupCallName> {
  const { settings, pin, log, clock } = room;
  const note = (changed: string) =>
    log.transaction(() =>
      log.append(clock.nowMs(), log.kept("cashier") ?? THE_TILL, {
        kind: "settingsChanged",
        ref: null,
        body: { v: 1, changed: [changed] },
      }),
    );
  return {
    "backup.state": () => backups.state(),
    "backup.run": async () => {
      await refusing(() => backups.make("hand", nameNow(room)));
      return { state: backups.state() };
    },
    "backup.drill": async () => {
      await refusing(() => backups.drill());
      return { state: backups.state() };
    },
    "backup.setPlace": async ({ folder, pin: given }) => {
      await pin.demand(given);
      await refusing(() => backups.setPlace(folder));
      note("backupPlace");
      return { state: backups.state() };
    },
    "backup.setPassphrase": async ({ passphrase, pin: given }) => {
      await pin.demand(given);
      await refusing(() => backups.setPassphrase(passphrase));
      note("backupPassphrase");
      return { state: backups.state() };
    },
    "backup.printNote": async ({ requestId }) => {
      const { seal } = backups.state();
      const { shop, receiptLocale } = settings.get();
      if (seal) {
        const about = { shopName: shop.name, code: seal.code, locale: receiptLocale };
        await effectOnce(room, requestId, () =>
          papers.print("report", null, (columns) => layoutBackupNote({ ...about, columns })),
        );
      }
      return {};
    },
    "backup.find": async () => ({ found: await refusing(() => backups.find()) }),
    "backup.preview": ({ path, passphrase }) => refusing(() => backups.preview(path, passphrase)),
    "backup.restore": async ({ pin: given, ...wish }) => {
      // Before first start there is no manager, and nothing that could be lost.
      if (settings.get().ready) await pin.demand(given ?? "");
      const by = settings.get().ready ? nameNow(room) : THE_TILL;
      const { clock } = room;
      const change = restoring({ dataDir, store, clock, publicKey: publicKey() }, () =>
        backups.prepareRestore(wish, by),
      );
      await refusing(() => reopen(change));
      const plan = change.done();
      const carried = plan?.carried?.sales ?? 0;
      return {
        sales: (plan?.backup.sales ?? 0) + carried,
        carried,
        setAside: plan?.before ? plan.setAside : null,
      };
    },
  };
}

/** Who presses the key, when that is known. */
function nameNow(room: TillRoom): string {
  try {
    return cashierNow(room);
  } catch {
    return THE_TILL;
  }
}

/** @throws Refusal for everything that is no fault of ours */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BackupBusyError) throw new Refusal("BACKUP_BUSY");
    if (error instanceof BackupError && error.problem !== "unexpected")
      throw new Refusal(REFUSAL_OF[error.problem]);
    throw error;
  }
}
