import type { Clock } from "../../clock.ts";
import type { FaultBoard } from "./fault-board.ts";
import type { Hardware } from "./hardware.ts";
import type { QueuedRequest } from "./mechanism.ts";
import { printerIdResponse } from "./printer-id.ts";
import * as status from "./status-bytes.ts";

const FOREIGN_ID = [0x31, 0x32, 0x33, 0x34];

/** GS a bits and the status bytes they watch. */
const DRAWER_BIT = 0x01;
const ONLINE_BIT = 0x02;
const ERROR_BIT = 0x04;
const PAPER_BIT = 0x08;

/** Everything the printer says, and the faults that make it lie or keep silent. */
export class BackChannel {
  readonly #clock: Clock;
  readonly #faults: FaultBoard;
  readonly #hardware: Hardware;
  readonly #widthMm: 58 | 80;
  readonly #deliver: (bytes: Uint8Array) => void;
  #automaticMask = 0;
  #offlineMode: 0 | 1 | 2 = 0;
  #lastFlags: status.StatusFlags;
  #late = new Set<() => void>();
  /** Stream positions of requests the interface board has answered ahead of the printer. */
  #answeredEarly = new Set<number>();

  constructor(o: {
    clock: Clock;
    faults: FaultBoard;
    hardware: Hardware;
    widthMm: 58 | 80;
    deliver: (bytes: Uint8Array) => void;
  }) {
    this.#clock = o.clock;
    this.#faults = o.faults;
    this.#hardware = o.hardware;
    this.#widthMm = o.widthMm;
    this.#deliver = o.deliver;
    this.#lastFlags = this.#flags();
  }

  /** DLE EOT n, answered at once. */
  realtimeStatus(n: 1 | 2 | 3 | 4): void {
    const flags = this.#faults.has("statusAlwaysOk") ? status.ALL_WELL : this.#flags();
    this.#send(Uint8Array.of(status.realtimeStatus(n, flags)));
  }

  clearResponse(): void {
    this.#send(status.CLEAR_RESPONSE);
  }

  /** A request has come up in the buffer. */
  answer(request: QueuedRequest): void {
    switch (request.kind) {
      case "processId":
        if (this.#faults.has("noIds") || this.#answeredEarly.delete(request.endPosition)) return;
        this.#sendFence(status.processIdResponse(this.#claimedId(request.id)));
        return;
      case "paperSensor":
        if (this.#answeredEarly.delete(request.endPosition)) return;
        this.#sendFence(Uint8Array.of(status.paperSensors(this.#flags())));
        return;
      case "drawerSensor":
        this.#send(Uint8Array.of(0));
        return;
      case "printerId": {
        const response = printerIdResponse(request.n, this.#widthMm);
        if (response !== undefined) this.#send(response);
      }
    }
  }

  /** The fault lyingOk: answers a request the printer has not got to yet. */
  answerEarly(request: Extract<QueuedRequest, { endPosition: number }>): void {
    this.#answeredEarly.add(request.endPosition);
    if (request.kind === "processId") this.#send(status.processIdResponse(request.id));
    else this.#send(Uint8Array.of(status.paperSensors(status.ALL_WELL)));
  }

  /** GS a: the status goes out now, and again whenever something the mask watches changes. */
  setAutomaticStatus(mask: number): void {
    this.#automaticMask = mask;
    if (mask !== 0) this.#send(status.automaticStatus(this.#flags()));
  }

  setOfflineResponse(mode: 0 | 1 | 2): void {
    this.#offlineMode = mode;
  }

  /** Something about the hardware may have changed. */
  hardwareChanged(): void {
    const before = this.#lastFlags;
    const now = this.#flags();
    this.#lastFlags = now;
    const onlineChanged = before.offline !== now.offline || before.coverOpen !== now.coverOpen;
    const paperChanged =
      before.paperEnd !== now.paperEnd || before.paperNearEnd !== now.paperNearEnd;
    const watched =
      (onlineChanged ? ONLINE_BIT : 0) |
      (before.cutterError !== now.cutterError ? ERROR_BIT : 0) |
      (paperChanged ? PAPER_BIT : 0);
    if ((watched & this.#automaticMask & ~DRAWER_BIT) !== 0) {
      this.#send(status.automaticStatus(now));
    }
    if (!before.offline && now.offline && this.#offlineMode !== 0 && this.#hardware.powerOn) {
      this.#send(status.offlineResponse(now, this.#offlineMode === 2));
    }
  }

  /** Power loss: settings and answers still to come are gone. */
  reset(): void {
    this.#automaticMask = 0;
    this.#offlineMode = 0;
    this.#answeredEarly.clear();
    for (const cancel of this.#late) cancel();
    this.#late.clear();
  }

  #claimedId(id: readonly number[]): readonly number[] {
    return this.#faults.has("foreignId") ? FOREIGN_ID : id;
  }

  #flags(): status.StatusFlags {
    return this.#faults.has("lyingOk") ? status.ALL_WELL : this.#hardware.flags();
  }

  #sendFence(bytes: Uint8Array): void {
    const delayMs = this.#faults.get("lateId")?.delayMs;
    if (delayMs === undefined) {
      this.#send(bytes);
      return;
    }
    const cancel = this.#clock.setTimer(delayMs, () => {
      this.#late.delete(cancel);
      this.#send(bytes);
    });
    this.#late.add(cancel);
  }

  #send(bytes: Uint8Array): void {
    if (this.#faults.silent || this.#faults.has("deaf")) return;
    this.#deliver(bytes);
  }
}
