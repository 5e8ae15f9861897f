import type { CauseCode } from "../../../domain/receipt/cause.ts";
import {
  PrinterUnreachable,
  type SpoolJob,
  type SpoolStatus,
  type SpoolTransport,
} from "../../transport.ts";
import { SpoolerError, withQueue, type OpenQueue } from "./queue.ts";
import { causeOfJob, causeOfQueue, hasNotLeft, holdsUpQueue, statusOfJob } from "./queue-state.ts";
import { JOB_CONTROL, SPOOLER_ERROR, type Winspool } from "./winspool.ts";

/** One Windows print queue, given documents that go to the printer as they are. */
export class SpoolerTransport implements SpoolTransport {
  readonly path = "spool";
  readonly kind = "spooler";
  readonly address: string;
  private readonly winspool: Winspool;

  constructor(winspool: Winspool, queue: string) {
    this.winspool = winspool;
    this.address = queue;
  }

  check(): Promise<CauseCode | null> {
    return this.asked(async (queue) => {
      const cause = causeOfQueue(await queue.state());
      if (cause !== null) return cause;
      const stuck = (await queue.jobs()).find(({ status }) => holdsUpQueue(status));
      return stuck ? causeOfJob(stuck.status) : null;
    });
  }

  submit(title: string, bytes: Uint8Array): Promise<SpoolJob> {
    return withQueue(this.winspool, this.address, async (queue) => {
      const id = await this.start(queue, title);
      let written = 0;
      try {
        await must("StartPagePrinter", queue.winspool.StartPagePrinter(queue.handle));
        while (written < bytes.length) {
          const rest = bytes.subarray(written);
          const took = await queue.winspool.WritePrinter(queue.handle, rest);
          written += took.writtenBytes;
          if (!took.value || took.writtenBytes === 0)
            throw new SpoolerError("WritePrinter", took.code);
        }
        await must("EndPagePrinter", queue.winspool.EndPagePrinter(queue.handle));
        await must("EndDocPrinter", queue.winspool.EndDocPrinter(queue.handle));
      } catch (error) {
        await queue.command(id, JOB_CONTROL.delete);
        await queue.winspool.AbortPrinter(queue.handle);
        const why = error instanceof Error ? error.message : String(error);
        if (written === 0) throw new PrinterUnreachable("unreachable", `${this.address}: ${why}`);
        throw new Error(`the queue took ${written} of ${bytes.length} bytes: ${why}`);
      }
      return this.job(id);
    });
  }

  /** @throws PrinterUnreachable; there is no job then. */
  private async start(queue: OpenQueue, title: string): Promise<number> {
    const preferred = await queue.rawDatatype().catch((error: unknown) => {
      // A driver that can't be asked is an old one, and those take RAW.
      if (error instanceof SpoolerError) return "RAW" as const;
      throw error;
    });
    const { winspool, handle } = queue;
    let started = await winspool.StartDocPrinterW(handle, title, preferred);
    if (started.value === 0 && started.code === SPOOLER_ERROR.invalidDatatype) {
      // Some drivers claim the XPS pipeline while their queue knows RAW only.
      const other = preferred === "RAW" ? "XPS_PASS" : "RAW";
      started = await winspool.StartDocPrinterW(handle, title, other);
    }
    if (started.value !== 0) return started.value;
    throw new PrinterUnreachable(
      "unreachable",
      `${this.address}: Windows error ${started.code} when a document was begun`,
    );
  }

  private job(id: number): SpoolJob {
    return {
      status: () => this.status(id),
      cancel: () => this.cancel(id),
    };
  }

  private async status(id: number): Promise<SpoolStatus> {
    try {
      return await this.asked(async (queue) => {
        const job = await queue.job(id);
        return statusOfJob(job, await queue.state());
      });
    } catch (error) {
      // The whole queue was removed, and its jobs with it.
      if (error instanceof PrinterUnreachable && error.reason === "noPrinter")
        return { state: "gone", cause: null };
      throw error;
    }
  }

  private cancel(id: number): Promise<boolean> {
    return this.asked(async (queue) => {
      // A job that is not printing yet can't start any more once it is paused, so what is read next stays true.
      const paused = await queue.command(id, JOB_CONTROL.pause);
      const job = await queue.job(id);
      if (job === null) return false;
      const whole = paused && hasNotLeft(job, await queue.state());
      return (await queue.command(id, JOB_CONTROL.delete)) && whole;
    });
  }

  /** For questions: whatever goes wrong, nothing was handed over. @throws PrinterUnreachable */
  private async asked<Value>(ask: (queue: OpenQueue) => Promise<Value>): Promise<Value> {
    try {
      return await withQueue(this.winspool, this.address, ask);
    } catch (error) {
      if (!(error instanceof SpoolerError)) throw error;
      throw new PrinterUnreachable("unreachable", `${this.address}: ${error.message}`);
    }
  }
}

async function must(call: string, done: Promise<{ value: boolean; code: number }>): Promise<void> {
  const { value, code } = await done;
  if (!value) throw new SpoolerError(call, code);
}
