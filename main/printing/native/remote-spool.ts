import { z } from "zod";
import { CAUSE_CODES } from "../../domain/receipt/cause.ts";
import type { SpoolJob, SpoolTransport } from "../transport.ts";
import type { HostConnection } from "./host-connection.ts";
import { asUnreachable } from "./host-error.ts";
import type { NativePrinterConfig } from "./native-printers.ts";

const CHECK_TIMEOUT_MS = 3_000;
/** A queue on another computer takes its time. */
const SUBMIT_TIMEOUT_MS = 15_000;
const CANCEL_TIMEOUT_MS = 8_000;

const causeSchema = z.enum(CAUSE_CODES).nullable();
const statusSchema = z.object({
  state: z.enum(["waiting", "stopped", "gone"]),
  cause: causeSchema,
});

export type SpoolConfig = Extract<NativePrinterConfig, { kind: "cups" | "spooler" }>;

/** A print queue that the printer host talks to. */
export class RemoteSpool implements SpoolTransport {
  readonly path = "spool";
  readonly kind: SpoolConfig["kind"];
  readonly address: string;
  private readonly config: SpoolConfig;
  private readonly host: () => HostConnection;

  /** @param host the living one, started when there is none. @throws PrinterUnreachable */
  constructor(config: SpoolConfig, host: () => HostConnection) {
    this.config = config;
    this.kind = config.kind;
    this.address = config.queue;
    this.host = host;
  }

  async check() {
    try {
      const request = { type: "check", config: this.config } as const;
      return await this.host().call(request, causeSchema, CHECK_TIMEOUT_MS);
    } catch (error) {
      throw asUnreachable(error);
    }
  }

  async submit(title: string, bytes: Uint8Array): Promise<SpoolJob> {
    const host = this.host();
    // Until here nothing was handed over; from here on only the host knows.
    await host.ready.catch((error: unknown) => {
      throw asUnreachable(error);
    });
    const job = await host.call(
      { type: "submit", config: this.config, title, bytes: new Uint8Array(bytes) },
      z.int(),
      SUBMIT_TIMEOUT_MS,
    );
    return {
      status: () => host.call({ type: "jobStatus", job }, statusSchema, CHECK_TIMEOUT_MS),
      cancel: () => host.call({ type: "cancelJob", job }, z.boolean(), CANCEL_TIMEOUT_MS),
    };
  }
}
