import type { TillCalls } from "../contract/calls.ts";
import type { PrinterSlot } from "../contract/printers.ts";
import { Refusal } from "../contract/refusals.ts";
import { DEFER_MS, isSettled, isStuck, type ReceiptStatus } from "../domain/receipt/state.ts";
import type { ReceiptBody } from "../sale-log/event.ts";
import { effectOnce } from "./effect-once.ts";
import { demandStation } from "./printer-calls.ts";
import type { PrinterRoom } from "./printer-room.ts";
import { cashierNow, writing, type TillRoom } from "./room.ts";
import type { ReceiptDesk } from "./receipt-desk.ts";

/** How often a cashier may put it off without the manager. */
const DEFERRALS_ALONE = 2;

type ReceiptCalls = Pick<
  TillCalls,
  | "receipt.print"
  | "receipt.cancelCopy"
  | "receipt.seen"
  | "receipt.declined"
  | "receipt.handwritten"
  | "receipt.defer"
  | "receipt.handOver"
>;
type Status = () => ReturnType<TillCalls["status.get"]>;

interface Exit {
  requestId: string;
  saleId: number;
  digits: string;
  reason: string;
}

/** What a person can do about one receipt. Every exit but printing names its person and reason. */
export function receiptCalls(
  room: TillRoom,
  desk: ReceiptDesk,
  printers: PrinterRoom,
  status: Status,
): ReceiptCalls {
  const settle = async (exit: Exit, facts: Extract<ReceiptBody, { type: "settled" }>) => {
    once(room, exit.requestId, () => {
      const receipt = demandReceipt(room, exit.saleId);
      demandOpen(receipt);
      demandDigits(room, exit);
      const by = cashierNow(room);
      room.log.receipts.record(exit.saleId, room.clock.nowMs(), by, { ...facts, by });
      return receipt.state;
    });
    // What the printer still holds of it would come out for nobody.
    const holding = printers.holding(exit.saleId)?.printer;
    if (holding?.state().state === "blocked")
      holding.clear().catch((error: unknown) => room.report("receipt.settle", error));
    return { status: await status() };
  };
  return {
    "receipt.print": async (input) => {
      if (!room.log.wasAnswered(input.requestId)) await print(room, desk, printers, input);
      return { status: await status() };
    },
    "receipt.cancelCopy": async ({ requestId, saleId }) => {
      await effectOnce(room, requestId, () => cancelCopy(room, printers, saleId));
      return { status: await status() };
    },
    "receipt.seen": async (input) => {
      const { state, cause, attempts } = demandReceipt(room, input.saleId);
      const answer = await settle(input, settled("person", input.reason));
      // Whole, and nothing was lost on the way to the printer: then it has been cut off, too.
      if (state === "unknown" && (cause === "noAnswer" || cause === "noBackChannel"))
        for (const { printer } of printers.all())
          printer.handedOut({ saleId: input.saleId, attempt: attempts });
      return answer;
    },
    "receipt.declined": (input) => settle(input, settled("declined", input.reason)),
    "receipt.handwritten": (input) =>
      settle(input, { ...settled("handwritten", input.reason), paperNo: input.paperNo }),
    "receipt.defer": async (input) => {
      if (!room.log.wasAnswered(input.requestId)) await defer(room, input);
      return { status: await status() };
    },
    "receipt.handOver": async ({ requestId, saleId }) => {
      once(room, requestId, () => {
        if (demandReceipt(room, saleId).handover !== "waiting") return;
        const by = cashierNow(room);
        room.log.receipts.record(saleId, room.clock.nowMs(), by, { type: "handedOver", by });
      });
      return { status: await status() };
    },
  };
}

function settled(how: "person" | "declined" | "handwritten", reason: string) {
  return { type: "settled" as const, how, reason, by: "" };
}

