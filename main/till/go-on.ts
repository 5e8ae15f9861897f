import type { ReportIncident } from "../contract/dispatch.ts";
import { setBooksAside } from "../damage/set-aside.ts";
import type { DamageCause } from "../sale-log/event.ts";
import { FileKeyStore } from "../sale-log/key-store.ts";
import { DamagedLogError } from "../sale-log/damaged-log.ts";
import { sqliteCode, SQLITE_CORRUPT, SQLITE_NOTADB } from "../sale-log/sqlite.ts";
import { loadTillKey } from "../sale-log/till-key.ts";
import { lockTill } from "../sale-log/till-lock.ts";
import type { TillOptions } from "../till.ts";
import type { FolderChange, Reopen } from "./reopening-till.ts";
import { shopNow } from "./shop-time.ts";

type Where = Pick<TillOptions, "dataDir" | "clock" | "keyStore">;

/** Moves damaged books aside, untouched. The books opened next go on where they end. Nobody may have them open. */
export function setDamagedAside(
  { dataDir, clock, keyStore }: Where,
  cause: DamageCause,
  highestSeq: number | null,
): void {
  const lock = lockTill(dataDir);
  try {
    const { publicKey } = loadTillKey(keyStore ?? new FileKeyStore(dataDir));
    const { atMs, utcOffsetMin } = shopNow(clock);
    setBooksAside(dataDir, { cause, nowMs: atMs, utcOffsetMin, publicKey, highestSeq });
  } finally {
    lock.release();
  }
}

/** What an error of the till at work says about its books; null when it is no word about them. */
export function damageAtWork(error: unknown): DamageCause | null {
  if (error instanceof DamagedLogError) return error.damage;
  const code = sqliteCode(error);
  if (code === SQLITE_CORRUPT) return "pages";
  return code === SQLITE_NOTADB ? "unreadable" : null;
}

/** Hears of everything that goes wrong; on the first word of damage the till goes on with new books. */
export interface BooksWatch {
  report: ReportIncident;
  /** The till is open: from now on its books can be exchanged. */
  begin(highestSeq: () => number): void;
}

/** @param reopen closes the till, and opens it on the folder as it is then */
export function watchBooks(
  options: Where & { report: ReportIncident },
  reopen: Reopen,
): BooksWatch {
  let damage: DamageCause | null = null;
  let highestSeqOf: (() => number) | null = null;
  const goOn = (cause: DamageCause, highestSeq: number) => {
    const change: FolderChange = {
      isDamaged: true,
      make: () => setDamagedAside(options, cause, highestSeq),
      undo: () => {},
    };
    reopen(change).catch((problem: unknown) => options.report("sale-log", problem));
  };
  return {
    report: (where, error) => {
      const incident = options.report(where, error);
      const cause = damageAtWork(error);
      if (cause === null || damage !== null) return incident;
      damage = cause;
      if (highestSeqOf) goOn(cause, highestSeqOf());
      return incident;
    },
    begin: (highestSeq) => {
      highestSeqOf = highestSeq;
      const cause = damage;
      // Not before whoever opens this till has it.
      if (cause !== null) setImmediate(() => goOn(cause, highestSeq()));
    },
  };
}
