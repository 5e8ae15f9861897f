import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { listBackups, type Listed } from "../backup/inventory.ts";
import { logPath } from "../sale-log/open-log.ts";
import { EventIndex } from "../sale-log/salvage/event-index.ts";
import type { Known } from "../sale-log/salvage/survey.ts";
import { readWitness, witnessPath } from "../sale-log/witness.ts";

/** Open backups beside the books, newest first. */
export function backupsBeside(dataDir: string): Listed[] {
  return backupsIn(join(dataDir, "backups"));
}

/** Open backups of a folder, newest first. One that can't be read holds none. */
export function backupsIn(folder: string): Listed[] {
  try {
    return listBackups(folder).filter(({ manifest }) => manifest !== null);
  } catch {
    return [];
  }
}

/** Puts the log of a folder into an index; nothing when there is none. */
export function indexFolder(
  index: EventIndex,
  name: string,
  folder: string,
  onBytes: (bytes: number) => void = () => {},
): void {
  const path = logPath(folder);
  const wal = `${path}-wal`;
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return;
  index.add(name, path, existsSync(wal) ? wal : null, onBytes);
}

/** Bytes that reading the log of a folder takes. */
export function bytesOf(folder: string): number {
  const path = logPath(folder);
  const size = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return size(path) + size(`${path}-wal`);
}

/** Everything that is known of the books in a folder besides what stands in them. */
export function knownOf(
  dataDir: string,
  publicKey: string | null,
  highestSeq: number | null,
): Known {
  const backups = backupsBeside(dataDir);
  const manifest = backups[0]?.manifest;
  return {
    signers: {
      tillIds: [...new Set(backups.flatMap(({ tillId }) => (tillId === null ? [] : [tillId])))],
      publicKeys: publicKey === null ? [] : [publicKey],
    },
    witness: readWitness(witnessPath(dataDir))?.anchors ?? [],
    backup: manifest
      ? {
          ...manifest.facts.head,
          newestSaleId: manifest.facts.newestSaleId,
          days: manifest.facts.days,
        }
      : null,
    highestSeq,
    bytes: bytesOf(dataDir),
  };
}
