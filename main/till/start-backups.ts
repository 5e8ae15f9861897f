import { Backups, settingsText } from "../backup/backups.ts";
import type { BackupHealth } from "../contract/backup.ts";
import { Recovery } from "../damage/recovery.ts";
import { FileKeyStore } from "../sale-log/key-store.ts";
import { loadTillKey } from "../sale-log/till-key.ts";
import type { TillOptions } from "../till.ts";
import type { TillRoom } from "./room.ts";
import { shopNow } from "./shop-time.ts";

/** The copies of this till's books; nothing is copied before `start`. */
export function createBackups(
  room: TillRoom,
  options: Pick<TillOptions, "dataDir" | "settings" | "keyStore" | "version">,
  tell: (health: BackupHealth) => void,
): Backups {
  const { log, clock, report } = room;
  return new Backups({
    dataDir: options.dataDir,
    clock,
    log,
    keyStore: options.keyStore ?? new FileKeyStore(options.dataDir),
    about: () => {
      const { shop, currency } = room.settings.get();
      return {
        utcOffsetMin: shopNow(clock).utcOffsetMin,
        shop: shop.name,
        currency,
        appVersion: options.version ?? "0",
        settings: settingsText(options.settings),
      };
    },
    report,
    tell,
  });
}

/** The till's public key, base64url. */
export function publicKeyOf({
  dataDir,
  keyStore,
}: Pick<TillOptions, "dataDir" | "keyStore">): string {
  return loadTillKey(keyStore ?? new FileKeyStore(dataDir)).publicKey;
}

/** The way back for damaged books; nothing is read before somebody asks. */
export function createRecovery(
  room: TillRoom,
  { dataDir, settings, keyStore }: Pick<TillOptions, "dataDir" | "settings" | "keyStore">,
  backups: Backups,
): Recovery {
  const { clock } = room;
  return new Recovery({
    dataDir,
    clock,
    store: settings,
    publicKey: () => publicKeyOf({ dataDir, ...(keyStore ? { keyStore } : {}) }),
    utcOffsetMin: () => shopNow(clock).utcOffsetMin,
    backupFolders: () => {
      const { second } = backups.state();
      return second ? [second.folder] : [];
    },
    changed: () => room.changed(),
  });
}
