import { parentPort } from "node:worker_threads";
import { systemClock } from "../../../clock.ts";
import { Arrival } from "../../arrival.ts";
import { PrinterUnreachable, type PrinterLink } from "../../transport.ts";
import { TcpTransport } from "./tcp-transport.ts";
import { sharedMs, type FromTcpThread, type ToTcpThread } from "./thread-messages.ts";

/** So long after the last bytes went out the thread watches when answers come in. */
const WATCHED_MS = 60_000;

if (!parentPort) throw new Error("This is a part of Slipsure and is started by it.");
const till = parentPort;
const links = new Map<number, PrinterLink>();
const offsetMs = sharedMs() - systemClock.monotonicMs();
let arrival: Arrival | null = null;
let stopWatching = () => {};

function say(message: FromTcpThread): void {
  till.postMessage(message);
}

/** Looks at the sockets every few milliseconds from now on. This thread does nothing else that could hold it up. */
function watch(): void {
  arrival ??= new Arrival(systemClock);
  stopWatching();
  stopWatching = systemClock.setTimer(WATCHED_MS, () => {
    arrival?.stop();
    arrival = null;
  });
}

async function open(message: Extract<ToTcpThread, { type: "open" }>): Promise<void> {
  const { link: number, host, port, withinMs } = message;
  try {
    const link = await new TcpTransport(host, port, systemClock).open(withinMs ?? undefined);
    links.set(number, link);
    say({ type: "opened", link: number });
    link.onData((bytes) => {
      const arrivedMs = arrival === null ? null : arrival.earliestMs() + offsetMs;
      say({ type: "data", link: number, bytes: new Uint8Array(bytes), arrivedMs });
    });
    link.onClose(() => {
      links.delete(number);
      say({ type: "closed", link: number });
    });
  } catch (error) {
    const isKnown = error instanceof PrinterUnreachable;
    say({
      type: "refused",
      link: number,
      reason: isKnown ? error.reason : "unreachable",
      message: error instanceof Error ? error.message : String(error),
      isRefused: isKnown && error.isRefused,
    });
  }
}

till.on("message", (message: ToTcpThread) => {
  if (message.type === "open") {
    void open(message);
    return;
  }
  const link = links.get(message.link);
  if (message.type === "write") {
    watch();
    const told = (isTaken: boolean) => () =>
      say({ type: "written", link: message.link, write: message.write, isTaken });
    if (!link) {
      told(false)();
      return;
    }
    link.write(message.bytes).then(told(true), told(false));
    say({ type: "left", link: message.link, write: message.write, atMs: sharedMs() });
    return;
  }
  if (message.type === "close") link?.close();
  else link?.abort?.();
});
