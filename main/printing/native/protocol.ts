import { z } from "zod";
import type { NativePrinterKind } from "./driver.ts";
import type { NativePrinterConfig } from "./native-printers.ts";

/**
 * What the till and the printer host say to each other. The transport between them copies values as
 * structured clones, so bytes travel as they are. `call` numbers pair a request with its one answer.
 */

/** What the till asks. Every one with a `call` is answered with `answer` or `refused`. */
export type ToHost =
  /** Answered with nothing, after one `found` for each of the kinds. */
  | { type: "find"; call: number; kinds: NativePrinterKind[] }
  /** Opens a link under a number the till has chosen. */
  | { type: "open"; call: number; link: number; config: NativePrinterConfig }
  | { type: "write"; call: number; link: number; bytes: Uint8Array }
  | { type: "close"; link: number }
  /** Answered with a byte or null. */
  | { type: "portStatus"; call: number; link: number }
  /** Answered with a cause or null. */
  | { type: "check"; call: number; config: NativePrinterConfig }
  /** Answered with the number of the job. */
  | { type: "submit"; call: number; config: NativePrinterConfig; title: string; bytes: Uint8Array }
  /** Answered with a SpoolStatus. */
  | { type: "jobStatus"; call: number; job: number }
  /** Answered with true or false. */
  | { type: "cancelJob"; call: number; job: number }
  | { type: "ping" }
  /** Close every link and end. */
  | { type: "end" };

/** A request as its caller writes it: the number is given on sending. */
export type HostRequest = ToHost extends infer Message
  ? Message extends { call: number }
    ? Omit<Message, "call">
    : never
  : never;

const call = z.int();
const link = z.int();

const unreachableReasonSchema = z.enum(["unreachable", "busy", "noPrinter", "queuePaused"]);

/** What the host says. The till checks it: a driver that went wild must not reach any further. */
export const fromHostSchema = z.discriminatedUnion("type", [
  /** It listens; `kinds` are the drivers it knows of. */
  z.object({ type: z.literal("ready"), kinds: z.array(z.string()) }),
  z.object({ type: z.literal("pong") }),
  z.object({ type: z.literal("answer"), call, value: z.unknown() }),
  /** `reason`: set where nothing was handed over; null for every other error. */
  z.object({
    type: z.literal("refused"),
    call,
    reason: unreachableReasonSchema.nullable(),
    message: z.string(),
  }),
  /** Each printer is checked on its own, so a bad one hides no other. */
  z.object({ type: z.literal("found"), call, kind: z.string(), printers: z.array(z.unknown()) }),
  z.object({ type: z.literal("data"), link, bytes: z.instanceof(Uint8Array) }),
  z.object({ type: z.literal("closed"), link }),
  /** Something a person who looks after the till should be able to read later. */
  z.object({ type: z.literal("problem"), message: z.string() }),
]);
export type FromHost = z.infer<typeof fromHostSchema>;
