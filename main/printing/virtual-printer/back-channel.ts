import type { Clock } from "../../clock.ts";
import type { FaultBoard } from "./fault-board.ts";
import type { Hardware } from "./hardware.ts";
import type { QueuedRequest } from "./mechanism.ts";
import { EPSON_NAME, ownName, printerIdResponse } from "./printer-id.ts";
import * as status from "./status-bytes.ts";

const FOREIGN_ID = [0x31, 0x32, 0x33, 0x34];

type Fence = Extract<QueuedRequest, { endPosition: number }>;

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
  /** The fault answersLag: what the next question will be answered with. */
  #lagging: number | undefined;
  /** Stream positions of requests the interface board has answered ahead of the printer. */
  #answeredEarly = new Set<number>();
  /** GS r 1 that wait in the buffer. */
  #sensorsWaiting = new Set<number>();

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
    const answer = this.#statusByte() ?? status.realtimeStatus(n, flags);
    if (!this.#faults.has("answersLag")) {
      this.#send(Uint8Array.of(answer));
      return;
    }
    if (this.#lagging !== undefined) this.#send(Uint8Array.of(this.#lagging));
    this.#lagging = answer;
  }

  /** Another host is connected: what is still on its way was meant for the one before. */
  newSession(): void {
    this.#lagging = undefined;
    this.#cancelLate();
  }

  #statusByte(): number | undefined {
    if (this.#faults.has("statusZero")) return 0x00;
    return this.#faults.has("statusFf") ? 0xff : undefined;
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
        this.#sensorsWaiting.delete(request.endPosition);
        if (this.#answeredEarly.delete(request.endPosition)) return;
        this.#sendFence(Uint8Array.of(status.paperSensors(this.#flags())));
        return;
      case "drawerSensor":
        this.#send(Uint8Array.of(0));
        return;
      case "printerId": {
        const name = this.#faults.has("claimsEpson") ? EPSON_NAME : ownName(this.#widthMm);
        const response = printerIdResponse(request.n, name);
        if (response !== undefined) this.#send(response);
      }
    }
  }

  /** A fence has come in, long before the printer gets to it: a dishonest board may answer it already. */
  arrived(request: Fence): void {
    if (request.kind === "paperSensor") this.#sensorsWaiting.add(request.endPosition);
    if (this.#answersOnArrival(request.kind)) this.#answerEarly(request);
    else this.#answerOutOfTurn();
  }

  /** What waits in the buffer was thrown away. */
  forgetWaiting(): void {
    this.#sensorsWaiting.clear();
    this.#answeredEarly.clear();
  }

  /** GS a: the status goes out now, and again whenever something the mask watches changes. */
  setAutomaticStatus(mask: number): void {
    this.#automaticMask = mask;
    if (mask !== 0) this.#sendAutomaticStatus();
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
    if ((watched & this.#automaticMask & ~DRAWER_BIT) !== 0) this.#sendAutomaticStatus();
    if (!before.offline && now.offline && this.#offlineMode !== 0 && this.#hardware.powerOn) {
      this.#send(status.offlineResponse(now, this.#offlineMode === 2));
    }
    this.#answerOutOfTurn();
  }

  /** Power loss: settings and answers still to come are gone. */
  reset(): void {
    this.#automaticMask = 0;
    this.#offlineMode = 0;
    this.forgetWaiting();
    this.#lagging = undefined;
    this.#cancelLate();
  }

  #cancelLate(): void {
    for (const cancel of this.#late) cancel();
    this.#late.clear();
  }

  #answersOnArrival(kind: Fence["kind"]): boolean {
    if (this.#faults.has("lyingOk") || this.#faults.has("otherPrinter")) return true;
    return this.#faults.has(kind === "processId" ? "earlyId" : "earlySensor");
  }

  #answerEarly(request: Fence): void {
    this.#answeredEarly.add(request.endPosition);
    const answer =
      request.kind === "processId"
        ? status.processIdResponse(this.#claimedId(request.id))
        : Uint8Array.of(status.paperSensors(status.ALL_WELL));
    this.#sendAfter(this.#faults.get("otherPrinter")?.delayMs, answer);
  }

  /** The fault sensorOutOfTurn: without paper, what waits for its turn is answered with "no paper". */
  #answerOutOfTurn(): void {
    if (!this.#faults.has("sensorOutOfTurn") || this.#hardware.paper !== "out") return;
    for (const endPosition of this.#sensorsWaiting) {
      this.#answeredEarly.add(endPosition);
      this.#send(Uint8Array.of(status.paperSensors(this.#hardware.flags())));
    }
    this.#sensorsWaiting.clear();
  }

  /** The printer next door was never asked to speak up by itself. */
  #sendAutomaticStatus(): void {
    if (!this.#faults.has("otherPrinter")) this.#send(status.automaticStatus(this.#flags()));
  }

  #claimedId(id: readonly number[]): readonly number[] {
    return this.#faults.has("foreignId") ? FOREIGN_ID : id;
  }

  #flags(): status.StatusFlags {
    const lies = this.#faults.has("lyingOk") || this.#faults.has("otherPrinter");
    return lies ? status.ALL_WELL : this.#hardware.flags();
  }

  #sendFence(bytes: Uint8Array): void {
    this.#sendAfter(this.#faults.get("lateId")?.delayMs, bytes);
  }

  /** @param delayMs undefined or zero: at once. */
  #sendAfter(delayMs: number | undefined, bytes: Uint8Array): void {
    this.#after(delayMs ?? 0, () => this.#send(bytes));
  }

  #after(delayMs: number, run: () => void): void {
    if (delayMs === 0) {
      run();
      return;
    }
    const cancel = this.#clock.setTimer(delayMs, () => {
      this.#late.delete(cancel);
      run();
    });
    this.#late.add(cancel);
  }

  #send(bytes: Uint8Array): void {
    if (this.#faults.silent || this.#faults.has("deaf")) return;
    this.#after(this.#faults.get("slowAnswers")?.delayMs ?? 0, () => this.#deliver(bytes));
  }
}
