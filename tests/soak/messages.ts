import type { Reply } from "../../main/contract/dispatch.ts";
import type { TillStatus } from "../../main/contract/status.ts";
import type { SpoolStatus } from "../../main/printing/transport.ts";
import type { CauseCode } from "../../main/domain/receipt/cause.ts";
import type { FaultSwitches } from "../../main/printing/virtual-printer/index.ts";
import type { Behaviour } from "./behaviours.ts";

/** What a till in a process of its own needs to know at its start. */
export interface TillStart {
  dataDir: string;
  clockFactor: number;
  /** One of breakage.ts, or empty for the till as it is. */
  breakage: string;
  /** By number of the station. */
  behaviours: Behaviour[];
}

/** From the till's process to the one the printers are in. Connections are numbered by the till. */
export type FromTill =
  | { type: "ready" }
  | { type: "status"; status: TillStatus }
  | { type: "incident"; text: string }
  | { type: "reply"; id: number; reply: Reply }
  | { type: "open"; station: number; connection: number }
  | { type: "write"; connection: number; write: number; bytes: Uint8Array }
  | { type: "close"; connection: number }
  | { type: "queue"; call: number; station: number; request: QueueRequest };

/** To the till's process. */
export type ToTill =
  | { type: "call"; id: number; name: string; input: unknown }
  /** Time passes at once. */
  | { type: "jump"; ms: number }
  | { type: "end" }
  | { type: "device"; station: number; power: "on" | "off"; faults: FaultSwitches }
  | { type: "written"; write: number; isTaken: boolean }
  | { type: "data"; connection: number; bytes: Uint8Array }
  | { type: "closed"; connection: number }
  | { type: "queueAnswer"; call: number; answer: QueueAnswer };

export type QueueRequest =
  | { do: "check" }
  | { do: "submit"; title: string; bytes: Uint8Array }
  | { do: "status"; job: number }
  | { do: "cancel"; job: number };

export interface QueueAnswer {
  cause: CauseCode | null;
  job: number;
  status: SpoolStatus;
  isCancelled: boolean;
}
