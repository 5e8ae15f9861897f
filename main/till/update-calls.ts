import type { Backups } from "../backup/backups.ts";
import type { TillCalls } from "../contract/calls.ts";
import { Refusal, type RefusalCode } from "../contract/refusals.ts";
import type { UpdateState, UpdateWait } from "../contract/updates.ts";
import type { UpdateSource } from "../updates/source.ts";
import { Updates } from "../updates/updates.ts";
import { keptBasket } from "./basket-trail.ts";
import type { PrinterRoom } from "./printer-room.ts";
import { THE_TILL, type TillRoom } from "./room.ts";

type UpdateCalls = Pick<TillCalls, Extract<keyof TillCalls, `updates.${string}`>>;

const REFUSAL_OF: Record<UpdateWait | "noUpdate", RefusalCode> = {
  noUpdate: "NO_UPDATE",
  // A person who presses the key has overruled these two.
  postponed: "NO_UPDATE",
  failedBefore: "NO_UPDATE",
  dayOpen: "UPDATE_DAY_OPEN",
  basket: "UPDATE_BASKET",
  paper: "UPDATE_PAPER",
  backup: "UPDATE_NO_BACKUP",
};

/** New versions of this till's program; nothing is looked for before `start`. */
export function createUpdates(
  room: TillRoom,
  parts: { printers: PrinterRoom; backups: Backups },
  options: { dataDir: string; version?: string; updates?: UpdateSource | null },
  tell: (state: UpdateState) => void,
): Updates {
  const { log, clock, report } = room;
  const { printers, backups } = parts;
  const moment = () => ({
    isDayOpen: log.days.open() !== null,
    hasBasket: keptBasket(room).lines.length > 0,
    isPrinting:
      printers.all().some(({ printer }) => {
        const { current, queue } = printer.state();
        return current !== null || queue > 0;
      }) || log.receipts.owed().some(({ status }) => status.inFlight),
    ...progress(),
  });
  const progress = () => {
    const [day] = log.days.list(1);
    const closedDays = day ? day.id - (day.closedAtMs === null ? 1 : 0) : 0;
    return { closedDays, newestSaleId: log.sales.newestId() };
  };
  return new Updates({
    dataDir: options.dataDir,
    tillId: backups.tillId,
    version: options.version ?? "0.0.0",
    clock,
    source: options.updates ?? null,
    looks: options.updates === undefined ? "checkout" : options.updates ? "here" : "noAddress",
    keeper: log,
    moment,
    isBackupBusy: () => backups.health().job !== null,
    backUp: async () => {
      // The copy that a day end makes holds the same books.
      if (backups.holdsAll(progress())) return;
      await backups.make("update", THE_TILL);
      if (!backups.holdsAll(progress())) throw new Error("the copy is not a true one");
    },
    report,
    tell,
  });
}

/** What a page may ask of updates. */
export function updateCalls({ pin }: TillRoom, updates: Updates): UpdateCalls {
  const answer = () => ({ state: updates.state() });
  return {
    "updates.state": () => updates.state(),
    "updates.check": async () => {
      await updates.check();
      return answer();
    },
    "updates.postpone": async ({ until, pin: given }) => {
      if (until !== "dayEnd") await pin.demand(given ?? "");
      if (!updates.postpone(until)) throw new Refusal("NO_UPDATE");
      return answer();
    },
    "updates.install": async ({ pin: given }) => {
      await pin.demand(given);
      const why = await updates.installNow();
      if (why !== null) throw new Refusal(REFUSAL_OF[why]);
      return answer();
    },
  };
}