async function print(
  room: TillRoom,
  desk: ReceiptDesk,
  printers: PrinterRoom,
  input: {
    requestId: string;
    saleId: number;
    seen: "nothing" | "half" | null;
    printer?: PrinterSlot | undefined;
  },
): Promise<void> {
  const { saleId, requestId, seen } = input;
  const { slot } = demandStation(printers, input.printer ?? "receipt");
  const before = demandReceipt(room, saleId);
  const by = cashierNow(room);
  if (before.state === "blocked") {
    // The printer holds this receipt: a second one is sent only when it says it let go of the first.
    const holding = printers.holding(saleId);
    if (holding && !(await holding.printer.clear()))
      throw new Refusal("CLEAR_NOT_ANSWERED", { saleId });
  } else if (before.inFlight) throw new Refusal("STILL_PRINTING", { saleId });
  const request = once(room, requestId, () => {
    const now = demandReceipt(room, saleId);
    // Freed by the clearing, the printer has been given the next paper by the till itself.
    if (now.inFlight && now.attempts > before.attempts) return null;
    if (now.inFlight) throw new Refusal("STILL_PRINTING", { saleId });
    if (now.state === "unknown" || seen === "half")
      room.log.receipts.record(saleId, room.clock.nowMs(), by, {
        type: "denied",
        attempt: now.attempts,
        damaged: seen === "half",
        by,
      });
    return { attempt: desk.ask(saleId, by), blind: before.cause === "noAnswer" };
  });
  if (request) desk.send(saleId, request.attempt, by, { blind: request.blind, slot });
}

/** Asked twice it does no harm: then no printer has stopped at it any more. */
async function cancelCopy(room: TillRoom, printers: PrinterRoom, saleId: number): Promise<void> {
  // Paper that is owed has exits of its own, each with a reason.
  if (!isSettled(demandReceipt(room, saleId).state)) throw new Refusal("RECEIPT_OWED", { saleId });
  const printer = printers.holding(saleId)?.printer;
  if (printer?.state().state !== "blocked") return;
  if (!(await printer.clear())) throw new Refusal("CLEAR_NOT_ANSWERED", { saleId });
}

async function defer(room: TillRoom, input: Exit & { pin: string | null }): Promise<void> {
  const before = demandReceipt(room, input.saleId);
  demandOpen(before);
  demandDigits(room, input);
  const needsManager = before.deferrals >= DEFERRALS_ALONE;
  if (needsManager && input.pin === null) throw new Refusal("MANAGER_NEEDED");
  if (needsManager && input.pin !== null) await room.pin.demand(input.pin);
  once(room, input.requestId, () => {
    demandOpen(demandReceipt(room, input.saleId));
    const by = cashierNow(room);
    const atMs = room.clock.nowMs();
    // The reminder comes back by itself, also when nobody touches the till.
    room.changesIn(DEFER_MS);
    room.log.receipts.record(input.saleId, atMs, by, {
      type: "deferred",
      untilMs: atMs + DEFER_MS,
      by,
      reason: input.reason,
      ...(needsManager ? { allowedBy: "manager" } : {}),
    });
  });
  room.ages.see(input.saleId, demandReceipt(room, input.saleId));
}

/** Runs `work` once per request; null when this request was answered before. */
function once<T>(room: TillRoom, requestId: string, work: () => T): T | null {
  const { answer, repeated } = writing(() => room.log.once(requestId, room.clock.nowMs(), work));
  if (repeated) return null;
  room.changed();
  return answer;
}

function demandReceipt(room: TillRoom, saleId: number): ReceiptStatus {
  const status = room.log.receipts.status(saleId);
  if (!status) throw new Refusal("NO_SUCH_SALE", { saleId });
  return status;
}

/** Only a receipt that is stuck can be settled or put off by a person. */
function demandOpen(status: ReceiptStatus): void {
  if (isSettled(status.state)) throw new Refusal("ALREADY_SETTLED");
  if (!isStuck(status.state)) throw new Refusal("STILL_PRINTING");
}

function demandDigits(room: TillRoom, { saleId, digits }: Exit): void {
  const totalMinor = room.log.sales.record(saleId)?.totalMinor ?? 0;
  if (String(totalMinor).padStart(2, "0").slice(-2) !== digits) throw new Refusal("WRONG_DIGITS");
}
