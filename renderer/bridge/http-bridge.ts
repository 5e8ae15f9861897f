import type { FeedName, FeedValue } from "../../main/contract/calls.ts";
import type { CallReply, TillBridge } from "../../main/contract/wire.ts";
import { connection, setConnection } from "./connection.ts";

const RECONNECT_MS = 1_000;
/** Named here and not taken from the contract, which would bring its schema library into the page. */
const FEED_NAMES = [
  "status",
  "paper",
  "settings",
  "backup",
  "books",
  "updates",
] as const satisfies readonly FeedName[];

type Listeners = { [N in FeedName]: Set<(value: FeedValue<N>) => void> };

/**
 * The contract over the loopback server of the browser shell: `POST /call/NAME` with JSON, and one
 * `EventSource` on `/feed` whose events carry the feed's name. Opens the feed with the first listener and
 * keeps it; a feed that the browser gives up is opened again after a second.
 */
export function createHttpBridge(base: string): TillBridge {
  const listeners: Listeners = {
    status: new Set(),
    paper: new Set(),
    settings: new Set(),
    backup: new Set(),
    books: new Set(),
    customer: new Set(),
    updates: new Set(),
  };
  let source: EventSource | null = null;

  const open = () => {
    source = new EventSource(`${base}/feed`);
    source.addEventListener("open", () => setConnection("live"));
    source.addEventListener("error", () => {
      if (connection() !== "shutOut") setConnection("lost");
      // CLOSED: the browser does not try again by itself (e.g. an HTTP error answer).
      if (source?.readyState !== EventSource.CLOSED) return;
      void isShutOut(base).then((is) => {
        // The next feed may have been opened before this answer came.
        if (connection() !== "live") setConnection(is ? "shutOut" : "lost");
      });
      // Also when it is shut out: another window of this browser may be let in, and this one with it.
      setTimeout(open, RECONNECT_MS);
    });
    for (const name of FEED_NAMES)
      source.addEventListener(name, (event: MessageEvent<string>) =>
        publish(listeners, name, event.data),
      );
  };

  return {
    shell: "browser",
    systemLocale: navigator.language,
    call: (name, input) => post(`${base}/call/${name}`, input),
    listen: (name, listener) => {
      if (!source) open();
      listeners[name].add(listener);
      return () => listeners[name].delete(listener);
    },
  };
}

/** A feed doesn't say why it was refused; a call does. */
async function isShutOut(base: string): Promise<boolean> {
  const reply = await post(`${base}/call/status.get`, {});
  return !reply.ok && reply.refusal.details["session"] === "none";
}

function publish<N extends FeedName>(listeners: Listeners, name: N, json: string): void {
  const value = JSON.parse(json) as FeedValue<N>;
  for (const listener of listeners[name]) listener(value);
}

async function post<N extends Parameters<TillBridge["call"]>[0]>(
  url: string,
  input: unknown,
): Promise<CallReply<N>> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    return (await response.json()) as CallReply<N>;
  } catch {
    // No answer, or one cut off half-way: the caller may ask again with the same request id.
    return { ok: false, refusal: { code: "INTERNAL", details: { offline: true } } };
  }
}
