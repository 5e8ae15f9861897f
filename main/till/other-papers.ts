import type { TillStatus } from "../contract/status.ts";
import type { ReceiptLine } from "../domain/receipt/line.ts";
import { encodeReceipt } from "../printing/escpos/encode.ts";
import { JOB_OUTCOME } from "./job-outcome.ts";
import { paperProfile } from "./paper-profile.ts";
import type { PrinterRoom } from "./printer-room.ts";
import { stationName } from "./printer-station.ts";
import { THE_TILL, writing, type TillRoom } from "./room.ts";

type LastJob = NonNullable<TillStatus["lastJob"]>;

/** Paper that is no receipt: nobody is owed it, but the log says what became of it. */
export class OtherPapers {
  private readonly room: TillRoom;
  private readonly printers: PrinterRoom;
  private readonly noteJob: (job: LastJob) => void;
  private count = 0;

  constructor(room: TillRoom, printers: PrinterRoom, noteJob: (job: LastJob) => void) {
    this.room = room;
    this.printers = printers;
    this.noteJob = noteJob;
  }

  print(
    what: "test" | "report",
    ref: number | null,
    layout: (columns: number) => ReceiptLine[],
  ): void {
    this.count += 1;
    const jobId = `${what}-${this.count}`;
    const note = (outcome: LastJob["outcome"], cause: LastJob["cause"]) =>
      this.noteJob({ jobId, kind: what, saleId: null, outcome, cause });
    note("waiting", null);
    const station = this.printers.receipt;
    const profile = paperProfile(station, this.room.settings.get().widthMm);
    station.printer.enqueue({
      wanted: () => true,
      blind: false,
      dropped: () => note("unknown", "unknown"),
      label: { saleId: null, attempt: 1 },
      document: () => encodeReceipt(layout(profile.columns), profile),
      emit: (event) => {
        const outcome = JOB_OUTCOME[event.type];
        note(outcome, "cause" in event ? event.cause : null);
        if (outcome === "printed" || outcome === "failed" || outcome === "unknown")
          this.record(what, ref, event.type);
      },
    });
  }

  private record(what: "test" | "report", ref: number | null, outcome: string): void {
    const { log, clock } = this.room;
    const printer = stationName(this.printers.receipt);
    writing(() =>
      log.transaction(() =>
        log.append(clock.nowMs(), THE_TILL, {
          kind: "paper",
          ref,
          body: { v: 1, what, outcome, printer },
        }),
      ),
    );
  }
}
