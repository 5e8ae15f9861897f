import type { TillCalls } from "../contract/calls.ts";
import type { DayReport } from "../contract/day.ts";
import { MOST } from "../contract/limits.ts";
import { Refusal } from "../contract/refusals.ts";
import { layoutDay } from "../domain/receipt/day-layout.ts";
import { isSettled, isStuck } from "../domain/receipt/state.ts";
import type { Locale } from "../domain/sale.ts";
import type { Day } from "../sale-log/days.ts";
import { dayCsv } from "./day-csv.ts";
import { effectOnce } from "./effect-once.ts";
import type { OtherPapers } from "./other-papers.ts";
import type { ReceiptDesk } from "./receipt-desk.ts";
import { cashierNow, THE_TILL, writing, type TillRoom } from "./room.ts";
import { shopNow } from "./shop-time.ts";

type DayCalls = Pick<
  TillCalls,
  "day.list" | "day.report" | "day.printOwed" | "day.print" | "day.csv" | "day.pdf" | "day.close"
>;

/** The A4 page of a day as PDF bytes; rejects when this shell can't make one. */
export type PrintToPdf = (route: string) => Promise<Uint8Array>;

/** Totals, the unprinted-receipt report, and the end of the day. */
export function dayEndCalls(
  room: TillRoom,
  desk: ReceiptDesk,
  papers: OtherPapers,
  status: () => ReturnType<TillCalls["status.get"]>,
  shell: { printToPdf: PrintToPdf | null; systemLocale: Locale },
): DayCalls {
  return {
    "day.list": ({ limit }) => ({
      days: room.log.days.list(limit).map((day) => ({
        dayId: day.id,
        date: day.date,
        closedAtMs: day.closedAtMs,
        ...room.log.dayQueries.totals(day.id),
      })),
    }),
    "day.report": async ({ dayId }) => forPage(await readReport(room, findDay(room, dayId))),
    "day.printOwed": async ({ requestId }) => ({
      ...printOwed(room, desk, requestId),
      status: await status(),
    }),
    "day.print": async ({ requestId, dayId }) => {
      const figures = await readReport(room, findDay(room, dayId));
      const { shop, currency, receiptLocale } = room.settings.get();
      const { utcOffsetMin } = shopNow(room.clock);
      await effectOnce(room, requestId, () =>
        papers.print("report", figures.dayId, (columns) =>
          layoutDay({
            figures,
            shopName: shop.name,
            currency,
            locale: receiptLocale,
            columns,
            utcOffsetMin,
          }),
        ),
      );
      return { status: await status() };
    },
    "day.csv": async ({ dayId }) => {
      const figures = await readReport(room, findDay(room, dayId));
      const { currency, locale } = room.settings.get();
      const { utcOffsetMin } = shopNow(room.clock);
      const text = dayCsv(figures, currency, locale ?? shell.systemLocale, utcOffsetMin);
      return { fileName: `slipsure-${figures.date}-Z${figures.dayId}.csv`, text };
    },
    "day.pdf": async ({ dayId }) => {
      const day = findDay(room, dayId);
      if (!shell.printToPdf) throw new Refusal("PDF_NOT_AVAILABLE", { why: "" });
      try {
        const bytes = await shell.printToPdf(`/print/day/${day.id}`);
        const fileName = `slipsure-${day.date}-Z${day.id}.pdf`;
        return { fileName, bytes: Buffer.from(bytes).toString("base64") };
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        room.report("day.pdf", error);
        throw new Refusal("PDF_NOT_AVAILABLE", { why });
      }
    },
    "day.close": async (input) => {
      const dayId = await closeDay(room, input);
      const figures = await readReport(room, findDay(room, dayId));
      return { report: forPage(figures), status: await status() };
    },
  };
}

function findDay(room: TillRoom, dayId: number | null): Day {
  const day =
    dayId === null ? (room.log.days.open() ?? room.log.days.list(1)[0]) : room.log.days.find(dayId);
  if (!day) throw new Refusal("NO_SUCH_DAY");
  return day;
}

