import type { ServerResponse } from "node:http";
import type { FeedName } from "../../contract/calls.ts";
import type { Till } from "../../till.ts";

const HEARTBEAT_MS = 15_000;
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/**
 * Sends these feeds over one `EventSource` connection as events named after the feed: first the newest
 * values, then every new one. A page that does not read is cut off; it connects again by itself and
 * starts with the newest values, so nothing is lost but what is out of date.
 */
export function serveFeed(
  till: Till,
  /** The feeds of the same session that are open. */
  open: Set<ServerResponse>,
  names: readonly FeedName[],
  response: ServerResponse,
  headers: Record<string, string>,
): void {
  open.add(response);
  response.writeHead(200, {
    ...headers,
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
  });
  response.write("retry: 1000\n\n");
  const send = (name: FeedName, value: unknown) => {
    response.write(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);
    if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
  };
  const stops = names.map((name) => till.listen(name, (value) => send(name, value)));
  for (const name of names) {
    const value = till.latest(name);
    if (value !== null && value !== undefined) send(name, value);
  }
  const heartbeat = setInterval(() => response.write(": alive\n\n"), HEARTBEAT_MS);
  response.on("close", () => {
    clearInterval(heartbeat);
    open.delete(response);
    for (const stop of stops) stop();
  });
}
