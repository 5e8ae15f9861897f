import { FEEDS, type FeedName } from "../../contract/calls.ts";
import type { Till } from "../../till.ts";
import type { CallEvent, ElectronParts, FeedReceiver } from "./api.ts";
import { isOwnPage } from "./app-protocol.ts";
import { CALL_CHANNEL, FEED_CHANNEL, FOLLOW_CHANNEL } from "./channels.ts";

/**
 * Connects pages to the till: one handler for all calls, one channel for all feeds. Only the main
 * frame of the till's own page is heard. The returned function lets go of the till.
 */
export function connectPages(ipcMain: ElectronParts["ipcMain"], till: Till): () => void {
  const followers = new Set<FeedReceiver>();
  ipcMain.handle(CALL_CHANNEL, (event, name, input) => {
    if (!isTrusted(event)) throw new Error("Refused: not the till's own page.");
    return till.dispatch(String(name), input);
  });
  ipcMain.on(FOLLOW_CHANNEL, (event) => {
    if (!isTrusted(event)) return;
    const { sender } = event;
    // A page asks again after every reload; it stays one follower and gets the newest values anew.
    if (!followers.has(sender)) sender.once("destroyed", () => followers.delete(sender));
    followers.add(sender);
    for (const name of feedNames()) {
      const value = till.latest(name);
      if (value !== null && value !== undefined) sender.send(FEED_CHANNEL, name, value);
    }
  });
  const stops = feedNames().map((name) =>
    till.listen(name, (value) => {
      for (const follower of followers)
        if (!follower.isDestroyed()) follower.send(FEED_CHANNEL, name, value);
    }),
  );
  return () => {
    for (const stop of stops) stop();
    followers.clear();
  };
}

function feedNames(): FeedName[] {
  return Object.keys(FEEDS) as FeedName[];
}

function isTrusted({ senderFrame }: CallEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url);
}
