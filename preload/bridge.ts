import { CALL_CHANNEL, FEED_CHANNEL, FOLLOW_CHANNEL } from "../main/shells/electron/channels.ts";
import type { CallReply, TillBridge } from "../main/contract/wire.ts";

/** The part of Electron's `ipcRenderer` that is used. */
export interface PageIpc {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  send(channel: string): void;
  on(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown;
}

/** The till as `window.slipsure`. The feeds start with the first listener. */
export function createPreloadBridge(ipc: PageIpc, systemLocale: string): TillBridge {
  const listeners = new Map<string, Set<(value: never) => void>>();
  const follow = () => {
    ipc.on(FEED_CHANNEL, (_event, name, value) => {
      for (const listener of listeners.get(String(name)) ?? []) listener(value as never);
    });
    ipc.send(FOLLOW_CHANNEL);
  };
  return {
    shell: "electron",
    systemLocale,
    call: async (name, input) => {
      try {
        return (await ipc.invoke(CALL_CHANNEL, name, input)) as CallReply<typeof name>;
      } catch {
        // The till is closing, or the message got lost: what was asked may or may not have happened.
        return { ok: false, refusal: { code: "INTERNAL", details: { offline: true } } };
      }
    },
    listen: (name, listener) => {
      const isFirst = listeners.size === 0;
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      if (isFirst) follow();
      return () => void set.delete(listener);
    },
  };
}
