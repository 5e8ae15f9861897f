import type { TillCalls } from "../contract/calls.ts";
import type { Backlog } from "./backlog.ts";
import type { ReceiptDesk } from "./receipt-desk.ts";
import { cashierNow, writing, type TillRoom } from "./room.ts";

type BacklogCalls = Pick<TillCalls, "backlog.print" | "backlog.settle" | "backlog.oneByOne">;

/** The three answers to what an outage has left behind. */
export function backlogCalls(
  room: TillRoom,
  backlog: Backlog,
  desk: ReceiptDesk,
  status: () => ReturnType<TillCalls["status.get"]>,
): BacklogCalls {
  const { log, clock } = room;
  return {
    "backlog.print": async ({ requestId, which }) => {
      const by = cashierNow(room);
      const { answer, repeated } = writing(() =>
        log.once(requestId, clock.nowMs(), () => {
          const papers = backlog
            .receipts()
            .filter((row) => which === "all" || !backlog.isLate(row))
            .map(({ saleId }) => ({ saleId, attempt: desk.ask(saleId, by) }));
          backlog.leaveTheRest();
          return papers;
        }),
      );
      if (!repeated) for (const { saleId, attempt } of answer) desk.send(saleId, attempt, by);
      room.changed();
      return { status: await status() };
    },
    "backlog.settle": async ({ requestId, which, reason, pin }) => {
      if (!log.wasAnswered(requestId)) await room.pin.demand(pin);
      const by = cashierNow(room);
      writing(() =>
        log.once(requestId, clock.nowMs(), () => {
          const rows = backlog.receipts().filter((row) => which === "all" || backlog.isLate(row));
          for (const { saleId } of rows)
            log.receipts.record(saleId, clock.nowMs(), by, {
              type: "settled",
              how: "declined",
              reason,
              by,
              allowedBy: "manager",
            });
          return rows.length;
        }),
      );
      room.changed();
      return { status: await status() };
    },
    "backlog.oneByOne": async ({ requestId }) => {
      cashierNow(room);
      writing(() => log.once(requestId, clock.nowMs(), () => backlog.takeOneByOne()));
      return { status: await status() };
    },
  };
}
