import { BackupError } from "../backup/problem.ts";
import type { TillCalls } from "../contract/calls.ts";
import { Refusal, type RefusalCode } from "../contract/refusals.ts";
import { changeDamage, damageOf } from "../damage/damage-record.ts";
import { RecoveryBusyError, type Recovery } from "../damage/recovery.ts";
import type { Reopen } from "./reopening-till.ts";
import { THE_TILL, writing, type TillRoom } from "./room.ts";

type DamageCallName = Extract<keyof TillCalls, `damage.${string}`>;

/** Damaged books: told to whoever is at the till, looked into and put back by the manager. */
export function damageCalls(
  room: TillRoom,
  recovery: Recovery,
  reopen: Reopen,
): Pick<TillCalls, DamageCallName> {
  const { log, pin } = room;
  const change = (patch: Parameters<typeof changeDamage>[1]) => {
    writing(() => log.transaction(() => changeDamage(log, patch)));
    room.changed();
    return {};
  };
  return {
    "damage.seen": ({ folder }) =>
      damageOf(log)?.folder === folder ? change({ seenBy: log.kept("cashier") ?? THE_TILL }) : {},
    "damage.settle": async ({ pin: given }) => {
      await pin.demand(given);
      return change({ isSettled: true });
    },
    "damage.inspect": async ({ pin: given }) => {
      await pin.demand(given);
      return refusing(() => recovery.inspect());
    },
    "damage.export": async ({ pin: given }) => {
      await pin.demand(given);
      const text = await refusing(() => recovery.doubtful());
      return { fileName: `${damageOf(log)?.folder ?? "damaged"}-not-proved.jsonl`, text };
    },
    "damage.recover": async ({ pin: given, fingerprint }) => {
      await pin.demand(given);
      const folder = damageOf(log)?.folder;
      if (folder === undefined) throw new Refusal("DAMAGE_NONE");
      const by = log.kept("cashier") ?? THE_TILL;
      const { sales, lost, doubtfulCount } = await refusing(() =>
        recovery.recover({ fingerprint, folder, by }, reopen),
      );
      return { sales, lost, doubtfulCount };
    },
  };
}

const REFUSAL_OF: Partial<Record<string, RefusalCode>> = {
  notFound: "DAMAGE_NONE",
  damaged: "DAMAGE_OTHER",
  diskFull: "BACKUP_DISK_FULL",
  interrupted: "BACKUP_INTERRUPTED",
  diskError: "DAMAGE_FAILED",
  placeAbsent: "DAMAGE_FAILED",
  placeNotWritable: "DAMAGE_FAILED",
};

/** @throws Refusal for everything that is no fault of ours */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RecoveryBusyError) throw new Refusal("DAMAGE_BUSY");
    const code = error instanceof BackupError ? REFUSAL_OF[error.problem] : undefined;
    if (code) throw new Refusal(code);
    throw error;
  }
}
