import type { DamageCause } from "./event.ts";
import { LogProblem } from "./log-problem.ts";
import {
  sqliteCode,
  SQLITE_CANTOPEN,
  SQLITE_CORRUPT,
  SQLITE_NOTADB,
  SQLITE_READONLY,
} from "./sqlite.ts";

/** The file of the log is damaged: nothing may be added to it any more. */
export class DamagedLogError extends LogProblem {
  readonly damage: DamageCause;

  constructor(path: string, damage: DamageCause, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const sentences = {
      en:
        `The sale log ${path} is damaged (${why}). Nothing was changed. Keep the folder ` +
        "as it is, and open the newest backup in another one.",
      zh:
        `销售日志 ${path} 已损坏（${why}）。没有改动任何数据。` +
        "请保留这个文件夹，用最新的备份在另一个文件夹里打开。",
    };
    super(sentences, cause);
    this.damage = damage;
  }
}

const CAUSE_OF: Partial<Record<number, DamageCause>> = {
  [SQLITE_CORRUPT]: "pages",
  [SQLITE_NOTADB]: "unreadable",
  [SQLITE_CANTOPEN]: "unreadable",
  [SQLITE_READONLY]: "readOnly",
};

/** What an error says about the file it came from; null when it is no word about damage. */
export function damageIn(error: unknown): DamageCause | null {
  if (error instanceof DamagedLogError) return error.damage;
  return CAUSE_OF[sqliteCode(error) ?? -1] ?? null;
}
