import type { Till } from "../../till.ts";
import { CUSTOMER_FEEDS, TILL_FEEDS } from "../feeds.ts";
import type { ElectronParts, FeedReceiver } from "./api.ts";
import type { PageKind } from "./app-protocol.ts";
import { CALL_CHANNEL, FEED_CHANNEL, FOLLOW_CHANNEL } from "./channels.ts";
import type { Pages } from "./pages.ts";

const FEEDS_OF = { till: TILL_FEEDS, customer: CUSTOMER_FEEDS } as const;

/**
 * Connects pages to the till: one handler for all calls, one channel for all feeds. The till's own page
 * calls and hears everything but the customers' feed; the customers' page hears that one and calls nothing.
 * The returned function lets go of the till.
 */
export function connectPages(
  ipcMain: ElectronParts["ipcMain"],
  pages: Pages,
  till: Till,
): () => void {
  const followers = new Map<FeedReceiver, PageKind>();
  ipcMain.handle(CALL_CHANNEL, (event, name, input) => {
    if (pages.senderOf(event) !== "till") throw new Error("Refused: not the till's own page.");
    return till.dispatch(String(name), input);
  });
  ipcMain.on(FOLLOW_CHANNEL, (event) => {
    const kind = pages.senderOf(event);
    if (kind === null) return;
    const { sender } = event;
    // A page asks again after every reload; it stays one follower and gets the newest values anew.
    if (!followers.has(sender)) sender.once("destroyed", () => followers.delete(sender));
    followers.set(sender, kind);
    for (const name of FEEDS_OF[kind]) {
      const value = till.latest(name);
      if (value !== null && value !== undefined) sender.send(FEED_CHANNEL, name, value);
    }
  });
  const stops = (["till", "customer"] as const).flatMap((kind) =>
    FEEDS_OF[kind].map((name) =>
      till.listen(name, (value) => {
        for (const [follower, hears] of followers)
          if (hears === kind && !follower.isDestroyed()) follower.send(FEED_CHANNEL, name, value);
      }),
    ),
  );
  return () => {
    for (const stop of stops) stop();
    followers.clear();
  };
}
