import type { CustomerBridge } from "../main/contract/wire.ts";
import { FEED_CHANNEL, FOLLOW_CHANNEL } from "../main/shells/electron/channels.ts";
import type { PageIpc } from "./bridge.ts";

/** The customers' screen as `window.slipsureCustomer`: hears its one feed, asks for nothing. */
export function createCustomerBridge(ipc: Pick<PageIpc, "send" | "on">): CustomerBridge {
  return {
    listen: (listener) => {
      let isListening = true;
      ipc.on(FEED_CHANNEL, (_event, name, view) => {
        if (isListening && name === "customer") listener(view as never);
      });
      ipc.send(FOLLOW_CHANNEL);
      return () => {
        isListening = false;
      };
    },
  };
}
