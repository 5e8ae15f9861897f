import type {
  PrinterConnection,
  VirtualPrintQueue,
} from "../../main/printing/virtual-printer/index.ts";
import type { FromTill, QueueAnswer, QueueRequest, ToTill } from "./messages.ts";
import type { Station } from "./station.ts";

/** The printers' side for one till process: its connections end with it, the printers and their paper do not. */
export class DeviceHost {
  private readonly stations: readonly Station[];
  private readonly send: (message: ToTill) => void;
  private readonly connections = new Map<number, PrinterConnection>();
  private readonly stops: (() => void)[];

  constructor(stations: readonly Station[], send: (message: ToTill) => void) {
    this.stations = stations;
    this.send = send;
    this.stops = stations.map((station) =>
      station.device.on(({ kind }) => {
        if (kind === "state" || kind === "fault") this.tell(station);
      }),
    );
  }

  /** The till has started and wants to know how its printers are. */
  tellAll(): void {
    for (const station of this.stations) this.tell(station);
  }

  take(message: FromTill): void {
    switch (message.type) {
      case "open":
        this.open(message.station, message.connection);
        return;
      case "write":
        this.write(message.connection, message.write, message.bytes);
        return;
      case "close":
        this.connections.get(message.connection)?.close();
        this.connections.delete(message.connection);
        return;
      case "queue": {
        const queue = this.stations[message.station]?.queue;
        if (!queue) throw new Error(`station ${message.station} has no queue`);
        const answer = answerOf(queue, message.request);
        this.send({ type: "queueAnswer", call: message.call, answer });
        return;
      }
      default: // the rest is about the till, not about its printers
    }
  }

  /** The till's process has gone: what it held open is closed, as the system does it. */
  end(): void {
    for (const stop of this.stops) stop();
    for (const connection of this.connections.values()) connection.close();
    this.connections.clear();
  }

  private tell({ number, device }: Station): void {
    const { power } = device.state();
    this.send({ type: "device", station: number, power, faults: device.faults });
  }

  private open(number: number, id: number): void {
    try {
      const connection = this.stations[number]?.device.connect();
      if (!connection) throw new Error(`no station ${number}`);
      this.connections.set(id, connection);
      connection.onData((bytes) => this.send({ type: "data", connection: id, bytes }));
      connection.onClose(() => {
        if (this.connections.delete(id)) this.send({ type: "closed", connection: id });
      });
    } catch {
      this.send({ type: "closed", connection: id });
    }
  }

  private write(id: number, write: number, bytes: Uint8Array): void {
    const connection = this.connections.get(id);
    const told = (isTaken: boolean) => () => this.send({ type: "written", write, isTaken });
    if (connection) connection.write(bytes).then(told(true), told(false));
    else told(false)();
  }
}

/** How Windows tells of a queue that does this. */
function answerOf(queue: VirtualPrintQueue, request: QueueRequest): QueueAnswer {
  const none: QueueAnswer = {
    cause: null,
    job: 0,
    status: { state: "gone", cause: null },
    isCancelled: false,
  };
  switch (request.do) {
    case "check":
      return { ...none, cause: stopOf(queue) };
    case "submit":
      return { ...none, job: queue.submit(request.title, request.bytes) };
    case "status": {
      const job = queue.job(request.job);
      if (!job) return none;
      const cause = job.state === "broken" ? "printerError" : stopOf(queue);
      const isStopped = job.state !== "sending" && cause !== null;
      return {
        ...none,
        status: { state: isStopped ? "stopped" : "waiting", cause: isStopped ? cause : null },
      };
    }
    case "cancel": {
      const hasStarted = queue.job(request.job)?.hasStarted ?? true;
      return { ...none, isCancelled: queue.delete(request.job) && !hasStarted };
    }
  }
}

function stopOf(queue: VirtualPrintQueue): QueueAnswer["cause"] {
  if (queue.paused) return "queuePaused";
  if (!queue.pluggedIn) return "unreachable";
  return queue.jobs[0]?.state === "broken" ? "printerError" : null;
}