function report(room: TillRoom, day: Day): DayReport {
  return room.log.dayQueries.report(day, room.clock.nowMs(), room.settings.get().currency);
}

/** What a page gets of a report: whatever is still owed first, then the rest as far as it goes. */
function forPage(figures: DayReport): DayReport {
  const { unproven, byCause, unclaimed, since } = figures;
  const isOwed = ({ state }: DayReport["unproven"][number]) => !isSettled(state);
  const first = [...unproven.filter(isOwed), ...unproven.filter((each) => !isOwed(each))]
    .slice(0, MOST.unproven)
    .toSorted((a, b) => a.saleId - b.saleId);
  return {
    ...figures,
    unproven: first,
    byCause: byCause.slice(0, MOST.causes),
    unclaimed: unclaimed.slice(0, MOST.unclaimed),
    since: since.slice(0, MOST.unproven),
  };
}

/** As `report`, without a sale having to wait for it; should the reader be gone, the till reads by itself. */
async function readReport(room: TillRoom, day: Day): Promise<DayReport> {
  const nowMs = room.clock.nowMs();
  const { currency } = room.settings.get();
  try {
    return await room.reader.ask("dayReport", { day, nowMs, currency });
  } catch (error) {
    room.report("day.report", error);
    return report(room, day);
  }
}

/**
 * Sends every owed receipt of which nothing may have left. `unknown` and `blocked` ones need a
 * person first: printing them unasked could make a second paper.
 */
function printOwed(
  room: TillRoom,
  desk: ReceiptDesk,
  requestId: string,
): { printing: number; needPerson: number } {
  const { log, clock } = room;
  const by = cashierNow(room);
  const { answer, repeated } = writing(() =>
    log.once(requestId, clock.nowMs(), () => {
      const owed = log.receipts.owed();
      const failed = owed.filter(({ status }) => status.state === "failed" && !status.inFlight);
      return {
        asked: failed.map(({ saleId, status }) => ({
          saleId,
          attempt: desk.ask(saleId, by),
          blind: status.cause === "noAnswer",
        })),
        needPerson: owed.filter(({ status }) => isStuck(status.state)).length - failed.length,
      };
    }),
  );
  if (!repeated)
    for (const { saleId, attempt, blind } of answer.asked)
      desk.send(saleId, attempt, by, { blind });
  room.changed();
  return { printing: answer.asked.length, needPerson: answer.needPerson };
}

async function closeDay(
  room: TillRoom,
  input: { requestId: string; signature: { name: string; pin: string } | null },
): Promise<number> {
  const { log, clock, pin } = room;
  const by = cashierNow(room);
  if (input.signature) {
    await pin.demand(input.signature.pin);
    // Whoever reads the report later must be able to ask the one who signed.
    if (!room.settings.get().cashiers.includes(input.signature.name))
      throw new Refusal("NO_SUCH_CASHIER");
  }
  const { answer } = writing(() =>
    log.once(input.requestId, clock.nowMs(), () => {
      const day = log.days.open();
      if (!day)
        throw new Refusal(log.days.list(1).length === 0 ? "NOTHING_SOLD" : "DAY_ALREADY_CLOSED");
      const owed = log.receipts.owed();
      const moving = owed.find(({ status }) => !isSettled(status.state) && !isStuck(status.state));
      if (moving) throw new Refusal("STILL_PRINTING", { saleId: moving.saleId });
      if (owed.length > 0 && !input.signature)
        throw new Refusal("SIGNATURE_NEEDED", { owed: owed.length });
      const figures = report(room, day);
      log.days.close(day, clock.nowMs(), by, {
        date: day.date,
        sales: figures.sales,
        totalMinor: figures.totalMinor,
        tenders: figures.tenders,
        owed: owed.map(({ saleId }) => saleId),
        signedBy: owed.length > 0 ? (input.signature?.name ?? THE_TILL) : null,
        currency: figures.currency,
        receipts: figures.receipts,
        unproven: figures.unproven,
        unclaimed: figures.unclaimed,
      });
      return day.id;
    }),
  );
  room.changed();
  return answer;
}
