import type { FoundPrinter } from "../../../main/contract/printers.ts";
import type { NativePrinters } from "../../../main/printing/native/native-printers.ts";
import {
  PrinterUnreachable,
  type SpoolJob,
  type SpoolStatus,
  type SpoolTransport,
} from "../../../main/printing/transport.ts";

interface Waiting {
  title: string;
  bytes: Uint8Array;
  status: SpoolStatus;
}

/** A print queue as systems have them: takes documents, sends them on, tells nothing of paper. */
export class PrintQueue implements NativePrinters, SpoolTransport {
  readonly path = "spool";
  readonly kind = "spooler";
  readonly address = "前台小票";
  /** Why it takes nothing; null: it does. */
  stop: "queuePaused" | "noPrinter" | null = null;
  /** false: what it has taken stays in it. */
  sends = true;
  /** What has gone on to the printer. */
  readonly sent: Uint8Array[] = [];
  readonly waiting: Waiting[] = [];
  hint: FoundPrinter["hint"] = null;

  transport(): SpoolTransport {
    return this;
  }

  find(): Promise<FoundPrinter[]> {
    const config = { kind: "spooler", queue: this.address } as const;
    return Promise.resolve([{ config, name: this.address, detail: "USB001", hint: this.hint }]);
  }

  close(): void {}

  check(): ReturnType<SpoolTransport["check"]> {
    return Promise.resolve(this.stop);
  }

  submit(title: string, bytes: Uint8Array): Promise<SpoolJob> {
    if (this.stop !== null)
      return Promise.reject(new PrinterUnreachable(this.stop, "takes nothing"));
    const job: Waiting = { title, bytes, status: { state: "waiting", cause: null } };
    if (this.sends) this.send(job);
    else this.waiting.push(job);
    return Promise.resolve({
      status: () => Promise.resolve(job.status),
      cancel: () => Promise.resolve(this.cancel(job)),
    });
  }

  /** The queue can send again: everything in it goes on. */
  resume(): void {
    this.sends = true;
    this.stop = null;
    for (const job of this.waiting.splice(0)) this.send(job);
  }

  /** What is in it says why it does not move. */
  stick(cause: NonNullable<SpoolStatus["cause"]>): void {
    for (const job of this.waiting) job.status = { state: "stopped", cause };
  }

  private send(job: Waiting): void {
    this.sent.push(job.bytes);
    job.status = { state: "gone", cause: null };
  }

  private cancel(job: Waiting): boolean {
    const at = this.waiting.indexOf(job);
    if (at === -1) return false;
    this.waiting.splice(at, 1);
    job.status = { state: "gone", cause: null };
    return true;
  }
}
