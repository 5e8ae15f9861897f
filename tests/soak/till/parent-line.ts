import type { FromTill, QueueAnswer, QueueRequest, ToTill } from "../messages.ts";

interface Connection {
  data: (bytes: Uint8Array) => void;
  closed: () => void;
}

/** The till process's line to where the printers are. */
export class ParentLine {
  private readonly listeners = new Set<(message: ToTill) => void>();
  private readonly connections = new Map<number, Connection>();
  private readonly writes = new Map<number, (isTaken: boolean) => void>();
  private readonly calls = new Map<number, (answer: QueueAnswer) => void>();
  private count = 0;

  constructor() {
    process.on("message", (message: ToTill) => this.take(message));
  }

  send(message: FromTill): void {
    process.send?.(message);
  }

  on(listener: (message: ToTill) => void): void {
    this.listeners.add(listener);
  }

  /** Opens a connection to a printer; one that is refused is closed at once. */
  open(station: number, told: Connection) {
    const connection = this.next();
    this.connections.set(connection, told);
    this.send({ type: "open", station, connection });
    return {
      /** False: the connection has ended before the printer took all of it. */
      write: (bytes: Uint8Array) =>
        new Promise<boolean>((resolve) => {
          if (!this.connections.has(connection)) {
            resolve(false);
            return;
          }
          const write = this.next();
          this.writes.set(write, resolve);
          this.send({ type: "write", connection, write, bytes: new Uint8Array(bytes) });
        }),
      close: () => {
        if (this.connections.delete(connection)) this.send({ type: "close", connection });
      },
    };
  }

  ask(station: number, request: QueueRequest): Promise<QueueAnswer> {
    return new Promise((resolve) => {
      const call = this.next();
      this.calls.set(call, resolve);
      this.send({ type: "queue", call, station, request });
    });
  }

  private next(): number {
    this.count += 1;
    return this.count;
  }

  private take(message: ToTill): void {
    switch (message.type) {
      case "written":
        this.writes.get(message.write)?.(message.isTaken);
        this.writes.delete(message.write);
        return;
      case "data":
        this.connections.get(message.connection)?.data(message.bytes);
        return;
      case "closed": {
        const connection = this.connections.get(message.connection);
        this.connections.delete(message.connection);
        connection?.closed();
        return;
      }
      case "queueAnswer":
        this.calls.get(message.call)?.(message.answer);
        this.calls.delete(message.call);
        return;
      default:
        for (const listener of this.listeners) listener(message);
    }
  }
}
