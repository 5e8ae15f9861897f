import type { TillCalls } from "../contract/calls.ts";
import { Refusal } from "../contract/refusals.ts";
import { COLUMNS_OF_WIDTH } from "../domain/receipt/layout.ts";
import { layoutTest } from "../domain/receipt/test-layout.ts";
import { encodeReceipt } from "../printing/escpos/encode.ts";
import { probeFence, refusesWithCoverOpen } from "../printing/qualify.ts";
import type { PrinterSession } from "../printing/session.ts";
import { PrinterUnreachable } from "../printing/transport.ts";
import type { PrinterRoom } from "./printer-room.ts";
import type { TillRoom } from "./room.ts";
import { shopNow } from "./shop-time.ts";

type PrinterCalls = Pick<TillCalls, "printer.test" | "printer.coverTest">;

/** Finding out what a printer's answers are worth. Never by its brand. */
export function printerCalls(
  room: TillRoom,
  printers: PrinterRoom,
  status: () => ReturnType<TillCalls["status.get"]>,
): PrinterCalls {
  const open = async (): Promise<PrinterSession> => {
    // A stopped printer holds a receipt; a test would have to wait until somebody mends it.
    if (printers.printer.state().state === "blocked") throw new Refusal("STILL_PRINTING");
    // A test in between two receipts would read their answers.
    await printers.printer.settled();
    try {
      return await printers.printer.openSession();
    } catch (error) {
      const why = error instanceof PrinterUnreachable ? error.reason : "unreachable";
      throw new Refusal("PRINTER_UNREACHABLE", { why });
    }
  };
  return {
    "printer.test": async () => {
      const session = await open();
      const { shop, receiptLocale, widthMm } = room.settings.get();
      const { atMs, utcOffsetMin } = shopNow(room.clock);
      const columns = COLUMNS_OF_WIDTH[widthMm];
      const slip = encodeReceipt(layoutTest(shop, receiptLocale, columns, atMs, utcOffsetMin));
      const found = await probeFence(session, room.clock, slip);
      // `GS r 1` still has to pass the cover test before it counts as proof.
      const fence = found.fence === "id" ? "id" : null;
      printers.remember({ answers: found.answers, fence });
      return { ...found, paperMm: slip.paperMm, status: await status() };
    },
    "printer.coverTest": async () => {
      const session = await open();
      const qualified = await refusesWithCoverOpen(session, room.clock);
      if (qualified) printers.remember({ answers: true, fence: "paperSensor" });
      return { qualified, status: await status() };
    },
  };
}
