import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { BackupProblem } from "../contract/backup.ts";
import { SaleLog } from "../sale-log/sale-log.ts";
import { readNote } from "./backup-file.ts";
import { BOOKS, checkDatabase } from "./books.ts";
import { hashFile } from "./files.ts";
import { inspectBackup } from "./inspect.ts";
import { BackupError, problemOf } from "./problem.ts";
import { planRestore } from "./planning.ts";
import { bringBooks, completeRestore, placeBooks, type RestorePlan } from "./restore.ts";
import { stepOf, type Tell } from "./tell.ts";

/** A copy to be read again. `sha256`: what the whole file had when it was made; null: its note says. */
export interface Reread {
  path: string;
  sha256: string | null;
}

export interface DrillTask {
  /** The copy that is restored. */
  path: string;
  /** Made anew and removed again. */
  scratch: string;
  others: readonly Reread[];
}

export interface DrillResult {
  sales: number;
  /** Why the copy could not be restored; null: it could. */
  problem: BackupProblem | null;
  detail: string;
  /** Paths of copies that are not as they were made. */
  damaged: string[];
}

/**
 * Goes the whole way of a restore in a scratch folder, opens the restored books as a till would, and reads
 * every other copy again. Never throws for a copy that is not good: that is its result.
 */
export async function runDrill(task: DrillTask, tell: Tell): Promise<DrillResult> {
  const { scratch, path } = task;
  const damaged = task.others.filter((copy) => !isWhole(copy, tell)).map((copy) => copy.path);
  try {
    const sales = await restoreInto(scratch, path, tell);
    return { sales, problem: null, detail: "", damaged };
  } catch (error) {
    const problem = problemOf(error);
    const detail = error instanceof Error ? error.message : String(error);
    if (problem === "damaged" || problem === "signatureWrong") damaged.push(path);
    return { sales: 0, problem, detail, damaged };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Returns the number of sales in the restored books. */
async function restoreInto(scratch: string, path: string, tell: Tell): Promise<number> {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const workDir = join(scratch, "work");
  const found = await inspectBackup({ path, passphrase: null, workDir }, tell);
  bringBooks(scratch, found, tell);
  const now = { atMs: found.note.manifest.atMs, utcOffsetMin: 0, by: "till" };
  const { plan } = planRestore(
    { path, lastOnPaper: null },
    { ...found, here: null },
    scratch,
    null,
    now,
  );
  placeBooks(scratch, plan, null);
  stepOf(tell, "try");
  const { findings } = await checkDatabase(join(scratch, BOOKS), "full");
  const [finding] = findings;
  if (finding) throw new BackupError("booksDamaged", `${finding.code} ${finding.seq}`);
  openAsTill(scratch, plan);
  return found.facts.sales;
}

/** The same code that opens the books every morning, and a look at the newest sale. */
function openAsTill(scratch: string, plan: RestorePlan): void {
  const log = new SaleLog(scratch);
  try {
    const [finding] = log.damage;
    if (finding) throw new BackupError("damaged", finding.code);
    completeRestore(scratch, plan, log);
    const { newestSaleId } = plan.backup;
    if (log.sales.newestId() !== newestSaleId) throw new BackupError("damaged", "the newest sale");
    if (newestSaleId > 0 && !log.sales.record(newestSaleId))
      throw new BackupError("damaged", "the newest sale can't be read");
  } finally {
    log.close();
  }
}

function isWhole({ path, sha256 }: Reread, tell: Tell): boolean {
  try {
    if (sha256 !== null) return hashFile(path, stepOf(tell, "readBack")) === sha256;
    const { database } = readNote(path).manifest;
    const count = stepOf(tell, "readBack", database.bytes);
    return hashFile(path, count, database.bytes) === database.sha256;
  } catch (error) {
    // A stick that was pulled out in the middle has not damaged anything.
    return problemOf(error) === "placeAbsent";
  }
}
