import { connect, type Socket } from "node:net";
import type { Clock } from "../../../clock.ts";
import { PrinterUnreachable, type PrinterLink, type WireTransport } from "../../transport.ts";

/** A printer on the shop's network answers within milliseconds or is not there. */
const CONNECT_TIMEOUT_MS = 3_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

/** Raw TCP as network printers offer it, normally on port 9100. */
export class TcpTransport implements WireTransport {
  readonly path = "wire";
  readonly kind = "tcp";
  readonly address: string;
  private readonly host: string;
  private readonly port: number;
  private readonly clock: Clock;

  constructor(host: string, port: number, clock: Clock) {
    this.host = host;
    this.port = port;
    this.clock = clock;
    this.address = `${host}:${port}`;
  }

  open(withinMs = CONNECT_TIMEOUT_MS): Promise<PrinterLink> {
    return new Promise((resolve, reject) => {
      const socket = connect({
        host: this.host,
        port: this.port,
        noDelay: true,
        // Node's own 250 ms for each address of a name are less than a printer on a Wi-Fi takes to wake up.
        // Whole milliseconds, or Node refuses to connect; what was learned of a printer has fractions.
        autoSelectFamilyAttemptTimeout: Math.max(10, Math.ceil(withinMs / 2)),
      });
      const giveUp = (error: Error) => {
        cancel();
        socket.destroy();
        reject(unreachable(this.address, error));
      };
      const cancel = this.clock.setTimer(withinMs, () =>
        giveUp(new Error("no answer to connecting")),
      );
      socket.once("error", giveUp);
      socket.once("connect", () => {
        cancel();
        socket.off("error", giveUp);
        socket.setKeepAlive(true, KEEP_ALIVE_AFTER_MS);
        resolve(new TcpLink(socket));
      });
    });
  }
}

type ConnectError = NodeJS.ErrnoException & { address?: string };

/**
 * A name may have several addresses. Node tries one after the other; its error has no words then, and the code
 * of the first only. One that said no is the printer.
 */
function unreachable(address: string, error: Error): PrinterUnreachable {
  const attempts = (error instanceof AggregateError ? error.errors : [error]) as ConnectError[];
  const detail = `${address}: ${attempts.map(({ message }) => message).join("; ")}`;
  const refusals = attempts.filter(({ code }) => code === "ECONNREFUSED" || code === "ECONNRESET");
  const reason = refusals.some((each) => !isOwnRefusal(each)) ? "busy" : "unreachable";
  return new PrinterUnreachable(reason, detail, refusals.length > 0);
}

/** On this computer nobody listens, which is another thing than a printer that is up and says no. */
function isOwnRefusal({ code, address = "" }: ConnectError): boolean {
  return code === "ECONNREFUSED" && (address.startsWith("127.") || address === "::1");
}

class TcpLink implements PrinterLink {
  private readonly socket: Socket;
  private readonly closed: Promise<void>;

  constructor(socket: Socket) {
    this.socket = socket;
    // Without a listener an error after connecting would end the process; "close" always follows.
    socket.on("error", () => {});
    this.closed = new Promise((resolve) => socket.once("close", () => resolve()));
    // The printer's end going away makes whatever is in flight unknowable: end ours too.
    socket.once("end", () => socket.destroy());
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) {
        reject(new Error("the link is closed"));
        return;
      }
      // Node answers writes that are still pending when the socket is destroyed with an error.
      this.socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.socket.on("data", listener);
  }

  onClose(listener: () => void): void {
    void this.closed.then(listener);
  }

  close(): void {
    this.socket.destroy();
  }

  /** Closed in order, the system would go on sending what it holds, into the middle of the next receipt. */
  abort(): void {
    this.socket.resetAndDestroy();
  }
}
