import { UNCLAIMED_AFTER_MS } from "../domain/receipt/state.ts";
import { THE_TILL, type TillRoom } from "./room.ts";

const EVERY_MS = 3_600_000;
/** So many at once, so that no sale waits for them; the rest follows. */
const AT_ONCE = 100;
const REST_AFTER_MS = 1_000;

/** Takes away what has had its time, at the start and every hour of a till that is never closed. */
export class Housekeeping {
  private readonly room: TillRoom;
  private stopTimer: () => void = () => {};

  constructor(room: TillRoom) {
    this.room = room;
  }

  start(): void {
    const isDone = this.tidy();
    this.stopTimer = this.room.clock.setTimer(isDone ? EVERY_MS : REST_AFTER_MS, () =>
      this.start(),
    );
  }

  stop(): void {
    this.stopTimer();
  }

  /** @returns false when there is more to do */
  private tidy(): boolean {
    const { log, clock, report } = this.room;
    try {
      log.forgetOldRequests(clock.nowMs());
      return this.emptyTray();
    } catch (error) {
      report("housekeeping", error);
      return true;
    }
  }

  /** What nobody came for leaves the tray; the log, the receipt's history and the day's report keep saying so. */
  private emptyTray(): boolean {
    const { log, clock } = this.room;
    const nowMs = clock.nowMs();
    const old = log.receipts.trayOlderThan(nowMs - UNCLAIMED_AFTER_MS);
    if (old.length === 0) return true;
    log.transaction(() => {
      for (const saleId of old.slice(0, AT_ONCE))
        log.receipts.record(saleId, nowMs, THE_TILL, { type: "unclaimed" });
    });
    this.room.changed();
    return old.length <= AT_ONCE;
  }
}
