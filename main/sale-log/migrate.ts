import { LogProblem } from "./log-problem.ts";
import { migrate0001 } from "./migrations/0001-initial.ts";
import { migrate0002 } from "./migrations/0002-anchors.ts";
import { migrate0003 } from "./migrations/0003-finding-aside.ts";
import { migrate0004 } from "./migrations/0004-beginning.ts";
import { migrate0005 } from "./migrations/0005-numbers.ts";
import { migrate0006 } from "./migrations/0006-catalogue-editions.ts";
import type { Database } from "./sqlite.ts";

/** In order, never changed once released; a new schema is a new entry. */
const MIGRATIONS = [migrate0001, migrate0002, migrate0003, migrate0004, migrate0005, migrate0006];

/** The schema this program writes. */
export const NEWEST_SCHEMA = MIGRATIONS.length;

/** Thrown when the file was written by a newer Slipsure than this one. */
export class NewerLogError extends LogProblem {
  constructor(found: number) {
    super({
      en:
        `This sale log was written by a newer Slipsure (schema ${found}, this one knows ` +
        `${NEWEST_SCHEMA}). Install the newer version again; the sales are safe in the file.`,
      zh:
        `这份销售日志由更新版本的票不漏写成（格式 ${found}，本版本只认识到 ${NEWEST_SCHEMA}）。` +
        "请重新安装新版本；文件里的销售数据是安全的。",
    });
  }
}

/** The schema of a file; 0 when it is empty. */
export function schemaOf(db: Database): number {
  return Number(db.get("PRAGMA user_version")?.["user_version"] ?? 0);
}

/**
 * Brings the file to the newest schema, one transaction per step. A test may stop at an older one.
 * @throws NewerLogError when the file is ahead of this program.
 */
export function migrate(db: Database, upTo: number = NEWEST_SCHEMA): void {
  const found = schemaOf(db);
  if (found > NEWEST_SCHEMA) throw new NewerLogError(found);
  for (let version = found; version < upTo; version += 1) {
    const step = MIGRATIONS[version];
    if (!step) continue;
    db.transaction(() => {
      step(db);
      db.exec(`PRAGMA user_version=${version + 1}`);
    });
  }
}
