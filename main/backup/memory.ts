import { z } from "zod";
import { BACKUP_PROBLEMS } from "../contract/backup.ts";
import { ownerKeySchema } from "./owner-key.ts";

const memorySchema = z.object({
  second: z
    .object({
      folder: z.string(),
      placeId: z.string(),
      isSameDisk: z.boolean(),
      reachedAtMs: z.int(),
      /** The newest copy that was there then. */
      newestAtMs: z.int().nullable(),
    })
    .nullable(),
  owner: z.object({ key: ownerKeySchema, sinceMs: z.int() }).nullable(),
  drill: z
    .object({
      atMs: z.int(),
      copyAtMs: z.int(),
      sales: z.int(),
      problem: z.enum(BACKUP_PROBLEMS).nullable(),
      damaged: z.int(),
    })
    .nullable(),
  /** What is known of single files, by path. `sha256`: of the whole file, where nothing in it says so. */
  files: z.record(
    z.string(),
    z.object({ checkedAtMs: z.int(), isWhole: z.boolean(), sha256: z.string().nullable() }),
  ),
});
export type BackupMemory = z.infer<typeof memorySchema>;

const NONE: BackupMemory = { second: null, owner: null, drill: null, files: {} };
const KEY = "backup";

/** Keeps small texts; the log's working memory. */
interface Keeper {
  kept(key: string): string | null;
  keep(key: string, value: string): void;
}

/** What the owner chose for backups and what became of them. Part of the books, so it comes with a backup. */
export function recall(keeper: Keeper): BackupMemory {
  const text = keeper.kept(KEY);
  if (text === null) return NONE;
  const parsed = memorySchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : NONE;
}

export function remember(keeper: Keeper, memory: BackupMemory): void {
  keeper.keep(KEY, JSON.stringify(memory));
}
